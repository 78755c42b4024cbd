import { IconLock, IconScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import styles from './document-row.module.css'

/** Page numbers named before "and 12 more". */
const MOST_NAMED = 6

/** How far the recognition of a document's scans is, and which pages it could not read. */
export function ScanNote({ document }: { document: Document }) {
  const { t } = useTranslation()
  const { unreadablePageCount: unreadable, pageCount: total, recognition } = document
  if (!recognition) {
    return (
      <Note warns>
        {unreadable >= total
          ? t('library.unreadableAll', { total })
          : t('library.unreadable', { count: unreadable, total })}
      </Note>
    )
  }
  const { waitingCount, doneCount, unreadPages, confidence, awaitsPassword } = recognition
  if (awaitsPassword) {
    return (
      <Note warns icon={<IconLock size={14} aria-hidden />}>
        {t('library.scans.locked', { count: waitingCount })}
      </Note>
    )
  }
  if (waitingCount > 0) {
    const tried = doneCount + unreadPages.length
    const isSearchable = doneCount > 0 || total > tried + waitingCount
    return (
      <Note>
        {t('library.scans.recognising', { page: tried + 1, total: tried + waitingCount })}
        {isSearchable && ` ${t('library.scans.othersReady')}`}
      </Note>
    )
  }
  if (unreadPages.length > 0) {
    const named = unreadPages.slice(0, MOST_NAMED).join(', ')
    const more = unreadPages.length - MOST_NAMED
    return (
      <Note warns>
        {t('library.scans.unread', { count: unreadPages.length, pages: named })}
        {more > 0 && ` ${t('library.scans.more', { count: more })}`}
      </Note>
    )
  }
  return <Note>{t('library.scans.done', { count: doneCount, confidence: Math.round(confidence ?? 0) })}</Note>
}

function Note(props: { warns?: boolean; icon?: React.ReactNode; children: React.ReactNode }) {
  const { warns = false, icon = <IconScan size={14} aria-hidden />, children } = props
  return (
    <div className={warns ? styles.warning : styles.note}>
      {icon} <span>{children}</span>
    </div>
  )
}
