/** A spreadsheet runs what begins so as a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** Rows as CSV (RFC 4180), with a byte order mark: without one, spreadsheets take Devanagari for another encoding. */
export function toCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (fields: readonly string[]) => fields.map(field).join(',')
  return `\ufeff${[head, ...rows].map(line).join('\r\n')}\r\n`
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
