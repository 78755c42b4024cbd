import type { PageLabel } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import type { ReadDb } from '../store/connection.ts'
import { type MaterialPage, readMaterialPages, type SourceDocument } from '../store/quizzes.rows.ts'
import { quoteOf, tidyForShow } from './quiz-text.ts'

/** A sentence of the chosen documents and where it stands. */
export interface SourceSentence {
  documentId: DocumentId
  /** From 1. */
  pageNumber: number
  /** What a person calls the page, where that is not its number. */
  pageLabel?: PageLabel
  /** UTF-16, into the page's text. */
  startOffset: number
  endOffset: number
  /** Verbatim from the page, runs of whitespace as one space. */
  quote: string
  /** The quote as a question may show it. */
  text: string
  /** The headings above it, outermost first, joined by ' › '. */
  heading: string
  /** Its place in the reading order of the whole material, from 0. */
  order: number
}

export interface Material {
  documents: readonly SourceDocument[]
  sentences: readonly SourceSentence[]
  pageText(documentId: DocumentId, pageNumber: number): string | undefined
}

/**
 * Reads the sentences of documents in reading order, body text alone: what no
 * chunk holds (running heads and feet), headings, and the exercises at a
 * chapter's end (whose statements may be false on purpose) are left out.
 */
export function readMaterial(db: ReadDb, documents: readonly SourceDocument[]): Material {
  const texts = new Map<string, string>()
  const sentences: SourceSentence[] = []
  for (const { id: documentId } of documents) {
    let inExercises = false
    for (const page of readMaterialPages(db, documentId)) {
      texts.set(`${documentId} ${page.pageNumber}`, page.text)
      const read = sentencesOf(page, inExercises)
      inExercises = read.endsInExercises
      for (const sentence of read.sentences) {
        const { pageNumber, label } = page
        sentences.push({
          ...sentence,
          documentId,
          pageNumber,
          ...(label && { pageLabel: label }),
          order: sentences.length,
        })
      }
    }
  }
  return {
    documents,
    sentences,
    pageText: (documentId, pageNumber) => texts.get(`${documentId} ${pageNumber}`),
  }
}

type PageSentence = Pick<SourceSentence, 'startOffset' | 'endOffset' | 'quote' | 'text' | 'heading'>
interface Stretch {
  start: number
  end: number
}

/**
 * The sentences of one page. Chunks that touch or overlap are read as one
 * stretch, so that no sentence is cut or doubled; headings cut it, so that none
 * runs into the sentence below it.
 */
export function sentencesOf(
  page: Pick<MaterialPage, 'text' | 'headings' | 'chunks'>,
  startsInExercises = false,
): { sentences: PageSentence[]; endsInExercises: boolean } {
  const chunks = [...page.chunks].sort((a, b) => a.startOffset - b.startOffset)
  const exercises = exerciseMarks(page.text, startsInExercises)
  const stretches = withoutHeadings(joinTouching(chunks, page.text), page.headings)
  const sentences = stretches.flatMap((stretch) =>
    splitSentences(page.text.slice(stretch.start, stretch.end)).flatMap(({ start, end }, at, all): PageSentence[] => {
      // What follows a lone initial ("एल. एम. सिंघवी") is the rest of a name.
      const last = all[at - 1]
      if (last && last.end - last.start <= 4 && start - last.end <= 1) return []
      const bullet = /^[•●○◦▪■◆❖➢►✓±*–—-]\s+/u.exec(page.text.slice(stretch.start + start, stretch.start + end))
      const startOffset = stretch.start + start + (bullet?.[0].length ?? 0)
      const endOffset = stretch.start + end
      if (exercises.contains(startOffset) || startOffset >= endOffset) return []
      const quote = quoteOf(page.text, startOffset, endOffset)
      const heading = chunks.findLast((chunk) => chunk.startOffset <= startOffset)?.heading ?? ''
      if (heading.split(' › ').some((part) => FOR_THE_READER.test(part))) return []
      return [{ startOffset, endOffset, quote, text: tidyForShow(quote), heading }]
    }),
  )
  return { sentences, endsInExercises: exercises.atEnd }
}

function joinTouching(chunks: MaterialPage['chunks'], text: string): Stretch[] {
  const stretches: Stretch[] = []
  for (const { startOffset, endOffset } of chunks) {
    const last = stretches.at(-1)
    if (last && (startOffset <= last.end || /^\s*$/.test(text.slice(last.end, startOffset)))) {
      last.end = Math.max(last.end, endOffset)
    } else stretches.push({ start: startOffset, end: endOffset })
  }
  return stretches
}

function withoutHeadings(stretches: readonly Stretch[], headings: readonly number[]): Stretch[] {
  return stretches.flatMap(({ start, end }) => {
    const parts: Stretch[] = []
    let from = start
    for (let i = 0; i + 3 <= headings.length; i += 3) {
      const [at = 0, length = 0] = headings.slice(i, i + 2)
      if (at + length <= from || at >= end) continue
      parts.push({ start: from, end: at })
      from = at + length
    }
    parts.push({ start: from, end })
    return parts.filter((part) => part.end > part.start)
  })
}

/** Headings under which a book speaks to its reader: its statements may be false on purpose. */
const FOR_THE_READER =
  /^(?:check your progress|exercises?|activit(?:y|ies)|let(?:[’']s| us) (?:debate|discuss|do|recall|find)|questions?|(?:review|practice|objective|multiple[- ]choice) questions?|mcqs?|previous years?|test yourself|self[- ]assessment|read a cartoon|find out|projects?|assignments?|references|bibliography|true or false|अभ्यास|प्रश्न)(?![\p{L}-])/iu

const EXERCISES =
  /^[ \t]*(?:exercises?|review questions|practice questions|multiple[- ]choice questions|objective questions|questions for (?:practice|discussion)|अभ्यास|प्रश्नावली)[ \t]*:?[ \t]*$/gim
const NEXT_CHAPTER =
  /^[ \t]*(?:(?:chapter|unit|lesson) (?:\d|[ivx]|one|two|three|four|five|six|seven|eight|nine|ten)|अध्याय)/gim

/** Where exercises begin and where the next chapter ends them. */
function exerciseMarks(text: string, startsInExercises: boolean) {
  const marks = [
    ...[...text.matchAll(EXERCISES)].map((match) => ({ at: match.index, inside: true })),
    // A running head names the same chapter on every page: only a line that no head is (alone on its page's top) counts.
    ...[...text.matchAll(NEXT_CHAPTER)]
      .filter((match) => !/:/.test(text.slice(match.index, text.indexOf('\n', match.index))))
      .map((match) => ({ at: match.index, inside: false })),
  ].sort((a, b) => a.at - b.at)
  const insideAt = (offset: number) => marks.findLast((mark) => mark.at <= offset)?.inside ?? startsInExercises
  return { contains: insideAt, atEnd: insideAt(text.length) }
}
