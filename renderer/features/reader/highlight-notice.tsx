import { Button } from '@mantine/core'
import { IconHighlight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { pageName } from '../../ui/page-name.ts'
import styles from './highlight-notice.module.css'
import { ReaderNotice } from './reader-notice.tsx'
import type { AskedHighlight } from './use-asked-highlight.ts'

/** The quoted passage in words, for those who can't see it on the page, and the way back to it. */
export function HighlightNotice(props: {
  highlight: AskedHighlight | undefined
  /** It was asked for and is not there. */
  missing: boolean
  /** Whether its place on the page is known. */
  placed: boolean
  onShow(): void
  onClear(): void
}) {
  const { highlight, missing, placed, onShow, onClear } = props
  const { t } = useTranslation()
  const place = highlight ? pageName(t, { page: highlight.pageNumber, pageLabel: highlight.pageLabel }) : ''
  const announcement = highlight
    ? t('reader.highlight.announce', { place, quote: highlight.quote })
    : missing
      ? t('reader.highlight.missing')
      : ''
  return (
    <>
      <span className="visually-hidden" role="status">
        {announcement}
      </span>
      {(highlight || missing) && (
        <ReaderNotice
          tone="mark"
          icon={<IconHighlight size={16} />}
          actions={
            <>
              {highlight && (
                <Button size="compact-sm" variant="default" onClick={onShow}>
                  {t('reader.highlight.show')}
                </Button>
              )}
              <Button size="compact-sm" variant="default" onClick={onClear}>
                {t('reader.highlight.clear')}
              </Button>
            </>
          }
        >
          {highlight ? (
            <>
              <span className={styles.label}>{t('reader.highlight.label', { place })}</span>
              <span className={styles.quote} title={highlight.quote}>
                {placed ? highlight.quote : t('reader.highlight.noBoxes')}
              </span>
            </>
          ) : (
            <span>{t('reader.highlight.missing')}</span>
          )}
        </ReaderNotice>
      )}
    </>
  )
}
