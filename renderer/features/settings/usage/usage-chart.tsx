import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/use-format.ts'
import type { DayTokens } from './gather-days.ts'
import styles from './usage-chart.module.css'

const WIDTH = 800
const HEIGHT = 150
const GAP_SHARE = 0.25

/** Tokens a day as bars: what was read below, what was written on top. A table with the same figures is beside it. */
export function UsageChart({ days }: { days: readonly DayTokens[] }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const most = Math.max(1, ...days.map(({ promptTokens, replyTokens }) => promptTokens + replyTokens))
  const step = WIDTH / days.length
  const height = (tokens: number) => (tokens / most) * HEIGHT
  const shortDay = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const named = (day: string) => shortDay.format(Date.parse(`${day}T00:00:00Z`))
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  return (
    <figure className={styles.chart}>
      <div className={`${styles.most} tabular`}>{format.number(most)}</div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={styles.bars}
        role="img"
        aria-label={t('usage.chart', { count: days.length })}
      >
        {days.map(({ day, promptTokens, replyTokens }, at) => {
          const x = at * step + (step * GAP_SHARE) / 2
          const width = step * (1 - GAP_SHARE)
          const read = height(promptTokens)
          const written = height(replyTokens)
          return (
            <g key={day} className={styles.day}>
              <title>
                {t('usage.barTitle', {
                  day: named(day),
                  read: format.number(promptTokens),
                  written: format.number(replyTokens),
                })}
              </title>
              <rect className={styles.hover} x={at * step} y={0} width={step} height={HEIGHT} />
              <rect className={styles.read} x={x} y={HEIGHT - read} width={width} height={read} />
              <rect className={styles.written} x={x} y={HEIGHT - read - written} width={width} height={written} />
            </g>
          )
        })}
      </svg>
      <figcaption className={styles.axis}>
        <span>{named(first)}</span>
        <span className={styles.legend}>
          <span className={styles.key} data-part="read" aria-hidden /> {t('usage.tokensIn')}
          <span className={styles.key} data-part="written" aria-hidden /> {t('usage.tokensOut')}
        </span>
        <span>{named(last)}</span>
      </figcaption>
    </figure>
  )
}
