import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { useFormat } from '../../ui/use-format.ts'
import { JobProgressLine } from '../jobs/index.ts'
import { MediaIcon } from '../library/index.ts'
import { readerPath } from '../reader/index.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'

const SHOWN = 7

/** The newest documents, with the progress of those that are being read. */
export function RecentDocuments(props: {
  documents: readonly Document[]
  jobs: ReadonlyMap<DocumentId, Job>
  nowMs: number
  onAdd(): void
}) {
  const { documents, jobs, nowMs, onAdd } = props
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <HomeCard
      title={t('home.recent.title')}
      all={{ label: t('home.recent.all'), href: '/library' }}
      action={
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={onAdd}>
          {t('home.recent.add')}
        </Button>
      }
    >
      <ul className={styles.list}>
        {documents.slice(0, SHOWN).map((document) => {
          const { id, title, status, mediaType, pageCount, createdAtMs } = document
          const job = jobs.get(id)
          const note =
            status === 'ready' ? (
              t('common.pages', { count: pageCount })
            ) : (
              <span className={status === 'failed' ? styles.bad : undefined}>{t(`library.status.${status}`)}</span>
            )
          const content = (
            <>
              <MediaIcon mediaType={mediaType} />
              <div className={styles.texts}>
                <div className={styles.name} title={title}>
                  {title}
                </div>
                {job ? <JobProgressLine job={job} compact /> : <div className={styles.note}>{note}</div>}
              </div>
              {!job && <span className={styles.aside}>{format.relative(createdAtMs, nowMs)}</span>}
            </>
          )
          return (
            <li key={id}>
              {job ? (
                <div className={styles.row}>{content}</div>
              ) : (
                <Link
                  className={styles.row}
                  href={status === 'ready' ? readerPath({ documentId: id, page: 1 }) : '/library'}
                >
                  {content}
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </HomeCard>
  )
}
