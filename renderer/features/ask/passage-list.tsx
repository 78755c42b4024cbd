import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SearchHit } from '#contract/search.ts'
import { HighlightedText } from '../../ui/highlighted-text.tsx'
import { pageName } from '../../ui/page-name.ts'
import { readerPath } from '../reader/index.ts'
import styles from './source-list.module.css'

/** Passages found for a question, best first, each leading to its page. */
export function PassageList({ passages }: { passages: readonly SearchHit[] }) {
  const { t } = useTranslation()
  return (
    <ol className={styles.list}>
      {passages.map((hit) => (
        <li key={hit.chunkId}>
          <Link
            href={readerPath(hit)}
            className={styles.row}
            style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}
            data-testid="passage"
          >
            <span className={styles.place}>
              <span className={styles.title}>{hit.title}</span>
              <span className={`${styles.page} tabular`}>{pageName(t, hit)}</span>
            </span>
            <span className={styles.quote}>
              <HighlightedText text={hit.text.replace(/\s/g, ' ')} ranges={hit.matches} />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
