import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../client/failure-of.ts'
import { FailureNote } from './failure-note.tsx'

/** Asking once more ends the same. */
const FOR_GOOD = new Set(['not-found', 'bad-input', 'unauthorized'])

/** Why something could not be fetched, and the way to try it again. Nothing where there is no error. */
export function RetryNote(props: {
  /** As a query has it. */
  error: unknown
  onRetry: () => Promise<unknown>
  /** Replaces the title of the failure's code, where the page knows better what did not work. */
  title?: string | undefined
  /** Another way on. */
  actions?: ReactNode
}) {
  const { error, onRetry, title, actions } = props
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  if (!error) return null
  const failure = failureOf(error)
  const retry = async () => {
    setBusy(true)
    await onRetry()
    setBusy(false)
  }
  return (
    <FailureNote
      failure={failure}
      {...(title !== undefined && { title })}
      actions={
        <>
          {!FOR_GOOD.has(failure.code) && (
            <Button size="xs" variant="default" loading={busy} onClick={() => void retry()}>
              {t('common.retry')}
            </Button>
          )}
          {actions}
        </>
      }
    />
  )
}
