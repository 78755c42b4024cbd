import type { Selection } from '#contract/ask.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'
import { StudyError } from '../errors.ts'
import type { ReadDb } from '../store/connection.ts'
import { readPagePassages, readPageText } from '../store/search.rows.ts'

/** A stretch of a page's text that a person marked. */
export interface MarkedStretch {
  documentId: DocumentId
  page: number
  startOffset: number
  endOffset: number
}

/**
 * Where a selection stands in its page's text. The screen breaks lines elsewhere and may leave
 * out hyphens, so letters and digits alone are compared; a selection that runs over the page's end
 * counts as far as the page goes. Throws `not-found` where its page does not hold it.
 */
export function locateSelection(db: ReadDb, { documentId, page, text }: Selection): MarkedStretch {
  const pageText = readPageText(db, documentId, page) ?? ''
  const { letters, offsets } = lettersOf(pageText)
  const wanted = lettersOf(text).letters
  for (const part of [
    wanted,
    wanted.slice(0, Math.ceil(wanted.length / 2)),
    wanted.slice(-Math.ceil(wanted.length / 2)),
  ]) {
    const at = part === '' ? -1 : letters.indexOf(part)
    if (at < 0) continue
    const startOffset = offsets[at] ?? 0
    const end = (offsets[at + part.length - 1] ?? startOffset) + 1
    // The mark that ends the sentence belongs to it.
    const mark = /^[.!?।॥]?["'”’»)]*/u.exec(pageText.slice(end))?.[0].length ?? 0
    return { documentId, page, startOffset, endOffset: end + mark }
  }
  throw new StudyError(
    'not-found',
    'The marked text was not found in what was read of this page. Mark a shorter stretch, or ask about the document.',
  )
}

function lettersOf(text: string): { letters: string; offsets: number[] } {
  let letters = ''
  const offsets: number[] = []
  for (const { 0: letter, index } of text.matchAll(/[\p{L}\p{M}\p{N}]/gu)) {
    const lower = letter.toLowerCase()
    letters += lower
    for (let i = 0; i < lower.length; i++) offsets.push(index)
  }
  return { letters, offsets }
}

/** The passages that a marked stretch touches, in reading order; as search weighed them where it found them. */
export function selectedPassages(db: ReadDb, marked: MarkedStretch, found: readonly SearchHit[]): SearchHit[] {
  const byId = new Map(found.map((hit) => [hit.chunkId, hit]))
  return readPagePassages(db, marked.documentId, marked.page)
    .filter(({ startOffset, endOffset }) => startOffset < marked.endOffset && endOffset > marked.startOffset)
    .map(({ heading, ...passage }) => {
      const known = byId.get(passage.chunkId)
      return known ?? { ...passage, ...(heading !== '' && { heading }), matches: [], score: 0.5 }
    })
}

type Placed = { hit: Pick<SearchHit, 'documentId' | 'page'>; startOffset: number; endOffset: number }

/** Whether most of a sentence is marked. */
export function isSelected(marked: MarkedStretch, sentence: Placed): boolean {
  return sharedLength(marked, sentence) > (sentence.endOffset - sentence.startOffset) / 2
}

/** Whether any of a sentence is marked. */
export function isTouched(marked: MarkedStretch, sentence: Placed): boolean {
  return sharedLength(marked, sentence) > 0
}

function sharedLength(marked: MarkedStretch, { hit, startOffset, endOffset }: Placed): number {
  if (hit.documentId !== marked.documentId || hit.page !== marked.page) return 0
  return Math.max(0, Math.min(endOffset, marked.endOffset) - Math.max(startOffset, marked.startOffset))
}
