import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Citation } from '#contract/ask.ts'
import { pageName } from '../../ui/page-name.ts'
import { readerPath } from '../reader/index.ts'
import styles from './source-list.module.css'

/** The sources by number: what each says, word for word, and where. */
export function SourceList({ citations }: { citations: readonly Citation[] }) {
  const { t } = useTranslation()
  return (
    <ol className={styles.list}>
      {citations.map((citation) => {
        const { number, title, quote } = citation
        return (
          <li key={number}>
            <Link href={readerPath(citation)} className={styles.row} data-testid="source">
              <span className={`${styles.number} tabular`} aria-hidden>
                {number}
              </span>
              <span className={styles.place}>
                <span className={styles.title}>{title}</span>
                <span className={`${styles.page} tabular`}>{pageName(t, citation)}</span>
              </span>
              <q className={styles.quote}>{quote}</q>
              {citation.lost && <span className={styles.lost}>{t('common.lostSource')}</span>}
            </Link>
          </li>
        )
      })}
    </ol>
  )
}
