import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatTimeLeft } from '../../quiz/index.ts'
import styles from './writing-desk.module.css'

/** Minutes at which the time left is read out. */
const READ_OUT_AT = [30, 10, 5, 1]

/** Time left, and past it the time that is over. Read out now and then rather than each second. */
export function WritingClock({ elapsedMs, minutes }: { elapsedMs: number; minutes: number }) {
  const { t } = useTranslation()
  const leftMs = minutes * 60_000 - elapsedMs
  const isOver = leftMs < 0
  const minutesLeft = Math.ceil(leftMs / 60_000)
  const readOut = !isOver && READ_OUT_AT.includes(minutesLeft) && minutesLeft < minutes ? minutesLeft : undefined
  return (
    <>
      <div
        className={`${styles.clock} tabular`}
        data-tone={isOver ? 'over' : leftMs <= 60_000 ? 'late' : undefined}
        role="timer"
        aria-label={t(isOver ? 'mains.write.timeOver' : 'mains.write.timeLeft')}
        data-testid="mains-clock"
      >
        <IconClock size={18} aria-hidden />
        {isOver ? `+${formatTimeLeft(Math.floor(-leftMs / 1000) * 1000)}` : formatTimeLeft(leftMs)}
      </div>
      <span className="visually-hidden" role="status">
        {readOut !== undefined && t('mains.write.lastMinutes', { count: readOut })}
      </span>
    </>
  )
}
