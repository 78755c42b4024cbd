import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconBooks } from '@tabler/icons-react'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import type { AskEngine } from '#contract/ask.ts'
import { DocumentId } from '#contract/ids.ts'
import type { BriefKind, BriefSummary } from '#contract/study.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { EngineChoice } from '../ask/index.ts'
import styles from './new-brief-page.module.css'
import { briefPath, readNewBrief } from './study-path.ts'

const LONGEST_TOPIC = 300

/** /study/new: a document or a chapter to summarise, or two documents to compare. */
export function NewBriefPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const given = readNewBrief(useSearch())
  const [kind, setKind] = useState<BriefKind>(given.kind)
  const [first, setFirst] = useState<string | null>(given.documentIds[0] ?? null)
  const [second, setSecond] = useState<string | null>(given.documentIds[1] ?? null)
  const [chapter, setChapter] = useState<string | null>(null)
  const [topic, setTopic] = useState('')
  const [engine, setEngine] = useState<AskEngine>('auto')
  const documentsQuery = useQuery(orpc.documents.list.queryOptions())
  const documents = documentsQuery.data
  const { data: chapters = [] } = useQuery(
    orpc.study.chapters.queryOptions({
      input: first && kind === 'summary' ? { documentId: DocumentId.parse(first) } : skipToken,
    }),
  )
  const opened = {
    onSuccess: async ({ id }: BriefSummary) => {
      await queryClient.invalidateQueries({ queryKey: orpc.study.briefs.key() })
      navigate(briefPath(id))
    },
  }
  const summarise = useMutation(orpc.study.summarise.mutationOptions(opened))
  const compare = useMutation(orpc.study.compare.mutationOptions(opened))
  const options = documents
    ?.filter(({ status }) => status === 'ready')
    .map(({ id, title }) => ({ value: id, label: title }))
  if (!options) {
    return (
      <PageFrame title={t(`study.form.${kind}`)} width="form">
        <PageWaiting query={documentsQuery} height={300} />
      </PageFrame>
    )
  }
  if (options.length === 0) {
    return (
      <PageFrame title={t('study.title')} width="form">
        <EmptyState
          icon={<IconBooks size={26} />}
          title={t('study.form.noDocuments')}
          body={t('study.form.noDocumentsBody')}
          actions={
            <Button component={Link} href="/library">
              {t('ask.start.library')}
            </Button>
          }
        />
      </PageFrame>
    )
  }
  const canMake = kind === 'summary' ? first : first && second && first !== second && topic.trim().length > 1
  const error = summarise.error ?? compare.error
  const make = () => {
    if (!first) return
    const documentId = DocumentId.parse(first)
    if (kind === 'summary') summarise.mutate({ documentId, engine, ...(chapter && { chapter }) })
    else if (second)
      compare.mutate({ documentIds: [documentId, DocumentId.parse(second)], topic: topic.trim(), engine })
  }
  return (
    <PageFrame title={t(`study.form.${kind}`)} lead={t(`study.form.${kind}Lead`)} width="form">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (canMake) make()
        }}
      >
        <SegmentedControl
          aria-label={t('study.form.kind')}
          value={kind}
          onChange={(value) => setKind(value as BriefKind)}
          data={[
            { value: 'summary', label: t('study.kind.summary') },
            { value: 'comparison', label: t('study.kind.comparison') },
          ]}
        />
        <Select
          label={t(kind === 'summary' ? 'study.form.document' : 'study.form.first')}
          data={options}
          value={first}
          onChange={(value) => {
            setFirst(value)
            setChapter(null)
          }}
          searchable
          nothingFoundMessage={t('study.form.notFound')}
        />
        {kind === 'summary' && chapters.length > 0 && (
          <Select
            label={t('study.form.chapter')}
            placeholder={t('study.form.whole')}
            data={chapters}
            value={chapter}
            onChange={setChapter}
            clearable
            searchable
          />
        )}
        {kind === 'comparison' && (
          <>
            <Select
              label={t('study.form.second')}
              data={options}
              value={second}
              onChange={setSecond}
              searchable
              nothingFoundMessage={t('study.form.notFound')}
              error={first !== null && first === second && t('study.form.same')}
            />
            <TextInput
              label={t('study.form.topic')}
              placeholder={t('study.form.topicExample')}
              maxLength={LONGEST_TOPIC}
              value={topic}
              onChange={(event) => setTopic(event.currentTarget.value)}
            />
          </>
        )}
        <EngineChoice engine={engine} onEngine={setEngine} />
        {error && <FailureNote failure={failureOf(error)} />}
        <div>
          <Button type="submit" disabled={!canMake} loading={summarise.isPending || compare.isPending}>
            {t(kind === 'summary' ? 'study.summarise' : 'study.compare')}
          </Button>
        </div>
      </form>
    </PageFrame>
  )
}
