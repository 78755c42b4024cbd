import { StudyError } from '../errors.ts'
import type { ExtractEvent } from '../ports.ts'
import { headingTitle } from './choose-title.ts'
import { cutPages } from './cut-pages.ts'
import { type Section, splitAtHeadings } from './markup/section.ts'

/**
 * Tells a document of named sections as pages: each section begins one and names its
 * own. A document that is one section without a name is cut at its headings first.
 * Throws `file-empty` for one without text.
 */
export function* extractSections(
  document: { title: string | undefined; sections: readonly Section[] },
  { fromPage }: { fromPage: number },
): Generator<ExtractEvent> {
  const [only, ...others] = document.sections
  const isPlain = only && others.length === 0 && only.title === undefined && !only.failure
  const events = pagesOf(isPlain ? splitAtHeadings(only.blocks) : document.sections)
  const first = events.find((event) => event.type === 'page')?.page
  if (!first && !events.some(({ type }) => type === 'page-failed')) throw withoutText()
  yield {
    type: 'opened',
    pageCount: events.length,
    ...(document.title !== undefined && { metadataTitle: document.title }),
    headingTitle: first && headingTitle(first),
  }
  yield* events.slice(fromPage - 1)
}

type PageEvent = Exclude<ExtractEvent, { type: 'opened' }>

function pagesOf(sections: readonly Section[]): PageEvent[] {
  const events: PageEvent[] = []
  for (const { title, blocks, failure } of sections) {
    if (failure) {
      const pageNumber = events.length + 1
      const name = title === undefined ? 'A part of this file' : `“${title}”`
      const message = `${name} could not be read (${failure.message}). The rest was read.`
      events.push({ type: 'page-failed', pageNumber, failure: { code: failure.code, message, page: pageNumber } })
      continue
    }
    const pages = cutPages(blocks)
    pages.forEach((page, index) => {
      events.push({
        type: 'page',
        status: 'text',
        page: {
          ...page,
          pageNumber: events.length + 1,
          ...(title !== undefined && {
            label: { kind: 'section', title, ...(pages.length > 1 && { part: index + 1 }) },
          }),
        },
      })
    })
  }
  return events
}

export function withoutText(): StudyError {
  return new StudyError('file-empty', 'This file has no text in it. The file was kept; there is nothing to read.')
}
