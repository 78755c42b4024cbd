import { Button, Modal } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { client, failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './dialogs.module.css'
import { refreshMains } from './mains-queries.ts'

/** Brings questions in from a JSON or CSV file, and tells what was left out and why. */
export function ImportMains() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const bring = useMutation({
    mutationFn: async (file: File) => client.mains.importQuestions({ text: await file.text() }),
    onSuccess: () => refreshMains(queryClient),
  })
  const { data: outcome } = bring
  const leftOut = outcome
    ? [
        ...outcome.duplicates.map(({ number, question }) => ({
          number,
          text: `${question} (${t('mains.import.there')})`,
        })),
        ...outcome.problems.map(({ number, message }) => ({ number, text: message })),
      ].toSorted((a, b) => a.number - b.number)
    : []
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        loading={bring.isPending}
        onClick={() => input.current?.click()}
      >
        {t('mains.import.action')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.csv,application/json,text/csv"
        aria-label={t('mains.import.action')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) bring.mutate(file)
        }}
      />
      <Modal
        opened={outcome !== undefined || bring.error !== null}
        onClose={() => bring.reset()}
        title={t('mains.import.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {bring.error && <FailureNote failure={failureOf(bring.error)} title={t('mains.import.failed')} />}
        {outcome && (
          <>
            <p className={styles.told}>{t('mains.import.taken', { count: outcome.importedCount })}</p>
            {leftOut.length > 0 && (
              <>
                <p className={styles.hint}>{t('mains.import.leftOut', { count: leftOut.length })}</p>
                <ol className={styles.list}>
                  {leftOut.map(({ number, text }) => (
                    <li key={number} value={number}>
                      {text}
                    </li>
                  ))}
                </ol>
              </>
            )}
          </>
        )}
      </Modal>
    </>
  )
}
