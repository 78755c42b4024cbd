import { ActionIcon } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SearchHit } from '#contract/search.ts'
import { navigate } from '../../state/hash-location.ts'
import { HighlightedText } from '../../ui/highlighted-text.tsx'
import { pageName } from '../../ui/page-name.ts'
import { explainHit } from './explain-hit.ts'
import { headingWithin } from './heading-within.ts'
import { hitPath } from './hit-path.ts'
import styles from './search-hit.module.css'
import { shortenPassage } from './shorten-passage.ts'
import { similarPath } from './similar-path.ts'

/** About four lines at the width of the list. */
const SHOWN_CHARACTERS = 340

/** One passage: where it stands, why it was found, and its words. */
export function SearchHitRow(props: {
  hit: SearchHit
  active: boolean
  /** In a group the document is named above. */
  withTitle: boolean
  onActivate(): void
  /** It is opened in the reader. */
  onOpen(): void
}) {
  const { hit, active, withTitle, onActivate, onOpen } = props
  const { t } = useTranslation()
  const short = shortenPassage(hit.text.replace(/\s/g, ' '), hit.matches, SHOWN_CHARACTERS)
  const heading = headingWithin(
    hit.heading,
    hit.title,
    hit.pageLabel?.kind === 'section' ? hit.pageLabel.title : undefined,
  )
  const foundBy = explainHit(hit)
  return (
    <div className={styles.row}>
      <Link
        href={hitPath(hit)}
        className={styles.hit}
        data-active={active || undefined}
        data-hit=""
        onFocus={onActivate}
        onMouseEnter={onActivate}
        onClick={onOpen}
      >
        <span className={styles.place}>
          {withTitle && (
            <span className={styles.title} title={hit.title}>
              {hit.title}
            </span>
          )}
          <span className={`${styles.page} tabular`}>{pageName(t, hit)}</span>
          {heading && (
            <span className={styles.heading} title={hit.heading}>
              {heading}
            </span>
          )}
          <span className={styles.how} title={t(`search.foundBy.${foundBy}`)}>
            {t(`search.found.${foundBy}`)}
          </span>
        </span>
        <p className={styles.text}>
          {short.cutBefore ? '… ' : hit.lead && <span className={styles.lead}>{hit.lead}</span>}
          <HighlightedText text={short.text} ranges={short.ranges} />
          {short.cutAfter && ' …'}
        </p>
      </Link>
      <ActionIcon
        className={styles.like}
        size="sm"
        aria-label={t('search.like.action')}
        title={t('search.like.action')}
        onClick={() => navigate(similarPath({ chunkId: hit.chunkId }))}
      >
        <IconArrowsSplit2 size={15} />
      </ActionIcon>
    </div>
  )
}
