import type { Document } from '#contract/documents.ts'
import type { SearchHit } from '#contract/search.ts'

/** Questions that the study notes shipped with the app answer, by the name of their file. */
const SAMPLE_QUESTIONS = {
  'the-making-of-the-constitution.md': ['constitution', 'assembly'],
  'the-indian-monsoon.md': ['monsoon', 'elNino'],
  'panchayati-raj.md': ['panchayat'],
} as const

export type SampleQuestion = (typeof SAMPLE_QUESTIONS)[keyof typeof SAMPLE_QUESTIONS][number]

function isSampleFile(name: string): name is keyof typeof SAMPLE_QUESTIONS {
  return Object.hasOwn(SAMPLE_QUESTIONS, name)
}

function sampleFileOf(document: Pick<Document, 'path'>): keyof typeof SAMPLE_QUESTIONS | undefined {
  const name = document.path.split(/[\\/]/).at(-1) ?? ''
  return isSampleFile(name) ? name : undefined
}

/** The sample questions that the library can answer now. */
export function sampleQuestions(documents: readonly Pick<Document, 'path' | 'status'>[]): SampleQuestion[] {
  return documents.flatMap((document) => {
    const file = document.status === 'ready' ? sampleFileOf(document) : undefined
    return file ? SAMPLE_QUESTIONS[file] : []
  })
}

type Askable = Pick<Document, 'path' | 'status' | 'pageCount' | 'unreadablePageCount' | 'recognition'>

/**
 * The person's own documents that can be asked, newest first; without those of which most
 * pages have no sound text until they are recognised: their headings may be garbled.
 */
export function ownDocuments<Of extends Askable>(documents: readonly Of[]): Of[] {
  return documents.filter((document) => {
    const doubtfulCount = document.unreadablePageCount + (document.recognition?.waitingCount ?? 0)
    return document.status === 'ready' && !sampleFileOf(document) && doubtfulCount * 2 < document.pageCount
  })
}

/** A heading of a document that a question can be made of. */
export interface AskableHeading {
  heading: string
  /** It is a question already. */
  isQuestion: boolean
}

/** How the core joins a passage's headings, outermost first. */
const PATH_SEPARATOR = ' › '

/**
 * Picks headings worth asking about: questions first, the innermost before
 * those around it, each once. Chapter titles and furniture that stands under
 * many headings ("Activity", "Exercises") make no question.
 */
export function askableHeadings(
  hits: readonly Pick<SearchHit, 'title' | 'heading'>[],
  limit: number,
): AskableHeading[] {
  const parents = new Map<string, Set<string>>()
  const candidates: AskableHeading[] = []
  for (const { title, heading: path } of hits) {
    const headings = (path ?? '').split(PATH_SEPARATOR).map(plainHeading)
    for (const [depth, heading] of [...headings.entries()].reverse()) {
      const key = heading.toLowerCase()
      const known = parents.get(key)
      parents.set(key, (known ?? new Set()).add(headings[depth - 1] ?? ''))
      if (!known && isAskable(heading, title)) {
        candidates.push({ heading: calmCase(heading), isQuestion: heading.endsWith('?') })
      }
    }
  }
  return candidates
    .filter(({ heading }) => parents.get(heading.toLowerCase())?.size === 1)
    .sort((a, b) => Number(b.isQuestion) - Number(a.isQuestion))
    .slice(0, limit)
}

function plainHeading(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/^[\d.\s]+|[\s:.]+$/g, '')
}

function isAskable(heading: string, title: string): boolean {
  if (heading.length < 8 || heading.length > 72 || heading.toLowerCase() === title.toLowerCase()) return false
  return /\p{L}+\s+\p{L}+/u.test(heading) && !/^(chapter|unit|part|lesson|अध्याय|इकाई|पाठ)\s/iu.test(heading)
}

/** Headings set in capitals are no shouting in a sentence. */
function calmCase(heading: string): string {
  if (heading !== heading.toUpperCase() || heading === heading.toLowerCase()) return heading
  const lower = heading.toLowerCase()
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}
