import { ActionIcon, Badge, Button, Modal, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchTerms, SearchTermsInput } from '#contract/search.ts'
import { orpc } from '../../client/index.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import styles from './search-terms-settings.module.css'
import { SettingsSection } from './settings-section.tsx'

/** More would be a page of its own; the box above narrows them down. */
const SHOWN = 30

/** Abbreviations and other names that search knows: to look through, add to, change, take out and bring back. */
export function SearchTermsSettings() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = useQuery(orpc.search.terms.queryOptions())
  const groups = query.data
  const onSuccess = (list: SearchTerms[]) => {
    queryClient.setQueryData(orpc.search.terms.queryKey(), list)
    // What was found with the old terms is no answer any more.
    void queryClient.invalidateQueries({ queryKey: orpc.search.query.key() })
  }
  const meta = { failureTitle: 'settings.failed' } as const
  const save = useMutation(orpc.search.saveTerms.mutationOptions({ meta, onSuccess }))
  const remove = useMutation(orpc.search.removeTerms.mutationOptions({ meta, onSuccess }))
  const restore = useMutation(orpc.search.restoreTerms.mutationOptions({ meta, onSuccess }))
  const [find, setFind] = useState('')
  const [editing, setEditing] = useState<SearchTermsInput>()
  const [resetting, setResetting] = useState(false)
  if (!groups) return <PageWaiting query={query} height={240} />
  const wanted = find.trim().toLowerCase()
  const matching = groups.filter(({ terms }) => terms.some((term) => term.toLowerCase().includes(wanted)))
  const changedCount = groups.filter(({ origin }) => origin !== 'shipped').length
  return (
    <SettingsSection title={t('settings.terms.title')} lead={t('settings.terms.lead')}>
      <div className={styles.tools}>
        <TextInput
          size="xs"
          className={styles.find}
          aria-label={t('settings.terms.find')}
          placeholder={t('settings.terms.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setEditing({ kind: 'same', terms: [] })}
        >
          {t('settings.terms.add')}
        </Button>
        <Button size="xs" variant="subtle" disabled={changedCount === 0} onClick={() => setResetting(true)}>
          {t('settings.terms.reset')}
        </Button>
      </div>
      {matching.length === 0 && <p className={styles.none}>{t('settings.terms.none')}</p>}
      <ul className={styles.list}>
        {matching.slice(0, SHOWN).map((group) => (
          <li key={group.id} className={styles.group} data-removed={group.origin === 'removed' || undefined}>
            <span className={styles.terms}>{group.terms.join(group.kind === 'same' ? ' = ' : ' ≈ ')}</span>
            {group.origin !== 'shipped' && (
              <Badge size="sm" variant="light" tt="none">
                {t(`settings.terms.origin.${group.origin}`)}
              </Badge>
            )}
            {group.origin !== 'removed' && (
              <ActionIcon
                size="sm"
                aria-label={t('settings.terms.edit', { term: group.terms[0] ?? '' })}
                title={t('settings.terms.edit', { term: group.terms[0] ?? '' })}
                onClick={() => setEditing({ id: group.id, kind: group.kind, terms: group.terms })}
              >
                <IconPencil size={15} />
              </ActionIcon>
            )}
            {group.origin === 'changed' || group.origin === 'removed' ? (
              <ActionIcon
                size="sm"
                aria-label={t('settings.terms.restore', { term: group.terms[0] ?? '' })}
                title={t('settings.terms.restore', { term: group.terms[0] ?? '' })}
                onClick={() => restore.mutate({ id: group.id })}
              >
                <IconArrowBackUp size={15} />
              </ActionIcon>
            ) : (
              <ActionIcon
                size="sm"
                aria-label={t('settings.terms.remove', { term: group.terms[0] ?? '' })}
                title={t('settings.terms.remove', { term: group.terms[0] ?? '' })}
                onClick={() => remove.mutate({ id: group.id })}
              >
                <IconTrash size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {matching.length > SHOWN && (
        <p className={styles.none}>{t('settings.terms.more', { count: matching.length - SHOWN })}</p>
      )}
      {editing && (
        <TermsEditor
          group={editing}
          onClose={() => setEditing(undefined)}
          onSave={(group) => {
            save.mutate(group)
            setEditing(undefined)
          }}
        />
      )}
      <ConfirmDialog
        opened={resetting}
        title={t('settings.terms.resetTitle')}
        body={t('settings.terms.resetBody', { count: changedCount })}
        confirmLabel={t('settings.terms.reset')}
        onConfirm={() => {
          restore.mutate({})
          setResetting(false)
        }}
        onClose={() => setResetting(false)}
      />
    </SettingsSection>
  )
}

function TermsEditor(props: { group: SearchTermsInput; onClose(): void; onSave(group: SearchTermsInput): void }) {
  const { group, onClose, onSave } = props
  const { t } = useTranslation()
  const [text, setText] = useState(group.terms.join('\n'))
  const [kind, setKind] = useState(group.kind)
  const kindLabel = useId()
  const terms = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    <Modal opened onClose={onClose} title={t(group.id ? 'settings.terms.editTitle' : 'settings.terms.addTitle')}>
      <Textarea
        data-autofocus
        autosize
        minRows={4}
        maxRows={12}
        label={t('settings.terms.termsLabel')}
        description={t('settings.terms.termsHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p id={kindLabel} className={styles.kindLabel}>
        {t('settings.terms.kindLabel')}
      </p>
      <SegmentedControl
        fullWidth
        aria-labelledby={kindLabel}
        value={kind}
        onChange={(value) => setKind(value as SearchTermsInput['kind'])}
        data={(['same', 'near'] as const).map((value) => ({ value, label: t(`settings.terms.kinds.${value}`) }))}
      />
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={terms.length < 2} onClick={() => onSave({ ...group, kind, terms })}>
          {t('common.save')}
        </Button>
      </div>
    </Modal>
  )
}
