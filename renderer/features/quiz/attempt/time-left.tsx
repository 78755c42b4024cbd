import { IconClock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTimeLeft } from './test-clock.ts'
import styles from './time-left.module.css'

/** Minutes at which the time left is read out. */
const READ_OUT_AT = [30, 10, 5, 1] as const

/** The clock of the test. It changes colour at the end, and is read out now and then rather than each second. */
export function TimeLeft({ leftMs, durationMs }: { leftMs: number; durationMs: number }) {
  const { t } = useTranslation()
  const minutesLeft = Math.ceil(leftMs / 60_000)
  const [readOut, setReadOut] = useState<number>()
  useEffect(() => {
    if (READ_OUT_AT.some((minutes) => minutes === minutesLeft) && leftMs < durationMs) setReadOut(minutesLeft)
  }, [minutesLeft, leftMs, durationMs])
  const tone = leftMs <= 60_000 ? 'last' : leftMs <= Math.min(300_000, durationMs / 5) ? 'late' : undefined
  return (
    <>
      <div
        className={`${styles.clock} tabular`}
        data-tone={tone}
        role="timer"
        aria-label={t('quiz.attempt.timeLeft')}
        data-testid="time-left"
      >
        <IconClock size={18} aria-hidden />
        {formatTimeLeft(leftMs)}
      </div>
      <span className="visually-hidden" role="status">
        {readOut !== undefined && t('quiz.attempt.lastMinutes', { count: readOut })}
      </span>
    </>
  )
}
