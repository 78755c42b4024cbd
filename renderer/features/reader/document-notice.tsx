import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHourglass, IconScan } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Document } from '#contract/documents.ts'
import type { StudyErrorCode } from '#contract/errors.ts'
import { orpc } from '../../client/index.ts'
import { ReaderNotice } from './reader-notice.tsx'

/** Failures of the file itself: reading it again finds the same. */
const LASTING: ReadonlySet<StudyErrorCode> = new Set([
  'file-damaged',
  'file-empty',
  'file-encrypted',
  'wrong-password',
  'file-too-large',
  'file-unsupported',
])

/** No page of it has readable text. */
function isScanThroughout({ pageCount, unreadablePageCount }: Document): boolean {
  return pageCount > 0 && unreadablePageCount >= pageCount
}

/** Says, where the document is not fully in the library, what that means for search and answers. */
export function DocumentNotice({ document }: { document: Document }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const retry = useMutation(
    orpc.documents.retry.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.documents.key() }),
    }),
  )
  const { status, failure } = document
  if (status === 'ready') return null
  if (status === 'queued' || status === 'importing') {
    return (
      <ReaderNotice
        tone="info"
        icon={<IconHourglass size={16} />}
        actions={
          <Button component={Link} href="/jobs" size="compact-sm" variant="default">
            {t('reader.notice.jobs')}
          </Button>
        }
      >
        {t(`reader.notice.${status}`)}
      </ReaderNotice>
    )
  }
  if (isScanThroughout(document)) {
    return (
      <ReaderNotice tone="warn" icon={<IconScan size={16} />}>
        {t('reader.notice.scan')}
      </ReaderNotice>
    )
  }
  return (
    <ReaderNotice
      tone="warn"
      icon={<IconAlertTriangle size={16} />}
      actions={
        !(failure && LASTING.has(failure.code)) && (
          <Button
            size="compact-sm"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate({ documentId: document.id })}
          >
            {t('reader.notice.retry')}
          </Button>
        )
      }
    >
      <span>
        {t(`reader.notice.${status}`)}
        {failure && ` ${t(`failures.${failure.code}.title`)}.`}
      </span>
    </ReaderNotice>
  )
}
