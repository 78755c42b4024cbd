import { Button, Checkbox, CloseButton, Popover, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFileText, IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../client/index.ts'
import type { ScopeChoice } from '../../state/search-view.ts'
import styles from './scope-filter.module.css'

/** Names shown at once; the box above narrows them down. */
const OPTIONS_SHOWN = 50
/** Chips shown; further ones are counted. */
const CHIPS_SHOWN = 3

function toggled<Id>(ids: readonly Id[], id: Id): Id[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
}

function Chip(props: { name: string; icon: ReactNode; onRemove(): void }) {
  const { t } = useTranslation()
  return (
    <span className={styles.chip}>
      {props.icon}
      <span className={styles.chipName} title={props.name}>
        {props.name}
      </span>
      <CloseButton
        size="xs"
        radius="xl"
        c="inherit"
        aria-label={t('search.filters.remove', { name: props.name })}
        onClick={props.onRemove}
      />
    </span>
  )
}

/** Which documents and collections are searched or asked: chips of what is chosen, and a list to choose from. */
export function ScopeFilter(props: { scope: ScopeChoice; onScope(scope: ScopeChoice): void }) {
  const { scope, onScope: setScope } = props
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const { data: documents = [] } = useQuery(orpc.documents.list.queryOptions())
  const { data: collections = [] } = useQuery(orpc.documents.collections.queryOptions())
  const wanted = find.trim().toLowerCase()
  const ready = documents.filter(({ status }) => status === 'ready')
  const documentOptions = ready.filter(({ title }) => title.toLowerCase().includes(wanted)).slice(0, OPTIONS_SHOWN)
  const collectionOptions = collections.filter(({ name }) => name.toLowerCase().includes(wanted))
  const chosen = [
    ...collections
      .filter(({ id }) => scope.collectionIds.includes(id))
      .map(({ id, name }) => ({
        id,
        name,
        Icon: IconFolder,
        remove: () => setScope({ ...scope, collectionIds: toggled(scope.collectionIds, id) }),
      })),
    ...documents
      .filter(({ id }) => scope.documentIds.includes(id))
      .map(({ id, title }) => ({
        id,
        name: title,
        Icon: IconFileText,
        remove: () => setScope({ ...scope, documentIds: toggled(scope.documentIds, id) }),
      })),
  ]
  const shown = chosen.length > CHIPS_SHOWN + 1 ? chosen.slice(0, CHIPS_SHOWN) : chosen
  const narrowed = scope.documentIds.length + scope.collectionIds.length > 0
  return (
    <div className={styles.chips}>
      <Popover position="bottom-start" width={320} trapFocus onClose={() => setFind('')}>
        <Popover.Target>
          <Button
            size="compact-sm"
            h={28}
            radius="xl"
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={15} />}
            disabled={ready.length === 0}
          >
            {t('search.filters.add')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('search.filters.add')}>
          <TextInput
            size="xs"
            data-autofocus
            aria-label={t('search.filters.find')}
            placeholder={t('search.filters.find')}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
          {collectionOptions.length > 0 && (
            <fieldset className={styles.group}>
              <legend className={styles.heading}>{t('search.filters.collections')}</legend>
              {collectionOptions.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  size="xs"
                  className={styles.option}
                  label={name}
                  checked={scope.collectionIds.includes(id)}
                  onChange={() => setScope({ ...scope, collectionIds: toggled(scope.collectionIds, id) })}
                />
              ))}
            </fieldset>
          )}
          {documentOptions.length > 0 && (
            <fieldset className={styles.group}>
              <legend className={styles.heading}>{t('search.filters.documents')}</legend>
              <div className={styles.options}>
                {documentOptions.map(({ id, title }) => (
                  <Checkbox
                    key={id}
                    size="xs"
                    className={styles.option}
                    label={title}
                    checked={scope.documentIds.includes(id)}
                    onChange={() => setScope({ ...scope, documentIds: toggled(scope.documentIds, id) })}
                  />
                ))}
              </div>
            </fieldset>
          )}
          {documentOptions.length + collectionOptions.length === 0 && (
            <p className={styles.none}>{t('search.filters.none')}</p>
          )}
        </Popover.Dropdown>
      </Popover>
      {shown.map(({ id, name, Icon, remove }) => (
        <Chip key={id} name={name} icon={<Icon size={14} aria-hidden />} onRemove={remove} />
      ))}
      {chosen.length > shown.length && (
        <span className={styles.more} title={chosen.map(({ name }) => name).join('\n')}>
          {t('search.filters.more', { count: chosen.length - shown.length })}
        </span>
      )}
      {narrowed && (
        <Button size="compact-sm" variant="subtle" onClick={() => setScope({ documentIds: [], collectionIds: [] })}>
          {t('search.filters.clear')}
        </Button>
      )}
    </div>
  )
}
