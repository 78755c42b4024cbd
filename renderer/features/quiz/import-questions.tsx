import { Button, Modal } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
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
  const bring = useMutation({
    mutationFn: async (file: File) => client.quiz.importQuestions({ fileName: file.name, text: await file.text() }),
    onSuccess: (imported) => {
      setOutcome(imported)
      void refreshQuizzes(queryClient)
    },
  })
  const close = () => {
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
        opened={outcome !== undefined || bring.error !== null}
        onClose={close}
        title={t('quiz.import.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
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
