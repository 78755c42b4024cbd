import { useTranslation } from 'react-i18next'
import styles from './writing-desk.module.css'

/** As the check of the length has it: a tenth more or less. */
const TOLERANCE = 0.1

/** The words so far against the limit, and what is missing or too much. */
export function WordCount({ words, limit }: { words: number; limit: number }) {
  const { t } = useTranslation()
  const least = Math.round(limit * (1 - TOLERANCE))
  const most = Math.round(limit * (1 + TOLERANCE))
  const tone = words > most ? 'over' : words >= least ? 'within' : undefined
  return (
    <div className={styles.count} data-tone={tone}>
      <progress className={styles.meter} value={Math.min(words, most)} max={most} aria-hidden />
      <span className="tabular" data-testid="word-count">
        <strong>{t('mains.write.words', { count: words })}</strong> {t('mains.write.ofLimit', { limit })}
      </span>
      <span className={styles.standing}>
        {tone === 'over'
          ? t('mains.write.tooMany', { count: words - most })
          : tone === 'within'
            ? t('mains.write.within')
            : t('mains.write.toGo', { count: least - words })}
      </span>
    </div>
  )
}
