export interface SearchableEntry {
  label: string
  /** Other words a person may look for it by, in any language. */
  keywords?: string
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** Entries that have every word of the query; those whose label begins with it first. */
export function filterEntries<Entry extends SearchableEntry>(entries: readonly Entry[], query: string): Entry[] {
  const wanted = fold(query.trim())
  if (!wanted) return [...entries]
  const words = wanted.split(/\s+/)
  const score = (entry: Entry) => {
    const label = fold(entry.label)
    if (label.startsWith(wanted)) return 0
    return words.every((word) => label.split(/\s+/).some((part) => part.startsWith(word))) ? 1 : 2
  }
  return entries
    .filter((entry) => {
      const text = fold(`${entry.label} ${entry.keywords ?? ''}`)
      return words.every((word) => text.includes(word))
    })
    .sort((a, b) => score(a) - score(b))
}
