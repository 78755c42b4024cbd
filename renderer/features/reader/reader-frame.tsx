import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconListCheck, IconListDetails, IconMessageQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { DocumentId } from '#contract/ids.ts'
import { navigate, routeBefore } from '../../state/hash-location.ts'
import { usePageTitle } from '../../state/page-title.ts'
import { askPath } from '../ask/index.ts'
import { newQuizPath } from '../quiz/index.ts'
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
  const { documentId } = useParams<{ documentId?: string }>()
  usePageTitle(title)
  return (
    <div className={styles.reader}>
      <header className={styles.bar}>
        <div className={styles.left}>
          <BackButton />
          {left}
          <h1 className={styles.title} title={title}>
            {title}
          </h1>
        </div>
        <div className={styles.middle}>{middle}</div>
        <div className={styles.right}>
          {right}
          {documentId && <DocumentActions documentId={DocumentId.parse(documentId)} />}
        </div>
      </header>
      <FoundPassagesBar />
      {notices}
      <div className={styles.stage}>{children}</div>
    </div>
  )
}

/** Back to what a page was opened from, such as the answer whose citation was clicked; else to the library. */
function BackButton() {
  const { t } = useTranslation()
  const before = routeBefore()
  const canGoBack = before !== undefined && !before.startsWith('/library')
  const label = t(canGoBack ? 'reader.back' : 'reader.backToLibrary')
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => (canGoBack ? history.back() : navigate('/library'))}>
      <IconArrowLeft size={18} />
    </ActionIcon>
  )
}

/** What can be made of the document that is being read. */
function DocumentActions({ documentId }: { documentId: DocumentId }) {
  const { t } = useTranslation()
  const actions = [
    { label: t('reader.askAbout'), href: askPath({ documentIds: [documentId] }), icon: IconMessageQuestion },
    { label: t('reader.summarise'), href: newBriefPath('summary', [documentId]), icon: IconListDetails },
    { label: t('reader.quiz'), href: newQuizPath({ documentIds: [documentId] }), icon: IconListCheck },
  ]
  return actions.map(({ label, href, icon: ActionSign }) => (
    <ActionIcon key={href} component={Link} href={href} aria-label={label} title={label}>
      <ActionSign size={18} />
    </ActionIcon>
  ))
}
