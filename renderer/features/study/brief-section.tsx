import { useTranslation } from 'react-i18next'
import type { Citation } from '#contract/ask.ts'
import type { BriefKind, BriefSection } from '#contract/study.ts'
import { AnswerText } from '../ask/index.ts'
import styles from './brief-page.module.css'

/** One heading of a summary, or what one document says of the topic; a plain word where it says nothing. */
export function BriefSectionView(props: {
  kind: BriefKind
  section: BriefSection
  citations: ReadonlyMap<number, Citation>
}) {
  const { kind, section, citations } = props
  const { sentences } = section
  const { t } = useTranslation()
  const title = section.isShort ? t('study.inShort') : section.title
  const own = sentences.flatMap(({ citations: numbers }) => numbers.flatMap((number) => citations.get(number) ?? []))
  return (
    <section className={styles.section}>
      {title && <h2 className={styles.title}>{title}</h2>}
      {sentences.length > 0 ? (
        <AnswerText answer={{ answer: sentences.map(({ text }) => text).join(' '), sentences, citations: own }} />
      ) : (
        <p className={styles.note}>{t(kind === 'comparison' ? 'study.saysNothing' : 'study.nothingHere')}</p>
      )}
    </section>
  )
}
