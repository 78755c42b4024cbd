import { Spotlight } from '@mantine/spotlight'
import { IconCommand } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'
import styles from './palette.module.css'
import { usePaletteEntries } from './use-palette-entries.tsx'

/** What is in the palette; mounted only while it is open, so that closed it costs nothing. */
function PaletteList({ query }: { query: string }) {
  const groups = usePaletteEntries(query)
  return (
    <>
      {groups.map(({ label, entries }) => (
        <Spotlight.ActionsGroup key={label} label={label}>
          {entries.map(({ id, label: entryLabel, Icon, keys, run }) => (
            <Spotlight.Action
              key={id}
              label={entryLabel}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              rightSection={keys && <KeyHint keys={keys} />}
              onClick={run}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
    </>
  )
}

/** Ctrl+K: any page, document or action by a few letters. */
export function Palette() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      centered={false}
      yOffset="12vh"
      radius="lg"
      size={600}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{
        search: styles.search ?? '',
        actionsList: styles.list ?? '',
        actionsGroup: styles.group ?? '',
        action: styles.action ?? '',
        actionSection: styles.section ?? '',
        footer: styles.footer ?? '',
      }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Spotlight.Search
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        leftSection={<IconCommand size={19} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <PaletteList query={query} />
      </Spotlight.ActionsList>
      <Spotlight.Footer>
        <span>
          <KeyHint keys={['↑', '↓']} /> {t('palette.hint.move')}
        </span>
        <span>
          <KeyHint keys={['Enter']} /> {t('palette.hint.open')}
        </span>
        <span>
          <KeyHint keys={['Esc']} /> {t('palette.hint.close')}
        </span>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}
