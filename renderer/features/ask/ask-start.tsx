import { Button } from '@mantine/core'
import { IconBooks, IconHourglass, IconMessageQuestion } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { failureOf, orpc } from '../../client/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './ask-start.module.css'
import { useExampleQuestions } from './use-example-questions.ts'

/** Before the first question: what to ask, or what is missing to ask anything. */
export function AskStart({ onAsk }: { onAsk(question: string): void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: documents } = useQuery(orpc.documents.list.queryOptions())
  const examples = useExampleQuestions()
  const addSample = useMutation(
    orpc.documents.importSample.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.documents.key() }),
    }),
  )
  if (!documents) return null
  if (documents.length === 0) {
    return (
      <>
        <EmptyState
          icon={<IconBooks size={26} />}
          title={t('ask.start.emptyTitle')}
          body={t('ask.start.emptyBody')}
          actions={
            <>
              <Button loading={addSample.isPending} onClick={() => addSample.mutate(undefined)}>
                {t('ask.start.addSample')}
              </Button>
              <Button component={Link} href="/library" variant="default">
                {t('ask.start.library')}
              </Button>
            </>
          }
        />
        {addSample.error && <FailureNote failure={failureOf(addSample.error)} />}
      </>
    )
  }
  if (!documents.some(({ status }) => status === 'ready')) {
    return (
      <EmptyState
        icon={<IconHourglass size={26} />}
        title={t('ask.start.waitTitle')}
        body={t('ask.start.waitBody')}
        actions={
          <Button component={Link} href="/jobs" variant="default">
            {t('ask.start.waitJobs')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={<IconMessageQuestion size={26} />}
      title={t('ask.start.title')}
      body={t('ask.start.body')}
      actions={
        examples.length > 0 && (
          <ul className={styles.examples} aria-label={t('ask.start.examples')}>
            {examples.map((question) => (
              <li key={question}>
                <button type="button" className={styles.example} onClick={() => onAsk(question)}>
                  {question}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
