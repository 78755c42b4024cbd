const SEPARATOR = ' › '

/** The nearest heading above a passage; nothing where that is the document's title, which stands beside it. */
export function headingWithin(heading: string | undefined, title: string): string | undefined {
  const nearest = heading?.split(SEPARATOR).at(-1)?.trim()
  return nearest && nearest.toLowerCase() !== title.trim().toLowerCase() ? nearest : undefined
}
