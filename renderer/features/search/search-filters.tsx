import { Button, CloseButton, Menu } from '@mantine/core'
import { IconCalendar, IconCheck, IconFile, IconLanguage } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ADDED_WITHIN,
  type AddedWithin,
  FILE_KINDS,
  type FileKind,
  type SearchFilters,
} from '../../state/search-view.ts'
import styles from './search-filters.module.css'

const CHECK = <IconCheck size={15} aria-hidden />

/** A chip that opens its choices; chosen ones stand on it, and a cross takes them away. */
function FilterChip(props: {
  icon: ReactNode
  name: string
  chosen: string | undefined
  onClear(): void
  children: ReactNode
}) {
  const { icon, name, chosen, onClear, children } = props
  const { t } = useTranslation()
  return (
    <span className={styles.chip} data-chosen={chosen !== undefined || undefined}>
      <Menu position="bottom-start" closeOnItemClick={false}>
        <Menu.Target>
          <Button size="compact-sm" h={28} radius="xl" variant="transparent" c="inherit" leftSection={icon}>
            {chosen ? `${name}: ${chosen}` : name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>{children}</Menu.Dropdown>
      </Menu>
      {chosen && (
        <CloseButton
          size="xs"
          radius="xl"
          c="inherit"
          mr={4}
          aria-label={t('search.filters.remove', { name: `${name}: ${chosen}` })}
          onClick={onClear}
        />
      )}
    </span>
  )
}

/** Which kinds of files, in which language, added when: one chip each. */
export function SearchFilterChips(props: { filters: SearchFilters; onFilters(filters: SearchFilters): void }) {
  const { filters, onFilters } = props
  const { t } = useTranslation()
  const { kinds, language, addedWithin } = filters
  const toggle = (kind: FileKind) =>
    onFilters({ ...filters, kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] })
  return (
    <>
      <FilterChip
        icon={<IconFile size={15} />}
        name={t('search.filters.kind')}
        chosen={kinds.length > 0 ? kinds.map((kind) => t(`search.filters.kinds.${kind}`)).join(', ') : undefined}
        onClear={() => onFilters({ ...filters, kinds: [] })}
      >
        {(Object.keys(FILE_KINDS) as FileKind[]).map((kind) => (
          <Menu.CheckboxItem key={kind} checked={kinds.includes(kind)} checkIcon={CHECK} onChange={() => toggle(kind)}>
            {t(`search.filters.kinds.${kind}`)}
          </Menu.CheckboxItem>
        ))}
      </FilterChip>
      <FilterChip
        icon={<IconLanguage size={15} />}
        name={t('search.filters.language')}
        chosen={language && t(`search.filters.languages.${language}`)}
        onClear={() => onFilters({ ...filters, language: undefined })}
      >
        {(['en', 'hi'] as const).map((one) => (
          <Menu.RadioItem
            key={one}
            value={one}
            checked={language === one}
            checkIcon={CHECK}
            closeMenuOnClick
            onChange={() => onFilters({ ...filters, language: one })}
          >
            {t(`search.filters.languages.${one}`)}
          </Menu.RadioItem>
        ))}
      </FilterChip>
      <FilterChip
        icon={<IconCalendar size={15} />}
        name={t('search.filters.added')}
        chosen={addedWithin && t(`search.filters.within.${addedWithin}`)}
        onClear={() => onFilters({ ...filters, addedWithin: undefined })}
      >
        {(Object.keys(ADDED_WITHIN) as AddedWithin[]).map((within) => (
          <Menu.RadioItem
            key={within}
            value={within}
            checked={addedWithin === within}
            checkIcon={CHECK}
            closeMenuOnClick
            onChange={() => onFilters({ ...filters, addedWithin: within })}
          >
            {t(`search.filters.within.${within}`)}
          </Menu.RadioItem>
        ))}
      </FilterChip>
    </>
  )
}
