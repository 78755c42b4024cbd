import { ActionIcon, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearch } from 'wouter'
import { useFoundPassages } from '../../state/found-passages.ts'
import { navigate, routeBefore } from '../../state/hash-location.ts'
import styles from './found-passages-bar.module.css'
import { readAskedPlace, readerPath } from './reader-path.ts'

/** The way from one passage of the last search to the next, through the documents: buttons, F3 and Shift+F3. */
export function FoundPassagesBar() {
  const { t } = useTranslation()
  const { query, passages, close } = useFoundPassages()
  const { documentId } = useParams<{ documentId: string }>()
  const asked = readAskedPlace(useSearch())
  const at = passages.findIndex(
    (passage) =>
      passage.documentId === documentId &&
      passage.page === asked.page &&
      passage.startOffset === asked.range?.startOffset &&
      passage.endOffset === asked.range?.endOffset,
  )
  const go = (step: 1 | -1) => {
    const next = passages[at < 0 ? 0 : (at + step + passages.length) % passages.length]
    // Browsing hits is one step back to the list, not twenty.
    if (next) navigate(readerPath(next), { replace: true })
  }
  // A citation or a book from the library has nothing to do with what was searched before.
  const before = routeBefore()
  const isOfSearch = passages.length > 0 && (before === undefined || before.startsWith('/search'))
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F3' || event.defaultPrevented || !isOfSearch) return
    event.preventDefault()
    go(event.shiftKey ? -1 : 1)
  })
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  if (!isOfSearch) return null
  const named = query || t('reader.found.similar')
  return (
    <nav className={styles.bar} aria-label={t('reader.found.label')}>
      <Button
        size="compact-sm"
        variant="subtle"
        className={styles.query}
        title={t('reader.found.back')}
        onClick={() => (query ? navigate(`/search?q=${encodeURIComponent(query)}`) : history.back())}
      >
        {named}
      </Button>
      <span className={`${styles.count} tabular`} role="status">
        {at < 0
          ? t('reader.found.total', { count: passages.length })
          : t('reader.found.count', { current: at + 1, total: passages.length })}
      </span>
      <ActionIcon
        aria-label={t('reader.found.previous')}
        title={`${t('reader.found.previous')} (Shift+F3)`}
        onClick={() => go(-1)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('reader.found.next')} title={`${t('reader.found.next')} (F3)`} onClick={() => go(1)}>
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('reader.found.close')} title={t('reader.found.close')} onClick={close}>
        <IconX size={16} />
      </ActionIcon>
    </nav>
  )
}
