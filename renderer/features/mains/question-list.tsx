import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconSearch, IconTrash, IconWriting } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MainsQuestion } from '#contract/mains.ts'
import { client, failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { notify } from '../../ui/notify.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { HeadField } from './head-field.tsx'
import { writePath } from './mains-path.ts'
import { refreshMains, syllabusQuery } from './mains-queries.ts'
import styles from './question-list.module.css'

/** Lists shorter than this need nothing to find a question with. */
const FIND_FROM = 8

/** The questions; those whose answer is being written come first. */
export function QuestionList({ questions }: { questions: readonly MainsQuestion[] }) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const [nodeId, setNodeId] = useState<string | null>(null)
  const wanted = find.trim().toLocaleLowerCase()
  const shown = questions
    .filter((question) => question.text.toLocaleLowerCase().includes(wanted))
    .filter((question) => nodeId === null || question.nodeId === nodeId)
    .toSorted((a, b) => Number(b.openAnswerId !== undefined) - Number(a.openAnswerId !== undefined))
  return (
    <>
      {questions.length >= FIND_FROM && (
        <div className={styles.filters}>
          <TextInput
            leftSection={<IconSearch size={15} />}
            aria-label={t('mains.filter.find')}
            placeholder={t('mains.filter.find')}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
          <HeadField label="" placeholder={t('mains.filter.all')} value={nodeId} onChange={setNodeId} />
        </div>
      )}
      {shown.length === 0 && <p className={styles.nothing}>{t('mains.filter.nothing')}</p>}
      {shown.length > 0 && (
        <ul className={styles.list} aria-label={t('mains.views.questions')}>
          {shown.map((question) => (
            <QuestionRow key={question.id} question={question} />
          ))}
        </ul>
      )}
    </>
  )
}

function QuestionRow({ question }: { question: MainsQuestion }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const { data: head } = useQuery({
    ...syllabusQuery(),
    select: ({ papers }) => papers.flatMap(({ nodes }) => nodes).find(({ id }) => id === question.nodeId),
  })
  const { id, text, marks, wordLimit, minutes, origin, answerCount, openAnswerId, evidence, source } = question
  const begin = useMutation({
    mutationFn: () => client.mains.begin({ questionId: id }),
    onSuccess: (answer) => {
      void refreshMains(queryClient)
      navigate(writePath(answer.id))
    },
    onError: (error) => notify({ title: t('mains.write.gone'), message: failureOf(error).message, failed: true }),
  })
  const refresh = () => refreshMains(queryClient)
  const restore = useMutation(orpc.mains.restoreQuestion.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(
    orpc.mains.deleteQuestion.mutationOptions({
      onSuccess: () => {
        void refresh()
        notify({
          title: t('mains.deleted'),
          message: text,
          action: { label: t('common.undo'), run: () => restore.mutate({ questionId: id }) },
        })
      },
    }),
  )
  const facts = [
    t('mains.shape', { marks, words: wordLimit, minutes }),
    head?.name[language],
    source ?? t(`mains.origin.${origin}`),
    evidence.length > 0 ? t('mains.evidence', { count: evidence.length }) : undefined,
    answerCount > 0 ? t('mains.answered', { count: answerCount }) : undefined,
  ]
  return (
    <li className={styles.row} data-testid="mains-question">
      <div className={styles.texts}>
        <p className={styles.question} lang={question.language}>
          {text}
        </p>
        <p className={`${styles.facts} tabular`}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <Button
        variant={openAnswerId ? 'filled' : 'default'}
        leftSection={<IconWriting size={16} />}
        loading={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {t(openAnswerId ? 'mains.goOn' : 'mains.start')}
      </Button>
      <ActionIcon aria-label={t('mains.delete', { title: text })} onClick={() => remove.mutate({ questionId: id })}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}
