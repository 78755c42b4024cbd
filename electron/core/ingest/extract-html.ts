import type { ExtractEvent, ExtractRequest } from '../ports.ts'
import { decodeText, type EncodingHints } from './decode-text.ts'
import { extractSections } from './extract-sections.ts'
import type { ParseMarkup } from './markup/parse-markup.ts'
import { type HtmlText, readHtml } from './markup/read-html.ts'
import { readMhtml } from './markup/read-mhtml.ts'

export interface HtmlEngines {
  parse: ParseMarkup
  /** The HTML of a page's article without what stands around it; undefined where there is none to tell. */
  findArticle: (html: string) => string | undefined
  guess: EncodingHints['guess']
}

/** An article that is shorter than this, or than this share of the whole, is a wrong guess. */
const FEWEST_CHARACTERS = 500
const LEAST_SHARE = 0.25

/**
 * Reads a saved web page: its article where one can be told from the menus, lists of
 * links and notices around it, else all of it. Throws StudyError: file-empty,
 * file-unsupported, file-damaged.
 */
export function* extractHtml(
  bytes: Uint8Array,
  request: Pick<ExtractRequest, 'mediaType' | 'fromPage'>,
  { parse, findArticle, guess }: HtmlEngines,
): Generator<ExtractEvent> {
  const html =
    request.mediaType === 'multipart/related'
      ? readMhtml(bytes, { guess })
      : decodeText(bytes, { declared: declaredEncoding(bytes), guess })
  const whole = readHtml(html, parse)
  const article = findArticle(html)
  const read = article === undefined ? undefined : readHtml(article, parse)
  const isArticle = read && lengthOf(read) >= Math.max(FEWEST_CHARACTERS, LEAST_SHARE * lengthOf(whole))
  const blocks = isArticle ? withTitle(read, whole) : whole.blocks
  yield* extractSections({ title: whole.title, sections: blocks.length > 0 ? [{ blocks }] : [] }, request)
}

/** What finds the article takes its headline for the page's and leaves it out. */
function withTitle(article: HtmlText, whole: HtmlText): HtmlText['blocks'] {
  const headline = whole.blocks.find(({ headingLevel }) => headingLevel === 1)
  if (!headline || article.blocks.some(({ text }) => text === headline.text)) return article.blocks
  return [headline, ...article.blocks]
}

function lengthOf({ blocks }: HtmlText): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0)
}

/** What a page says of its own encoding, in its first kilobytes as browsers look for it. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]
}
