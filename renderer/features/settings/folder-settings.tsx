import { ActionIcon, Button, Group, Select, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WatchMode } from '#contract/folders.ts'
import { client, failureOf, hostName, orpc } from '../../client/index.ts'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

const MODES: readonly WatchMode[] = ['offer', 'import']
const isMode = (value: string | null): value is WatchMode => MODES.some((mode) => mode === value)
const LOOK_EVERY_MS = 10_000

/** The folders whose new files are offered or imported: none until the person adds one. */
export function FolderSettings() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [path, setPath] = useState('')
  const { data: folders = [] } = useQuery(orpc.folders.list.queryOptions({ refetchInterval: LOOK_EVERY_MS }))
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: orpc.folders.key() })
  const add = useMutation(
    orpc.folders.add.mutationOptions({
      onSuccess: () => {
        setPath('')
        return onSuccess()
      },
    }),
  )
  const setMode = useMutation(orpc.folders.setMode.mutationOptions({ onSuccess }))
  const remove = useMutation(orpc.folders.remove.mutationOptions({ onSuccess }))
  const modes = MODES.map((value) => ({ value, label: t(`settings.folders.${value}`) }))
  const choose = useMutation({
    mutationFn: () => client.folders.choose(),
    onSuccess: ({ path: chosen }) => chosen && add.mutate({ path: chosen, mode: 'offer' }),
  })
  const error = choose.error ?? add.error
  const failure = error ? failureOf(error) : undefined
  const failed = failure && t(`settings.folders.failed.${failure.code === 'bad-input' ? 'unusable' : 'unreachable'}`)
  return (
    <SettingsSection title={t('settings.folders.title')} lead={t('settings.folders.lead')}>
      {folders.map((folder) => (
        <SettingsRow
          key={folder.id}
          label={folder.path}
          labelId={`folder-${folder.id}`}
          hint={
            folder.newFiles.length > 0 && folder.state !== 'missing'
              ? t('settings.folders.found', { count: folder.newFiles.length })
              : t(`settings.folders.state.${folder.state}`)
          }
        >
          <Group gap="xs" wrap="nowrap">
            <Select
              aria-labelledby={`folder-${folder.id}`}
              w={200}
              data={modes}
              value={folder.mode}
              allowDeselect={false}
              onChange={(mode) => isMode(mode) && setMode.mutate({ folderId: folder.id, mode })}
            />
            <ActionIcon
              aria-label={t('settings.folders.remove', { path: folder.path })}
              onClick={() => remove.mutate({ folderId: folder.id })}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        </SettingsRow>
      ))}
      {hostName() === 'electron' ? (
        <SettingsRow label={t('settings.folders.add')} hint={t('settings.folders.chooseHint')}>
          <Button variant="default" loading={choose.isPending || add.isPending} onClick={() => choose.mutate()}>
            {t('settings.folders.choose')}
          </Button>
          {failed && (
            <Text role="alert" size="sm" c="red">
              {failed}
            </Text>
          )}
        </SettingsRow>
      ) : (
        <SettingsRow
          label={t('settings.folders.add')}
          hint={t('settings.folders.addHint')}
          htmlFor="watched-folder"
          fill
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (path.trim()) add.mutate({ path, mode: 'offer' })
            }}
          >
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <TextInput
                id="watched-folder"
                style={{ flex: 1 }}
                value={path}
                error={failed}
                onChange={(event) => setPath(event.currentTarget.value)}
              />
              <Button type="submit" variant="default" loading={add.isPending} disabled={!path.trim()}>
                {t('settings.folders.watch')}
              </Button>
            </Group>
          </form>
        </SettingsRow>
      )}
    </SettingsSection>
  )
}
