import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconBook2,
  IconClipboardList,
  IconColumns2,
  IconDots,
  IconFolder,
  IconListDetails,
  IconLockOpen,
  IconMessageQuestion,
  IconPencil,
  IconPlayerStop,
  IconRefresh,
  IconReplace,
  IconScan,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react'
import { memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Collection, Document } from '#contract/documents.ts'
import type { CollectionId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { TickBox } from '../../ui/tick-box.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { askPath } from '../ask/index.ts'
import { JobProgressLine } from '../jobs/index.ts'
import { RecogniseMenuItems, readerPath } from '../reader/index.ts'
import { newBriefPath } from '../study/index.ts'
import styles from './document-row.module.css'
import { isLocked, isWorking } from './filter-documents.ts'
import { MediaIcon } from './media-icon.tsx'
import { MoveMenuItems } from './move-menu-items.tsx'
import { NewVersionButtons, NewVersionNote } from './new-version.tsx'
import { ScanNote } from './scan-note.tsx'

export interface DocumentRowActions {
  select(document: Document, selected: boolean, withShift: boolean): void
  cancel(document: Document): void
  retry(document: Document): void
  unlock(document: Document): void
  replace(document: Document): void
  rename(document: Document): void
  remove(documents: Document[]): void
  move(documents: Document[], collectionId: CollectionId | null): void
  createCollectionFor(documents: Document[]): void
  searchIn(documents: Document[]): void
  quizFrom(documents: Document[]): void
}

const KIND_KEYS = {
  'application/pdf': 'pdf',
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/html': 'webPage',
  'multipart/related': 'webPage',
  'application/epub+zip': 'epub',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'word',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'slides',
  'image/png': 'picture',
  'image/jpeg': 'picture',
  'image/webp': 'picture',
} as const

function hasScans({ unreadablePageCount, recognition }: Document): boolean {
  return unreadablePageCount > 0 || recognition !== undefined
}

function StoppedNote({ document: { status, failure } }: { document: Document }) {
  const { t } = useTranslation()
  if (status === 'cancelled') return <div className={styles.failure}>{t('library.stopped')}</div>
  if (!failure) return <div className={styles.failure}>{t('library.status.failed')}</div>
  return <FailureText failure={failure} />
}

/** The button of a row's menu. The menu itself is made when it is first wanted: most rows never need theirs. */
function RowMenuButton(props: { document: Document; collections: readonly Collection[]; actions: DocumentRowActions }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  if (wanted) return <RowMenu {...props} />
  return (
    <ActionIcon
      aria-label={t('library.actions.menu', { title: props.document.title })}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
    >
      <IconDots size={18} />
    </ActionIcon>
  )
}

function RowMenu(props: { document: Document; collections: readonly Collection[]; actions: DocumentRowActions }) {
  const { document, collections, actions } = props
  const { t } = useTranslation()
  const [opened, setOpened] = useState(true)
  const button = useRef<HTMLButtonElement>(null)
  const ready = document.status === 'ready'
  return (
    <Menu
      width={220}
      opened={opened}
      onChange={(open) => {
        setOpened(open)
        if (!open) button.current?.focus({ preventScroll: true })
      }}
    >
      <Menu.Target>
        <ActionIcon ref={button} aria-label={t('library.actions.menu', { title: document.title })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ready && (
          <>
            <Menu.Item
              component={Link}
              href={readerPath({ documentId: document.id, page: 1 })}
              leftSection={<IconBook2 size={16} />}
            >
              {t('library.actions.open')}
            </Menu.Item>
            <Menu.Item leftSection={<IconSearch size={16} />} onClick={() => actions.searchIn([document])}>
              {t('library.actions.search')}
            </Menu.Item>
            <Menu.Item
              component={Link}
              href={askPath({ documentIds: [document.id] })}
              leftSection={<IconMessageQuestion size={16} />}
            >
              {t('library.actions.ask')}
            </Menu.Item>
            <Menu.Item
              component={Link}
              href={newBriefPath('summary', [document.id])}
              leftSection={<IconListDetails size={16} />}
            >
              {t('library.actions.summarise')}
            </Menu.Item>
            <Menu.Item
              component={Link}
              href={newBriefPath('comparison', [document.id])}
              leftSection={<IconColumns2 size={16} />}
            >
              {t('library.actions.compare')}
            </Menu.Item>
            <Menu.Item leftSection={<IconClipboardList size={16} />} onClick={() => actions.quizFrom([document])}>
              {t('library.actions.quiz')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {hasScans(document) && !isWorking(document) && (
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconScan size={16} />}>{t('library.actions.recognise')}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <RecogniseMenuItems documentId={document.id} />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => actions.rename(document)}>
          {t('library.actions.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconReplace size={16} />} onClick={() => actions.replace(document)}>
          {t('library.actions.replace')}
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconFolder size={16} />}>{t('library.actions.move')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <MoveMenuItems
              collections={collections}
              current={document.collectionId ?? null}
              onMove={(collectionId) => actions.move([document], collectionId)}
              onCreate={() => actions.createCollectionFor([document])}
            />
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => actions.remove([document])}>
          {t('library.actions.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** One document of the library: what it is, how it stands, what can be done with it. */
export const DocumentRow = memo(function DocumentRow(props: {
  document: Document
  /** Its import, while it runs or waits. */
  job: Job | undefined
  selected: boolean
  collections: readonly Collection[]
  collectionName: string | undefined
  actions: DocumentRowActions
}) {
  const { document, job, selected, collections, collectionName, actions } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { title, status } = document
  const working = isWorking(document)
  const details = [t(`library.kind.${KIND_KEYS[document.mediaType]}`), format.bytes(document.byteSize), collectionName]
    .filter(Boolean)
    .join(' · ')
  const stopped = status === 'failed' || status === 'cancelled'
  const version = stopped || working ? undefined : document.newVersion
  // Its button takes the place of the date.
  const awaitsPassword = status === 'ready' && !version && isLocked(document)
  return (
    <tr className={styles.row} data-selected={selected || undefined}>
      <td className={styles.check}>
        <TickBox
          label={t('library.selection.selectOne', { title })}
          checked={selected}
          onTick={(ticked, withShift) => actions.select(document, ticked, withShift)}
        />
      </td>
      <td colSpan={stopped || version ? 2 : 1}>
        <div className={styles.name}>
          <MediaIcon mediaType={document.mediaType} />
          <div className={styles.texts}>
            {status === 'ready' || document.pageCount > 0 ? (
              <Link className={styles.title} href={readerPath({ documentId: document.id, page: 1 })} title={title}>
                {title}
              </Link>
            ) : (
              <span className={styles.title} title={title}>
                {title}
              </span>
            )}
            {version ? (
              <NewVersionNote version={version} />
            ) : status === 'ready' && hasScans(document) ? (
              <ScanNote document={document} />
            ) : stopped ? (
              <StoppedNote document={document} />
            ) : (
              <div className={styles.sub} title={collectionName}>
                {details}
              </div>
            )}
          </div>
        </div>
      </td>
      {working && (
        <td colSpan={2}>
          {job ? <JobProgressLine job={job} /> : <span className={styles.sub}>{t(`library.status.${status}`)}</span>}
        </td>
      )}
      {status === 'ready' && !version && (
        <>
          <td className={`${styles.cell} ${styles.number} tabular`}>{format.number(document.pageCount)}</td>
          {!awaitsPassword && (
            <td className={`${styles.cell} ${styles.number} tabular`} title={format.dateTime(document.createdAtMs)}>
              {format.date(document.createdAtMs)}
            </td>
          )}
        </>
      )}
      <td colSpan={stopped || version || awaitsPassword ? 2 : 1}>
        <div className={styles.actions}>
          {working && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlayerStop size={14} />}
              aria-label={`${t('library.actions.cancel')}: ${title}`}
              onClick={() => actions.cancel(document)}
            >
              {t('library.actions.cancel')}
            </Button>
          )}
          {isLocked(document) ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconLockOpen size={14} />}
              aria-label={`${t('library.actions.unlock')}: ${title}`}
              onClick={() => actions.unlock(document)}
            >
              {t('library.actions.unlock')}
            </Button>
          ) : stopped ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              aria-label={`${t('library.actions.retry')}: ${title}`}
              onClick={() => actions.retry(document)}
            >
              {t('library.actions.retry')}
            </Button>
          ) : null}
          {version && (
            <NewVersionButtons
              title={title}
              version={version}
              onUnlock={() => actions.unlock(document)}
              onRetry={() => actions.retry(document)}
              onLeave={() => actions.cancel(document)}
            />
          )}
          <RowMenuButton document={document} collections={collections} actions={actions} />
        </div>
      </td>
    </tr>
  )
})
