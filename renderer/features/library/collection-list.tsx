import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconBooks, IconDots, IconFolder, IconFolderOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Collection } from '#contract/documents.ts'
import type { CollectionChoice } from '../../state/library-view.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './collection-list.module.css'

/** The collections beside the list: which part of the library is shown. */
export function CollectionList(props: {
  collections: readonly Collection[]
  documentCount: number
  uncollectedCount: number
  choice: CollectionChoice
  onChoose(choice: CollectionChoice): void
  onCreate(): void
  onRename(collection: Collection): void
  onDelete(collection: Collection): void
}) {
  const { collections, documentCount, uncollectedCount, choice, onChoose, onCreate, onRename, onDelete } = props
  const { t } = useTranslation()
  const format = useFormat()
  const item = (value: CollectionChoice, name: string, count: number, icon: ReactNode) => (
    <button
      type="button"
      className={styles.button}
      aria-current={choice === value ? 'true' : undefined}
      onClick={() => onChoose(value)}
      title={name}
    >
      {icon}
      <span className={styles.name}>{name}</span>
      <span className={`${styles.count} tabular`}>{format.number(count)}</span>
    </button>
  )
  return (
    <aside className={styles.aside} aria-labelledby="collections-heading">
      <div className={styles.heading}>
        <span id="collections-heading">{t('library.collections.title')}</span>
        <Tooltip label={t('library.collections.create')}>
          <ActionIcon aria-label={t('library.collections.create')} onClick={onCreate}>
            <IconPlus size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ul className={styles.list}>
        <li className={styles.item}>
          {item('all', t('library.collections.all'), documentCount, <IconBooks size={17} aria-hidden />)}
        </li>
        {collections.map((collection) => (
          <li key={collection.id} className={styles.item}>
            {item(collection.id, collection.name, collection.documentCount, <IconFolder size={17} aria-hidden />)}
            <Menu width={180}>
              <Menu.Target>
                <ActionIcon
                  className={styles.menu}
                  aria-label={t('library.collections.menu', { name: collection.name })}
                >
                  <IconDots size={17} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onRename(collection)}>
                  {t('library.actions.rename')}
                </Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onDelete(collection)}>
                  {t('library.actions.delete')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
        {collections.length > 0 && (uncollectedCount > 0 || choice === 'none') && (
          <li className={styles.item}>
            {item('none', t('library.collections.none'), uncollectedCount, <IconFolderOff size={17} aria-hidden />)}
          </li>
        )}
      </ul>
    </aside>
  )
}
