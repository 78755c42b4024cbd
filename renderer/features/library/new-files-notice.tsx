import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WatchedFolder } from '#contract/folders.ts'
import { client, orpc } from '../../client/index.ts'
import { useUploads } from '../../state/uploads.ts'
import styles from './import-report.module.css'

const LOOK_EVERY_MS = 10_000

/** Says quietly that watched folders have new files, and takes them in when asked. */
export function NewFilesNotice() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: folders = [] } = useQuery(orpc.folders.list.queryOptions({ refetchInterval: LOOK_EVERY_MS }))
  const offering = folders.filter(
    ({ mode, newFiles, state }) => mode === 'offer' && newFiles.length > 0 && state !== 'missing',
  )
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: orpc.folders.key() })
    void queryClient.invalidateQueries({ queryKey: orpc.documents.key() })
  }
  const importAll = useMutation({
    mutationFn: async (from: readonly WatchedFolder[]) => {
      const outcomes = []
      for (const { id } of from) outcomes.push(...(await client.folders.importNew({ folderId: id })))
      useUploads.getState().setReport({ outcomes, rejected: [], failure: undefined })
    },
    meta: { failureTitle: 'library.report.nothing' },
    onSettled: refresh,
  })
  const dismiss = useMutation({
    mutationFn: (from: readonly WatchedFolder[]) =>
      Promise.all(from.map(({ id }) => client.folders.dismissNew({ folderId: id }))),
    meta: { failureTitle: 'library.newFiles.failed' },
    onSettled: refresh,
  })
  const count = offering.reduce((sum, { newFiles }) => sum + newFiles.length, 0)
  if (count === 0) return null
  return (
    <section className={styles.report} aria-label={t('library.newFiles.label')}>
      <div className={styles.summary}>
        <p role="status" title={offering.map(({ path }) => path).join('\n')}>
          {t('library.newFiles.found', { count })}
        </p>
        <Group gap="xs">
          <Button size="compact-sm" loading={importAll.isPending} onClick={() => importAll.mutate(offering)}>
            {t('library.newFiles.import', { count })}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => dismiss.mutate(offering)}>
            {t('library.newFiles.dismiss')}
          </Button>
        </Group>
      </div>
    </section>
  )
}
