import type { ExtractEvent, ExtractRequest } from '../ports.ts'
import { headingTitle } from './choose-title.ts'
import { cutPages } from './cut-pages.ts'
import { decodeText, type EncodingHints } from './decode-text.ts'
import { withoutText } from './extract-sections.ts'
import { readMarkdown, readPlainText } from './read-markdown.ts'

/**
 * Reads a plain text or Markdown file whole and tells it as pages. Throws
 * `file-unsupported` for what is no text and `file-empty` for one without any.
 */
export function* extractText(
  bytes: Uint8Array,
  request: Pick<ExtractRequest, 'mediaType' | 'fromPage'>,
  hints: EncodingHints = {},
): Generator<ExtractEvent> {
  const text = decodeText(bytes, hints)
  const isMarkdown = request.mediaType === 'text/markdown'
  const { blocks, title } = isMarkdown ? readMarkdown(text) : { blocks: readPlainText(text), title: undefined }
  const pages = cutPages(blocks)
  const [first] = pages
  if (!first) throw withoutText()
  // A Markdown file's first line is its title by custom.
  const topHeading = blocks[0]?.headingLevel === 1 ? blocks[0].text : undefined
  yield {
    type: 'opened',
    pageCount: pages.length,
    metadataTitle: title ?? topHeading,
    headingTitle: headingTitle(first),
  }
  for (const page of pages) if (page.pageNumber >= request.fromPage) yield { type: 'page', page, status: 'text' }
}
