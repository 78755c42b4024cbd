import { Button, Modal, Progress } from '@mantine/core'
import { IconFileImport, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuestionImport } from '#contract/quiz.ts'
import { client, failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './import-questions.module.css'
import { refreshQuizzes } from './quiz-queries.ts'

const MOST_TOLD = 20

/** Brings questions in from a JSON or CSV file (past papers, a friend's), and tells what was left out and why. */
export function ImportQuestions() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [outcome, setOutcome] = useState<QuestionImport>()
  const [progress, setProgress] = useState<{ done: number; total: number }>()
  const stop = useRef<AbortController>(undefined)
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const abort = new AbortController()
      stop.current = abort
      const { signal } = abort
      const input = { fileName: file.name, text: await file.text() }
      try {
        for await (const event of await client.quiz.importQuestions(input, { signal })) {
          if (event.type === 'imported') return event.outcome
          setProgress({ done: event.done, total: event.total })
        }
      } catch (error) {
        // Stopped by the person: nothing was written, and nothing needs telling.
        if (signal.aborted) return undefined
        throw error
      } finally {
        setProgress(undefined)
      }
      return undefined
    },
    onSuccess: (imported) => {
      setOutcome(imported)
      void refreshQuizzes(queryClient)
    },
  })
  const close = () => {
    stop.current?.abort()
    setOutcome(undefined)
    bring.reset()
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        loading={bring.isPending}
        onClick={() => input.current?.click()}
      >
        {t('quiz.import.action')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.csv,application/json,text/csv"
        aria-label={t('quiz.import.action')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) bring.mutate(file)
        }}
      />
      <Modal
        opened={progress !== undefined || outcome !== undefined || bring.error !== null}
        onClose={close}
        title={t(progress ? 'quiz.import.reading' : 'quiz.import.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {progress && (
          <>
            <p className={`${styles.told} tabular`} role="status">
              {t('quiz.import.progress', { count: progress.done, total: progress.total })}
            </p>
            <Progress
              value={progress.total > 0 ? (100 * progress.done) / progress.total : 0}
              aria-label={t('quiz.import.reading')}
            />
            <div className={styles.actions}>
              <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={close}>
                {t('quiz.import.stop')}
              </Button>
            </div>
          </>
        )}
        {bring.error && <FailureNote failure={failureOf(bring.error)} title={t('quiz.import.failed')} />}
        {outcome && (
          <>
            <p className={styles.told}>{t('quiz.import.taken', { count: outcome.importedCount })}</p>
            <LeftOut
              title={t('quiz.import.duplicates', { count: outcome.duplicates.length })}
              items={outcome.duplicates.map(({ number, stem }) => ({ number, text: stem }))}
            />
            <LeftOut
              title={t('quiz.import.problems', { count: outcome.problems.length })}
              items={outcome.problems.map(({ number, message }) => ({ number, text: message }))}
            />
            <div className={styles.actions}>
              {outcome.quiz && (
                <Button component={Link} href={`/quizzes/${encodeURIComponent(outcome.quiz.id)}`} onClick={close}>
                  {t('quiz.action.open')}
                </Button>
              )}
              <Button variant="default" onClick={close}>
                {t('common.close')}
              </Button>
            </div>
          </>
        )}
      </Modal>
    </>
  )
}

function LeftOut({ title, items }: { title: string; items: readonly { number: number; text: string }[] }) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  return (
    <details className={styles.leftOut}>
      <summary>{title}</summary>
      <ol className={styles.list}>
        {items.slice(0, MOST_TOLD).map(({ number, text }) => (
          <li key={number} value={number}>
            {text}
          </li>
        ))}
      </ol>
      {items.length > MOST_TOLD && <p>{t('quiz.import.more', { count: items.length - MOST_TOLD })}</p>}
    </details>
  )
}
