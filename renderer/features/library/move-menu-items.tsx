import { Menu } from '@mantine/core'
import { IconCheck, IconFolder, IconFolderOff, IconFolderPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Collection } from '#contract/documents.ts'
import type { CollectionId } from '#contract/ids.ts'

/** The collections as menu items: pick one, none, or a new one. */
export function MoveMenuItems(props: {
  collections: readonly Collection[]
  /** Where the documents are now, when they are all in one place. */
  current?: CollectionId | null | undefined
  onMove(collectionId: CollectionId | null): void
  onCreate(): void
}) {
  const { collections, current, onMove, onCreate } = props
  const { t } = useTranslation()
  const check = <IconCheck size={15} aria-hidden />
  return (
    <>
      {collections.map(({ id, name }) => (
        <Menu.Item
          key={id}
          leftSection={<IconFolder size={16} />}
          rightSection={current === id ? check : undefined}
          onClick={() => onMove(id)}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Item
        leftSection={<IconFolderOff size={16} />}
        rightSection={current === null ? check : undefined}
        onClick={() => onMove(null)}
      >
        {t('library.collections.none')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={onCreate}>
        {t('library.collections.create')}…
      </Menu.Item>
    </>
  )
}
