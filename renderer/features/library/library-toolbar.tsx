import { Button, CloseButton, Menu, SegmentedControl, Select, TextInput } from '@mantine/core'
import {
  IconClipboardList,
  IconFilter,
  IconFolder,
  IconPlayerStop,
  IconRefresh,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Collection } from '#contract/documents.ts'
import type { CollectionId } from '#contract/ids.ts'
import { type SortOrder, type StatusFilter, useLibraryView } from '../../state/library-view.ts'
import styles from './library-toolbar.module.css'
import { MoveMenuItems } from './move-menu-items.tsx'

const STATUSES: readonly StatusFilter[] = ['all', 'ready', 'working', 'attention']
const ORDERS: readonly SortOrder[] = ['added', 'updated', 'title', 'pages']

/** Filter by title and status, and the order. */
export function FilterToolbar() {
  const { t } = useTranslation()
  const { text, status, sort, set } = useLibraryView()
  return (
    <div className={styles.toolbar}>
      <TextInput
        className={styles.filter}
        aria-label={t('library.filter.label')}
        placeholder={t('library.filter.placeholder')}
        leftSection={<IconFilter size={16} aria-hidden />}
        value={text}
        onChange={(event) => set({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) {
            event.preventDefault()
            set({ text: '' })
          }
        }}
        rightSection={
          text ? <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => set({ text: '' })} /> : undefined
        }
      />
      <SegmentedControl
        aria-label={t('library.filter.status')}
        value={status}
        onChange={(value) => set({ status: value as StatusFilter })}
        data={STATUSES.map((value) => ({ value, label: t(`library.filter.${value}`) }))}
      />
      <Select
        w={156}
        aria-label={t('library.sort.label')}
        value={sort}
        allowDeselect={false}
        onChange={(value) => value && set({ sort: value as SortOrder })}
        data={ORDERS.map((value) => ({ value, label: t(`library.sort.${value}`) }))}
      />
    </div>
  )
}

/** What can be done with the selected documents; takes the place of the filter, at its height. */
export function SelectionToolbar(props: {
  count: number
  collections: readonly Collection[]
  /** Some of them are being imported, or wait for it. */
  canStop: boolean
  onStop(): void
  /** Some of them failed or were stopped. */
  canRetry: boolean
  onRetry(): void
  onSearch(): void
  onQuiz(): void
  onMove(collectionId: CollectionId | null): void
  onCreateCollection(): void
  onDelete(): void
}) {
  const {
    count,
    collections,
    canStop,
    onStop,
    canRetry,
    onRetry,
    onSearch,
    onQuiz,
    onMove,
    onCreateCollection,
    onDelete,
  } = props
  const { t } = useTranslation()
  const clearSelection = useLibraryView((state) => state.clearSelection)
  return (
    <div className={`${styles.toolbar} ${styles.selection}`}>
      <span className={styles.label} role="status">
        {t('library.selection.label', { count })}
      </span>
      {canStop && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlayerStop size={15} />} onClick={onStop}>
          {t('library.selection.stop')}
        </Button>
      )}
      {canRetry && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconRefresh size={15} />} onClick={onRetry}>
          {t('library.selection.retry')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" leftSection={<IconSearch size={15} />} onClick={onSearch}>
        {t('library.selection.search')}
      </Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconClipboardList size={15} />} onClick={onQuiz}>
        {t('library.selection.quiz')}
      </Button>
      <Menu width={220}>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" leftSection={<IconFolder size={15} />}>
            {t('library.selection.move')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MoveMenuItems collections={collections} onMove={onMove} onCreate={onCreateCollection} />
        </Menu.Dropdown>
      </Menu>
      <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconTrash size={15} />} onClick={onDelete}>
        {t('library.selection.delete')}
      </Button>
      <CloseButton aria-label={t('library.selection.clear')} onClick={clearSelection} />
    </div>
  )
}
