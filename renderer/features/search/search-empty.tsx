import { Button, Skeleton } from '@mantine/core'
import { IconBooks, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { navigate } from '../../state/hash-location.ts'
import { isFiltered, NO_FILTERS, useSearchView } from '../../state/search-view.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { askPath } from '../ask/index.ts'
import styles from './search-page.module.css'

/** Before anything was typed: what can be done here, or where to begin. */
export function SearchStart({ hasDocuments }: { hasDocuments: boolean }) {
  const { t } = useTranslation()
  if (hasDocuments) {
    return (
      <EmptyState
        icon={<IconSearch size={26} />}
        title={t('search.start.title')}
        body={`${t('search.start.body')} ${t('search.tip')}`}
      />
    )
  }
  return (
    <EmptyState
      icon={<IconBooks size={26} />}
      title={t('search.nothingHere.title')}
      body={t('search.nothingHere.body')}
      actions={
        <Button component={Link} href="/library">
          {t('search.nothingHere.add')}
        </Button>
      }
    />
  )
}

/** The first search after a start takes a while: the model of meanings is read. */
export function SearchWaiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.waiting} role="status" aria-label={t('search.searching')}>
      {[0, 1, 2].map((row) => (
        <div key={row} className={styles.waitingHit}>
          <Skeleton height={11} width={`${38 - row * 5}%`} />
          <Skeleton height={13} />
          <Skeleton height={13} width={`${86 - row * 9}%`} />
        </div>
      ))}
    </div>
  )
}

const HINTS = { hybrid: 'hybrid', keyword: 'words', vector: 'meaning' } as const

/** Nothing was found: what to try, in the order that most likely helps. */
export function SearchNothing({ words, like }: { words: string; like: boolean }) {
  const { t } = useTranslation()
  const { mode, setMode, scope, setScope, filters, setFilters } = useSearchView()
  const narrowed = scope.documentIds.length + scope.collectionIds.length > 0 || isFiltered(filters)
  const hint = t(`search.noResults.${HINTS[mode]}`)
  return (
    <EmptyState
      icon={<IconSearchOff size={26} />}
      title={like ? t('search.like.none') : t('search.noResults.title', { query: words })}
      body={narrowed ? `${t('search.noResults.scoped')} ${hint}` : hint}
      actions={
        <>
          {narrowed && (
            <Button
              onClick={() => {
                setScope({ documentIds: [], collectionIds: [] })
                setFilters(NO_FILTERS)
              }}
            >
              {t('search.noResults.widen')}
            </Button>
          )}
          {!like && mode === 'keyword' && (
            <Button variant="default" onClick={() => setMode('hybrid')}>
              {t('search.noResults.useMeaning')}
            </Button>
          )}
          {!like && mode === 'vector' && (
            <Button variant="default" onClick={() => setMode('hybrid')}>
              {t('search.noResults.useWords')}
            </Button>
          )}
          {!like && (
            <Button variant="default" onClick={() => navigate(askPath({ question: words }))}>
              {t('search.noResults.ask')}
            </Button>
          )}
        </>
      }
    />
  )
}
