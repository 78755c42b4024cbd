import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'

/** Larger pages are dumps, not articles, and the tree of one costs many times its size. */
const MOST_CHARACTERS = 8_000_000
const MOST_ELEMENTS = 200_000

/**
 * The HTML of a page's article, found as browsers do for their reading view, or
 * undefined where there is none. The page is only looked at: no script runs, nothing
 * is fetched.
 */
export function findArticle(html: string): string | undefined {
  if (html.length > MOST_CHARACTERS) return undefined
  try {
    const { document } = parseHTML(html)
    const article = new Readability(document as unknown as Document, { maxElemsToParse: MOST_ELEMENTS }).parse()
    return article?.content ?? undefined
  } catch {
    // Too deep for its recursion, or nothing it takes for a page: then the whole page is read.
    return undefined
  }
}
