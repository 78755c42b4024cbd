import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SearchResult } from '#contract/search.ts'
import styles from './search-notes.module.css'

/** What the search made of the words: slips it mended, other names it looked for. */
export function SearchNotes(props: { result: SearchResult; words: string; onExactly(words: string): void }) {
  const { result, words, onExactly } = props
  const { t } = useTranslation()
  const { corrections, alsoSearched } = result
  if (corrections.length + alsoSearched.length === 0) return null
  const corrected = corrections.reduce((text, { typed, corrected: by }) => text.replace(typed, by), words)
  return (
    <div className={styles.notes}>
      {corrections.length > 0 && (
        <p>
          {t('search.corrected', { query: corrected })}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => onExactly(corrected)}>
            {t('search.takeCorrection')}
          </Button>
        </p>
      )}
      {alsoSearched.length > 0 && <p>{t('search.alsoSearched', { terms: alsoSearched.join(' · ') })}</p>}
    </div>
  )
}
