/** A query taken apart by the marks that a person may put into it. */
export interface ParsedQuery {
  /** What is looked for, without the marks; as long as the query, so that places in it stay true. */
  text: string
  /** Asked for word by word, in this order: "…". */
  phrases: string[]
  /** Must not be there: -word, -"…". */
  excluded: string[]
}

/** Straight and typographic quotes; a dash only where it begins a word. */
const MARKED =
  /(?<minus>(?<=^|\s)[-−–])?["“”„](?<phrase>[^"“”„]*)["“”„]?|(?<=^|\s)[-−–](?<word>[\p{L}\p{N}][^\s"“”]*)/gu

/** Reads "a phrase" and -excluded words. Everything else is what is looked for. */
export function parseQuery(query: string): ParsedQuery {
  const phrases: string[] = []
  const excluded: string[] = []
  const text = query.replace(MARKED, (marked, ...rest) => {
    const groups = rest.at(-1) as { minus?: string; phrase?: string; word?: string }
    const blank = ' '.repeat(marked.length)
    if (groups.word !== undefined) {
      excluded.push(groups.word)
      return blank
    }
    const phrase = groups.phrase?.trim() ?? ''
    if (phrase === '') return blank
    if (groups.minus !== undefined) {
      excluded.push(phrase)
      return blank
    }
    phrases.push(phrase)
    return marked.replace(/["“”„]/g, ' ')
  })
  return { text, phrases, excluded }
}
