const SEPARATOR = ' › '

/** The nearest heading above a passage; nothing where that is the name of its document or section, which stand beside it. */
export function headingWithin(heading: string | undefined, ...named: (string | undefined)[]): string | undefined {
  const nearest = heading?.split(SEPARATOR).at(-1)?.trim()
  const isNamed = named.some((name) => name?.trim().toLowerCase() === nearest?.toLowerCase())
  return nearest && !isNamed ? nearest : undefined
}
