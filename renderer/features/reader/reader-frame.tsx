import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconListDetails } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { DocumentId } from '#contract/ids.ts'
import { navigate } from '../../state/hash-location.ts'
import { usePageTitle } from '../../state/page-title.ts'
import { newBriefPath } from '../study/index.ts'
import { FoundPassagesBar } from './found-passages-bar.tsx'
import styles from './reader-frame.module.css'

/** The reader's page: one row of tools, notices, and the document in all the room that is left. */
export function ReaderFrame(props: {
  title: string
  left?: ReactNode
  middle?: ReactNode
  right?: ReactNode
  notices?: ReactNode
  children: ReactNode
}) {
  const { title, left, middle, right, notices, children } = props
  const { t } = useTranslation()
  const { documentId } = useParams<{ documentId?: string }>()
  usePageTitle(title)
  return (
    <div className={styles.reader}>
      <header className={styles.bar}>
        <div className={styles.left}>
          <ActionIcon
            aria-label={t('reader.backToLibrary')}
            title={t('reader.backToLibrary')}
            onClick={() => navigate('/library')}
          >
            <IconArrowLeft size={18} />
          </ActionIcon>
          {left}
          <h1 className={styles.title} title={title}>
            {title}
          </h1>
        </div>
        <div className={styles.middle}>{middle}</div>
        <div className={styles.right}>
          {right}
          {documentId && (
            <ActionIcon
              component={Link}
              href={newBriefPath('summary', [DocumentId.parse(documentId)])}
              aria-label={t('reader.summarise')}
              title={t('reader.summarise')}
            >
              <IconListDetails size={18} />
            </ActionIcon>
          )}
        </div>
      </header>
      <FoundPassagesBar />
      {notices}
      <div className={styles.stage}>{children}</div>
    </div>
  )
}
