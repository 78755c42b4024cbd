const pad = (value: number) => String(value).padStart(2, '0')

/** The date where the computer is, YYYY-MM-DD. */
export function localDay(atMs: number): string {
  const date = new Date(atMs)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The midnight that begins the day `days` after the one of `atMs`; by the calendar, so that a changed clock hour is counted. */
export function localMidnight(atMs: number, days = 0): number {
  const date = new Date(atMs)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}
