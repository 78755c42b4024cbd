import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Collection, Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { TickBox } from '../../ui/tick-box.tsx'
import { DocumentRow, type DocumentRowActions } from './document-row.tsx'
import styles from './document-table.module.css'

/** Rows rendered at first, and added when the end comes into view. */
const PAGE_SIZE = 50

/** The documents as a table that grows as it is scrolled. */
export function DocumentTable(props: {
  documents: readonly Document[]
  jobs: ReadonlyMap<DocumentId, Job>
  selected: ReadonlySet<DocumentId>
  collections: readonly Collection[]
  showCollection: boolean
  actions: DocumentRowActions
  onSelectAll(selected: boolean): void
}) {
  const { documents, jobs, selected, collections, showCollection, actions, onSelectAll } = props
  const { t } = useTranslation()
  const [shownCount, setShownCount] = useState(PAGE_SIZE)
  const { ref, entry } = useIntersection({ rootMargin: '400px' })
  const more = shownCount < documents.length

  useEffect(() => {
    if (entry?.isIntersecting && more) setShownCount((count) => count + PAGE_SIZE)
  }, [entry, more])

  const names = new Map(collections.map(({ id, name }) => [id, name]))
  const selectedCount = documents.filter(({ id }) => selected.has(id)).length
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <colgroup>
          <col className={styles.checkColumn} />
          <col />
          <col className={styles.pagesColumn} />
          <col className={styles.addedColumn} />
          <col className={styles.actionsColumn} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <TickBox
                label={t('library.selection.selectAll')}
                checked={selectedCount > 0 && selectedCount === documents.length}
                partly={selectedCount > 0 && selectedCount < documents.length}
                onTick={onSelectAll}
              />
            </th>
            <th scope="col">{t('library.columns.title')}</th>
            <th scope="col" className={styles.right}>
              {t('library.columns.pages')}
            </th>
            <th scope="col" className={styles.right}>
              {t('library.columns.added')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('library.columns.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {documents.slice(0, shownCount).map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              job={jobs.get(document.id)}
              selected={selected.has(document.id)}
              collections={collections}
              collectionName={showCollection && document.collectionId ? names.get(document.collectionId) : undefined}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
      {more && (
        <div className={styles.footer} ref={ref}>
          {t('library.shown', { shown: shownCount, total: documents.length })}
          <Button size="xs" variant="default" onClick={() => setShownCount((count) => count + PAGE_SIZE)}>
            {t('library.showMore')}
          </Button>
        </div>
      )}
    </div>
  )
}
