import { Button } from '@mantine/core'
import { IconBooks, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { navigate } from '../../state/hash-location.ts'
import { isFiltered, NO_FILTERS, useSearchView } from '../../state/search-view.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { askPath } from '../ask/index.ts'

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
