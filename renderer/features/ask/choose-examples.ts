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

/** The person's own documents that can be asked, newest first. */
export function ownDocuments<Of extends Pick<Document, 'path' | 'status'>>(documents: readonly Of[]): Of[] {
  return documents.filter((document) => document.status === 'ready' && !sampleFileOf(document))
}

/** A heading of a document that a question can be made of. */
export interface AskableHeading {
  title: string
  heading: string
  /** It is a question already. */
  isQuestion: boolean
}

/** Picks headings worth asking about: no chapter numbers, no fragments, questions first, each once. */
export function askableHeadings(
  hits: readonly Pick<SearchHit, 'title' | 'heading'>[],
  limit: number,
): AskableHeading[] {
  const seen = new Set<string>()
  const found: AskableHeading[] = []
  for (const { title, heading: raw } of hits) {
    const heading = raw?.replace(/\s+/g, ' ').replace(/^[\d.\s]+|[\s:.]+$/g, '')
    if (!heading || heading.length < 8 || heading.length > 72 || !/\p{L}+\s+\p{L}+/u.test(heading)) continue
    const key = heading.toLowerCase()
    if (seen.has(key) || key === title.toLowerCase()) continue
    seen.add(key)
    found.push({ title, heading: calmCase(heading), isQuestion: heading.endsWith('?') })
  }
  return found.sort((a, b) => Number(b.isQuestion) - Number(a.isQuestion)).slice(0, limit)
}

/** Headings set in capitals are no shouting in a sentence. */
function calmCase(heading: string): string {
  if (heading !== heading.toUpperCase() || heading === heading.toLowerCase()) return heading
  const lower = heading.toLowerCase()
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}
