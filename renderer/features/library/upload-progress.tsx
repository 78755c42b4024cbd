import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUploads } from '../../state/uploads.ts'
import { Meter } from '../../ui/meter.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './upload-progress.module.css'

/** Files on their way into the library, each batch with a way to stop it. */
export function UploadProgress() {
  const { t } = useTranslation()
  const format = useFormat()
  const uploads = useUploads((state) => state.uploads)
  if (uploads.length === 0) return null
  return (
    <div className={styles.uploads}>
      {uploads.map(({ id, fileCount, doneBytes, totalBytes, abort }) => {
        const label = t('library.upload.label', { count: fileCount })
        return (
          <div key={id} className={styles.upload}>
            <span>{label}</span>
            <span className={`${styles.figure} tabular`}>
              {doneBytes < totalBytes
                ? t('jobs.counts.bytes', { done: format.bytes(doneBytes), total: format.bytes(totalBytes) })
                : t('library.upload.adding')}
              <Meter share={doneBytes < totalBytes ? doneBytes / totalBytes : undefined} label={label} />
            </span>
            <Button size="xs" variant="default" onClick={() => abort.abort()}>
              {t('library.upload.stop')}
            </Button>
          </div>
        )
      })}
    </div>
  )
}
