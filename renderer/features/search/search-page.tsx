import { ActionIcon, Button, CloseButton, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearch, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'wouter'
import type { SearchHit, SearchMode } from '#contract/search.ts'
import { orpc } from '../../client/index.ts'
import { useFoundPassages } from '../../state/found-passages.ts'
import { navigate } from '../../state/hash-location.ts'
import { isFiltered, NO_FILTERS, useSearchView } from '../../state/search-view.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'
import { groupHits } from './group-hits.ts'
import { ScopeFilter } from './scope-filter.tsx'
import { SearchNothing, SearchStart, SearchWaiting } from './search-empty.tsx'
import { SearchFilterChips } from './search-filters.tsx'
import { SearchHitRow } from './search-hit.tsx'
import { SearchMemory } from './search-memory.tsx'
import { SearchNotes } from './search-notes.tsx'
import styles from './search-page.module.css'
import { SearchPreview } from './search-preview.tsx'
import { readSimilar } from './similar-path.ts'
import { useSearch } from './use-search.ts'
import { useSearchHistory } from './use-search-history.ts'

const MODES: readonly SearchMode[] = ['hybrid', 'keyword', 'vector']
/** Where `/` and the palette put the keyboard. */
export const SEARCH_INPUT_ID = 'search-words'

/** Any passage of the library, as it is typed; arrow keys move, Enter opens the reader at it. */
export function SearchPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const inAddress = params.get('q') ?? ''
  const [words, setWords] = useState(inAddress)
  const { mode, setMode, grouped, setGrouped, scope, setScope, filters, setFilters } = useSearchView()
  const setFound = useFoundPassages((state) => state.setFound)
  const memory = useSearchHistory()
  const like = readSimilar(params)
  const { data: documents } = useQuery(orpc.documents.list.queryOptions())
  const { settled, result, stale, error, retry } = useSearch(words, like)
  const [activeId, setActiveId] = useState<number>()
  const wide = useMediaQuery('(min-width: 1440px)')
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  // The address follows the words once they rest, and the words follow the address when it is changed elsewhere.
  const lastWritten = useRef(inAddress)
  useEffect(() => {
    if (settled === lastWritten.current) return
    lastWritten.current = settled
    navigate(settled ? `/search?q=${encodeURIComponent(settled)}` : '/search', { replace: true })
  }, [settled])
  useEffect(() => {
    if (inAddress === lastWritten.current) return
    lastWritten.current = inAddress
    setWords(inAddress)
  }, [inAddress])

  // Other hits begin at the top; the same ones, come back to, stay where they were.
  const scopeKey = JSON.stringify([settled, like, mode, grouped, scope, filters])
  const lastScopeKey = useRef(scopeKey)
  useEffect(() => {
    if (scopeKey === lastScopeKey.current) return
    lastScopeKey.current = scopeKey
    input.current?.closest('main')?.scrollTo({ top: 0 })
  }, [scopeKey])

  const hits = result?.hits ?? []
  const groups = grouped ? groupHits(hits) : undefined
  const shownHits = groups ? groups.flatMap((group) => group.hits) : hits
  const active = hits.find(({ chunkId }) => chunkId === activeId) ?? hits[0]

  const moveFocus = (step: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('[data-hit]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    const next = at + step
    if (next < 0) input.current?.focus()
    else links[Math.min(next, links.length - 1)]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const inInput = event.target === input.current
    if (event.key === 'ArrowDown' || (inInput && event.key === 'Enter')) {
      event.preventDefault()
      moveFocus(1)
    } else if (!inInput && event.key === 'ArrowUp') {
      event.preventDefault()
      moveFocus(-1)
    } else if (!inInput && event.key === 'Escape') {
      input.current?.focus()
    }
  }

  /** A search that led somewhere is worth remembering, and its other hits are near. */
  const opened = () => {
    setFound(settled, shownHits)
    if (!like) memory.note(settled)
  }
  const isSaved = memory.saved.includes(settled)

  const row = (hit: SearchHit, withTitle: boolean) => (
    <SearchHitRow
      key={hit.chunkId}
      hit={hit}
      withTitle={withTitle}
      active={wide === true && hit === active}
      onActivate={() => setActiveId(hit.chunkId)}
      onOpen={opened}
    />
  )
  const hasDocuments = (documents ?? []).some(({ chunkCount }) => chunkCount > 0)
  const meaningAway = result?.mode === 'keyword' && (mode !== 'keyword' || like !== undefined)
  return (
    <PageFrame title={t('search.title')} width={wide ? 'wide' : 'form'} hideHeading>
      {/* biome-ignore lint/a11y/useSemanticElements: `search` cannot carry the key handler's types yet */}
      <div role="search" className={styles.bar}>
        <TextInput
          id={SEARCH_INPUT_ID}
          ref={input}
          size="lg"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          leftSection={<IconSearch size={20} aria-hidden />}
          value={words}
          maxLength={2000}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            if (like) navigate('/search', { replace: true })
          }}
          onKeyDown={onKeyDown}
          rightSectionWidth={words ? 76 : undefined}
          rightSection={
            words && (
              <span className={styles.inputActions}>
                <ActionIcon
                  aria-label={t(isSaved ? 'search.memory.unsave' : 'search.memory.save', { query: settled })}
                  title={t(isSaved ? 'search.memory.unsave' : 'search.memory.save', { query: settled })}
                  disabled={settled === ''}
                  onClick={() => memory.save(settled, !isSaved)}
                >
                  {isSaved ? <IconStarFilled size={17} /> : <IconStar size={17} />}
                </ActionIcon>
                <CloseButton aria-label={t('common.clear')} onClick={() => setWords('')} />
              </span>
            )
          }
        />
        <div className={styles.options}>
          <div className={styles.scope}>
            <ScopeFilter scope={scope} onScope={setScope} />
            <SearchFilterChips filters={filters} onFilters={setFilters} />
            {isFiltered(filters) && (
              <Button size="compact-sm" variant="subtle" onClick={() => setFilters(NO_FILTERS)}>
                {t('search.filters.clearFilters')}
              </Button>
            )}
          </div>
          <div className={styles.ways}>
            <Switch
              size="xs"
              label={t('search.group')}
              checked={grouped}
              onChange={(event) => setGrouped(event.currentTarget.checked)}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('search.mode.label')}
              value={mode}
              onChange={(value) => setMode(value as SearchMode)}
              data={MODES.map((value) => ({ value, label: t(`search.mode.${value}`) }))}
            />
          </div>
        </div>
      </div>

      {!words.trim() && !like && documents && (
        <>
          <SearchStart hasDocuments={hasDocuments} />
          {hasDocuments && <SearchMemory memory={memory} onSearch={setWords} />}
        </>
      )}
      {like && (
        <div className={styles.like}>
          <p className={styles.likeText}>
            {'text' in like ? t('search.like.text', { text: like.text }) : t('search.like.passage')}
          </p>
          <Button size="compact-sm" variant="default" onClick={() => navigate('/search')}>
            {t('search.like.close')}
          </Button>
        </div>
      )}
      {(settled || like) && <RetryNote error={error} onRetry={retry} title={t('search.failed')} />}
      {!error && !result && (settled || like) && <SearchWaiting />}
      {!error && result && (words.trim() || like) && (
        <div className={styles.columns} data-preview={(wide && active !== undefined) || undefined}>
          <div className={styles.results}>
            <p className={`${styles.status} tabular`}>
              <span role="status">{hits.length > 0 && t('search.resultCount', { count: hits.length })}</span>
              <span className={styles.took}>{t('search.took', { ms: Math.max(1, Math.round(result.tookMs)) })}</span>
            </p>
            {!like && <SearchNotes result={result} words={settled} onExactly={setWords} />}
            {meaningAway && <p className={styles.note}>{t('search.meaningAway')}</p>}
            {hits.length === 0 && !stale && <SearchNothing words={settled} like={like !== undefined} />}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the links inside */}
            <div ref={list} className={styles.hits} data-stale={stale || undefined} onKeyDown={onKeyDown}>
              {groups
                ? groups.map((group) => (
                    <section key={group.documentId} aria-label={group.title}>
                      <div className={styles.group}>
                        <h2 className={styles.groupName}>{group.title}</h2>
                        <span className={styles.groupCount}>
                          {t('search.groupCount', { count: group.hits.length })}
                        </span>
                      </div>
                      {group.hits.map((hit) => row(hit, false))}
                    </section>
                  ))
                : hits.map((hit) => row(hit, true))}
            </div>
          </div>
          {wide && active && (
            <div className={styles.preview}>
              <SearchPreview hit={active} />
            </div>
          )}
        </div>
      )}
    </PageFrame>
  )
}
