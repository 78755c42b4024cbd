import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Document } from '#contract/documents.ts'
import { useFormat } from '../../ui/use-format.ts'
import { MediaIcon } from '../library/index.ts'
import { readerPath } from '../reader/index.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'

const SHOWN = 7

/** The newest documents that can be opened; before there are any, what is on its way. */
export function RecentDocuments(props: { documents: readonly Document[]; nowMs: number; onAdd(): void }) {
  const { documents, nowMs, onAdd } = props
  const { t } = useTranslation()
  const format = useFormat()
  const ready = documents.filter(({ status }) => status === 'ready')
  const shown = (ready.length > 0 ? ready : documents).slice(0, SHOWN)
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
        {shown.map((document) => {
          const { id, title, status, mediaType, pageCount, createdAtMs } = document
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
                <div className={styles.note}>{note}</div>
              </div>
              <span className={styles.aside}>{format.relative(createdAtMs, nowMs)}</span>
            </>
          )
          return (
            <li key={id}>
              <Link
                className={styles.row}
                href={status === 'ready' ? readerPath({ documentId: id, page: 1 }) : '/library'}
              >
                {content}
              </Link>
            </li>
          )
        })}
      </ul>
    </HomeCard>
  )
}
