import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { RetryNote } from './retry-note.tsx'

/** The outline of what is on its way; why it did not come, with the way to try again; nothing once it is here. */
export function PageWaiting(props: {
  query: { data: unknown; error: unknown; refetch: () => Promise<unknown> }
  /** About how high it will be, in CSS pixels. */
  height: number
  /** Names what could not be fetched. */
  failureTitle?: string
  /** Another way on where it could not be fetched. */
  otherWay?: { href: string; label: string }
}) {
  const { query, height, failureTitle, otherWay } = props
  const { t } = useTranslation()
  if (query.error) {
    const leave = otherWay && (
      <Button component={Link} href={otherWay.href} size="xs" variant="default">
        {otherWay.label}
      </Button>
    )
    return <RetryNote error={query.error} onRetry={query.refetch} title={failureTitle} actions={leave} />
  }
  if (query.data !== undefined) return null
  return (
    <div aria-busy="true">
      <span className="visually-hidden">{t('common.loading')}</span>
      <Skeleton height={height} />
    </div>
  )
}
