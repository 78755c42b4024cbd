import { Button, Progress } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuestionImport } from '#contract/quiz.ts'
import { client, failureOf } from '../../client/index.ts'
import styles from '../../ui/question-file-import.module.css'
import { ImportOutcome, QuestionFileImport } from '../../ui/question-file-import.tsx'
import { refreshQuizzes } from './quiz-queries.ts'

/** Brings questions in from a JSON or CSV file (past papers, a friend's), and tells what was left out and why. */
export function ImportQuestions() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
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
    <QuestionFileImport
      title={t(progress ? 'quiz.import.reading' : 'quiz.import.title')}
      isBusy={bring.isPending}
      failure={bring.error ? failureOf(bring.error) : undefined}
      onFile={bring.mutate}
      onClose={close}
    >
      {progress ? (
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
      ) : (
        outcome && (
          <ImportOutcome
            takenCount={outcome.importedCount}
            duplicates={outcome.duplicates.map(({ number, stem: text }) => ({ number, text }))}
            problems={outcome.problems.map(({ number, message: text }) => ({ number, text }))}
            actions={
              <>
                {outcome.quiz && (
                  <Button component={Link} href={`/quizzes/${encodeURIComponent(outcome.quiz.id)}`} onClick={close}>
                    {t('quiz.action.open')}
                  </Button>
                )}
                <Button variant="default" onClick={close}>
                  {t('common.close')}
                </Button>
              </>
            }
          />
        )
      )}
    </QuestionFileImport>
  )
}
