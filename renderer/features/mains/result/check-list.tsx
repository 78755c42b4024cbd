import { IconCircleCheck, IconCircleDashed, IconCircleHalf2, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { describeCheck } from '#contract/describe-check.ts'
import type { AnswerCheck, Verdict } from '#contract/mains.ts'
import type { TextRange } from '#contract/search.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import styles from './check-list.module.css'

const ICONS: Record<Verdict, typeof IconCircleCheck> = {
  met: IconCircleCheck,
  partly: IconCircleHalf2,
  unmet: IconCircleX,
  none: IconCircleDashed,
}

/** What each check found, where, and what to do about it. */
export function CheckList(props: {
  checks: readonly AnswerCheck[]
  shownKey: string | undefined
  onShow(key: string, places: readonly TextRange[]): void
}) {
  const { checks, shownKey, onShow } = props
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className={styles.card} aria-labelledby="mains-checks">
      <h2 id="mains-checks" className={styles.heading}>
        {t('mains.result.checks')}
      </h2>
      <ul className={styles.list}>
        {checks.map((check) => {
          const { title, verdict, found, todo } = describeCheck(check, language)
          const Icon = ICONS[check.verdict]
          const key = `check ${check.id}`
          const isShown = shownKey === key
          return (
            <li key={check.id} className={styles.check} data-verdict={check.verdict} data-testid={`check-${check.id}`}>
              <Icon size={18} className={styles.icon} aria-hidden />
              <div className={styles.texts}>
                <p className={styles.title}>
                  {title} <span className={styles.verdict}>{verdict}</span>
                </p>
                <p className={styles.found}>{found}</p>
                {todo && (
                  <p className={styles.todo}>
                    <strong>{t('mains.result.todo')}</strong> {todo}
                  </p>
                )}
                {check.places.length > 0 && (
                  <button
                    type="button"
                    className={styles.show}
                    aria-pressed={isShown}
                    onClick={() => onShow(key, check.places)}
                  >
                    {isShown
                      ? t('mains.result.hide')
                      : `${t('mains.result.show')} (${t('mains.result.places', { count: check.places.length })})`}
                  </button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
