import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './find-bar.module.css'
import type { FindProgress } from './find-progress.ts'

/** Words to find in the open document, how many there are, and the way from one to the next. */
export function FindBar(props: {
  progress: FindProgress
  query: string
  /** Grows each time the bar is called for, so that the words are ready to be typed over. */
  focusCount: number
  onQuery(query: string): void
  onAgain(backwards: boolean): void
  onClose(): void
}) {
  const { progress, query, focusCount, onQuery, onAgain, onClose } = props
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new call for the bar is what moves the focus
  useEffect(() => input.current?.select(), [focusCount])

  const { state, current, total } = progress
  const standing =
    query === ''
      ? ''
      : total > 0
        ? t('reader.find.count', { current, total })
        : state === 'pending'
          ? t('reader.find.searching')
          : state === 'missing'
            ? t('reader.find.none')
            : ''
  return (
    <search className={styles.bar} aria-label={t('reader.find.label')}>
      <TextInput
        ref={input}
        size="xs"
        className={styles.input}
        value={query}
        aria-label={t('reader.find.label')}
        placeholder={t('reader.find.placeholder')}
        error={state === 'missing' && query !== ''}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            onAgain(event.shiftKey)
          } else if (event.key === 'Escape') {
            event.preventDefault()
            onClose()
          }
        }}
      />
      <span className={`${styles.count} tabular`} role="status">
        {standing}
        {state === 'wrapped' && <span className="visually-hidden"> {t('reader.find.wrapped')}</span>}
      </span>
      <ActionIcon aria-label={t('reader.find.previous')} disabled={total === 0} onClick={() => onAgain(true)}>
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('reader.find.next')} disabled={total === 0} onClick={() => onAgain(false)}>
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('reader.find.close')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </search>
  )
}
