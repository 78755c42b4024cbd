import { Button, Modal } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'
import { FailureNote } from './failure-note.tsx'
import styles from './question-file-import.module.css'

const MOST_TOLD = 20

/** A button that takes a JSON or CSV file of questions, and a dialog that tells what became of it. */
export function QuestionFileImport({
  title,
  isBusy,
  failure,
  children,
  onFile,
  onClose,
}: {
  /** Of the dialog. */
  title: string
  isBusy: boolean
  failure: Failure | undefined
  /** How far it is, or what was taken in; the dialog is open while there is any, or a failure. */
  children: ReactNode
  onFile(file: File): void
  onClose(): void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        loading={isBusy}
        onClick={() => input.current?.click()}
      >
        {t('common.import.action')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.csv,application/json,text/csv"
        aria-label={t('common.import.action')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <Modal
        opened={Boolean(children) || failure !== undefined}
        onClose={onClose}
        title={title}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {failure ? <FailureNote failure={failure} title={t('common.import.failed')} /> : children}
      </Modal>
    </>
  )
}

/** How many were taken in, and lists of what was left out and why, by the numbers in the file. */
export function ImportOutcome({
  takenCount,
  duplicates,
  problems,
  actions,
}: {
  takenCount: number
  duplicates: readonly { number: number; text: string }[]
  problems: readonly { number: number; text: string }[]
  actions: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles.told}>{t('common.import.taken', { count: takenCount })}</p>
      <LeftOut title={t('common.import.duplicates', { count: duplicates.length })} items={duplicates} />
      <LeftOut title={t('common.import.problems', { count: problems.length })} items={problems} />
      <div className={styles.actions}>{actions}</div>
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
      {items.length > MOST_TOLD && <p>{t('common.import.andMore', { count: items.length - MOST_TOLD })}</p>}
    </details>
  )
}
