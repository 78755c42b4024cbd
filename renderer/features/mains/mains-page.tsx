import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDots, IconDownload, IconPencilPlus, IconSparkles, IconWriting } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { MainsFileFormat } from '#contract/mains.ts'
import { client, failureOf } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { saveTextFile } from '../../ui/save-text-file.ts'
import { AnswerHistory } from './answer-history.tsx'
import { ImportMains } from './import-mains.tsx'
import styles from './mains-page.module.css'
import { questionsQuery } from './mains-queries.ts'
import { MakeQuestionsDialog } from './make-questions-dialog.tsx'
import { ModelAtWork } from './model-at-work.tsx'
import { OwnQuestionDialog } from './own-question-dialog.tsx'
import { QuestionList } from './question-list.tsx'

type View = 'questions' | 'answers'

/** /mains: the questions that can be answered, or (?view=answers) what was answered and how it went. */
export function MainsPage() {
  const { t } = useTranslation()
  const view: View = new URLSearchParams(useSearch()).get('view') === 'answers' ? 'answers' : 'questions'
  const query = useQuery(questionsQuery())
  const questions = query.data
  const [dialog, setDialog] = useState<'own' | 'make'>()
  const save = useMutation({
    mutationFn: (format: MainsFileFormat) => client.mains.exportQuestions({ format }),
    onSuccess: ({ text, fileName }) =>
      saveTextFile(fileName, text, fileName.endsWith('.csv') ? 'text/csv' : 'application/json'),
  })
  const add = (
    <Button variant="default" leftSection={<IconPencilPlus size={16} />} onClick={() => setDialog('own')}>
      {t('mains.own')}
    </Button>
  )
  const make = (
    <Button leftSection={<IconSparkles size={16} />} onClick={() => setDialog('make')}>
      {t('mains.make')}
    </Button>
  )
  const hasQuestions = questions !== undefined && questions.length > 0
  return (
    <PageFrame
      title={t('mains.title')}
      lead={t('mains.lead')}
      actions={
        hasQuestions && (
          <>
            {add}
            {make}
            <Menu width={220} position="bottom-end">
              <Menu.Target>
                <ActionIcon aria-label={t('mains.more')}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {(['json', 'csv'] as const).map((format) => (
                  <Menu.Item key={format} leftSection={<IconDownload size={16} />} onClick={() => save.mutate(format)}>
                    {t('mains.export', { format: format.toUpperCase() })}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )
      }
    >
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('mains.views.label')}
          value={view}
          onChange={(next) => navigate(next === 'answers' ? '/mains?view=answers' : '/mains')}
          data={[
            { value: 'questions', label: t('mains.views.questions') },
            { value: 'answers', label: t('mains.views.answers') },
          ]}
        />
        {view === 'questions' && hasQuestions && <ImportMains />}
      </div>
      {save.error && <FailureNote failure={failureOf(save.error)} />}
      {view === 'answers' ? (
        <AnswerHistory />
      ) : (
        <>
          <PageWaiting query={query} height={200} failureTitle={t('mains.failed')} />
          {questions?.length === 0 && (
            <EmptyState
              icon={<IconWriting size={26} />}
              title={t('mains.empty.title')}
              body={t('mains.empty.body')}
              actions={
                <>
                  {make}
                  {add}
                  <ImportMains />
                </>
              }
            />
          )}
          <ModelAtWork />
          {hasQuestions && <QuestionList questions={questions} />}
        </>
      )}
      <OwnQuestionDialog opened={dialog === 'own'} onClose={() => setDialog(undefined)} />
      <MakeQuestionsDialog opened={dialog === 'make'} onClose={() => setDialog(undefined)} />
    </PageFrame>
  )
}
