import { Button, Skeleton } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SearchHit } from '#contract/search.ts'
import { orpc } from '../../client/index.ts'
import { HighlightedText } from '../../ui/highlighted-text.tsx'
import { pageName } from '../../ui/page-name.ts'
import { RetryNote } from '../../ui/retry-note.tsx'
import { hitPath } from './hit-path.ts'
import { joinLines } from './join-lines.ts'
import styles from './search-preview.module.css'

/** The whole page that a passage stands on, the passage marked: on wide windows, beside the list. */
export function SearchPreview({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation()
  const { documentId, page: pageNumber } = hit
  const {
    data: page,
    error,
    refetch,
  } = useQuery(
    orpc.documents.page.queryOptions({ input: { documentId, pageNumber }, staleTime: Number.POSITIVE_INFINITY }),
  )
  const text = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another passage or page is what moves the text
  useEffect(() => {
    const container = text.current
    const mark = container?.querySelector('mark')
    if (container && mark) container.scrollTop = mark.offsetTop - container.offsetTop - container.clientHeight / 4
  }, [page, hit.chunkId])
  return (
    <aside className={styles.preview} aria-label={t('search.preview.title')}>
      <header className={styles.header}>
        <div className={styles.names}>
          <h2 className={styles.title} title={hit.title}>
            {hit.title}
          </h2>
          <p className={styles.page}>{pageName(t, hit)}</p>
        </div>
        <Button component={Link} href={hitPath(hit)} size="xs" variant="default" leftSection={<IconBook2 size={15} />}>
          {t('search.preview.open')}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className={styles.text} ref={text} tabIndex={0}>
        <RetryNote error={error} onRetry={refetch} />
        {!page &&
          !error &&
          [96, 88, 92, 70, 94, 85].map((width) => <Skeleton key={width} h={12} mb={12} w={`${width}%`} />)}
        {page && (
          <HighlightedText text={joinLines(page.text)} ranges={[{ start: hit.startOffset, end: hit.endOffset }]} />
        )}
      </div>
    </aside>
  )
}
