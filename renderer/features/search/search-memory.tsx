import { ActionIcon, Button } from '@mantine/core'
import { IconHistory, IconStar, IconStarFilled, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './search-memory.module.css'
import type { useSearchHistory } from './use-search-history.ts'

/** Saved and recent searches, to be searched again, kept or forgotten. */
export function SearchMemory(props: { memory: ReturnType<typeof useSearchHistory>; onSearch(words: string): void }) {
  const { memory, onSearch } = props
  const { t } = useTranslation()
  const lists = [
    { name: 'saved', queries: memory.saved },
    { name: 'recent', queries: memory.recent },
  ] as const
  return (
    <div className={styles.memory}>
      {lists
        .filter(({ queries }) => queries.length > 0)
        .map(({ name, queries }) => (
          <section key={name} aria-label={t(`search.memory.${name}`)}>
            <header className={styles.header}>
              <h2 className={styles.heading}>{t(`search.memory.${name}`)}</h2>
              {name === 'recent' && (
                <Button size="compact-xs" variant="subtle" onClick={() => memory.forget(undefined)}>
                  {t('search.memory.clear')}
                </Button>
              )}
            </header>
            <ul className={styles.list}>
              {queries.map((query) => (
                <li key={query} className={styles.item}>
                  <button type="button" className={styles.query} data-hit="" onClick={() => onSearch(query)}>
                    <IconHistory size={15} aria-hidden />
                    <span className={styles.words}>{query}</span>
                  </button>
                  <ActionIcon
                    size="sm"
                    aria-label={t(name === 'saved' ? 'search.memory.unsave' : 'search.memory.save', { query })}
                    title={t(name === 'saved' ? 'search.memory.unsave' : 'search.memory.save', { query })}
                    onClick={() => memory.save(query, name !== 'saved')}
                  >
                    {name === 'saved' ? <IconStarFilled size={14} /> : <IconStar size={14} />}
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={t('search.memory.forget', { query })}
                    title={t('search.memory.forget', { query })}
                    onClick={() => memory.forget(query)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  )
}
