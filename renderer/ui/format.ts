/** Numbers, sizes, times and dates as the person's language writes them. */
export interface Format {
  number(value: number): string
  percent(share: number): string
  /** One decimal below ten, whole above: a rate a person can read at a glance. */
  rate(value: number): string
  bytes(byteCount: number): string
  /** With paise where it is less than a hundred. */
  rupees(value: number): string
  /** "12 sec", "3 min", "1 hr 5 min": rounded to what matters. */
  duration(durationMs: number): string
  date(atMs: number): string
  dateTime(atMs: number): string
  /**
   * "now", "5 minutes ago", "yesterday"; a date when it is long past. What is
   * ahead of `nowMs` is now too: the clock on screen moves in steps.
   */
  relative(atMs: number, nowMs: number): string
  /** "in 20 seconds", "in 5 minutes"; "now" when it is due. */
  until(atMs: number, nowMs: number): string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function makeFormat(locale: string): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const unit = (name: string, digits = 0) => {
    const format = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    })
    return (value: number) => format.format(value)
  }
  const seconds = unit('second')
  const minutes = unit('minute')
  const hours = unit('hour')
  const kilobytes = unit('kilobyte')
  const megabytes = unit('megabyte', 1)
  const gigabytes = unit('gigabyte', 1)

  const rupees = (digits: number) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'INR', maximumFractionDigits: digits })
  const wholeRupees = rupees(0)
  const paise = rupees(2)

  return {
    number: (value) => whole.format(value),
    percent: (share) => percent.format(share),
    rate: (value) => (value < 10 ? oneDecimal : whole).format(value),
    bytes(byteCount) {
      if (byteCount < 1_000_000) return kilobytes(Math.max(byteCount > 0 ? 1 : 0, byteCount / 1000))
      return byteCount < 1_000_000_000 ? megabytes(byteCount / 1_000_000) : gigabytes(byteCount / 1_000_000_000)
    },
    rupees: (value) => (value < 100 ? paise : wholeRupees).format(value),
    duration(durationMs) {
      const totalSeconds = Math.max(0, Math.round(durationMs / SECOND))
      if (totalSeconds < 60) return seconds(totalSeconds)
      const totalMinutes = Math.round(totalSeconds / 60)
      if (totalMinutes < 60) return minutes(totalMinutes)
      const restMinutes = totalMinutes % 60
      const wholeHours = hours(Math.floor(totalMinutes / 60))
      return restMinutes === 0 ? wholeHours : `${wholeHours} ${minutes(restMinutes)}`
    },
    date: (atMs) => date.format(atMs),
    dateTime: (atMs) => dateTime.format(atMs),
    relative(atMs, nowMs) {
      const age = nowMs - atMs
      if (age < MINUTE) return relative.format(0, 'second')
      if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute')
      if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour')
      if (age < 7 * DAY) return relative.format(-Math.floor(age / DAY), 'day')
      return date.format(atMs)
    },
    until(atMs, nowMs) {
      const ahead = Math.max(0, atMs - nowMs)
      if (ahead < MINUTE) return relative.format(Math.ceil(ahead / SECOND), 'second')
      if (ahead < HOUR) return relative.format(Math.ceil(ahead / MINUTE), 'minute')
      return relative.format(Math.ceil(ahead / HOUR), 'hour')
    },
  }
}
