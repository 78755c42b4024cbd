import { IconFileDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { orpc } from '../../client/index.ts'
import { useLibraryView } from '../../state/library-view.ts'
import styles from './drop-target.module.css'
import { useFileDrop } from './use-file-drop.ts'
import { useImport } from './use-import.ts'

/**
 * Takes files dropped anywhere in the window; while a collection is open in the
 * library, into that. What cannot be read is refused with its reason in the
 * import report.
 */
export function LibraryDropTarget() {
  const { t } = useTranslation()
  const [path] = useLocation()
  const { importFiles } = useImport()
  const choice = useLibraryView((state) => state.collection)
  const { data: collections } = useQuery(orpc.documents.collections.queryOptions())
  const into = path === '/library' ? collections?.find(({ id }) => id === choice) : undefined
  const intoId = into?.id
  const over = useFileDrop(
    useCallback(({ files, emptyFolders }) => void importFiles(files, intoId, emptyFolders), [importFiles, intoId]),
  )
  if (!over) return null
  return (
    <div className={styles.screen}>
      <IconFileDownload size={44} stroke={1.5} aria-hidden />
      <p className={styles.title}>
        {into ? t('library.drop.titleInto', { name: into.name }) : t('library.drop.title')}
      </p>
      <p className={styles.body}>{t('library.drop.body')}</p>
    </div>
  )
}
