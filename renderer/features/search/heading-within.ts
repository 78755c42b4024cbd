const SEPARATOR = ' › '

/** The headings above a passage, without the document's title, which stands beside them. */
export function headingWithin(heading: string | undefined, title: string): string | undefined {
  const parts = heading?.split(SEPARATOR) ?? []
  if (parts[0]?.trim().toLowerCase() === title.trim().toLowerCase()) parts.shift()
  return parts.join(SEPARATOR) || undefined
}
