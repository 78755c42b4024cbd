import type { DocumentId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'
import { isUsableSentence } from '../ask/is-usable-sentence.ts'
import { readMaterial, type SourceSentence } from '../quiz/read-material.ts'
import type { ReadDb } from '../store/connection.ts'
import { readSourceDocuments, type SourceDocument } from '../store/quizzes.rows.ts'

/** What stands under one heading of a document. */
export interface Section {
  title: string
  document: SourceDocument
  sentences: SourceSentence[]
}

/** More would be a table of contents, not a summary: neighbours are joined until so many are left. */
const MOST_SECTIONS = 12
const FEWEST_SENTENCES = 4

/** A document's sections in reading order; of one chapter where it is named. Exercises and boxes are left out. */
export function readSections(db: ReadDb, documentId: DocumentId, chapter?: string): Section[] {
  const [document] = readSourceDocuments(db, [documentId])
  if (!document) return []
  const { sentences } = readMaterial(db, [document])
  const own = sentences.filter(
    ({ text, heading }) => isUsableSentence(text) && (chapter === undefined || chapterOf(heading) === chapter),
  )
  const sections: Section[] = []
  for (const sentence of own) {
    const title = titleOf(sentence.heading, chapter)
    const last = sections.at(-1)
    if (last && (last.title === title || last.sentences.length < FEWEST_SENTENCES)) {
      last.sentences.push(sentence)
      if (last.title === '') last.title = title
    } else sections.push({ title, document, sentences: [sentence] })
  }
  while (sections.length > MOST_SECTIONS) joinSmallest(sections)
  return sections
}

/** The headings of the first level that have enough under them; none where there is only one. */
export function chaptersOf(db: ReadDb, documentId: DocumentId): string[] {
  const [document] = readSourceDocuments(db, [documentId])
  if (!document) return []
  const counts = new Map<string, number>()
  for (const { heading, text } of readMaterial(db, [document]).sentences) {
    const chapter = chapterOf(heading)
    if (chapter !== '' && isUsableSentence(text)) counts.set(chapter, (counts.get(chapter) ?? 0) + 1)
  }
  const chapters = [...counts].filter(([, count]) => count >= FEWEST_SENTENCES).map(([chapter]) => chapter)
  return chapters.length > 1 ? chapters : []
}

/** A section's sentences as passages, as the grounding check takes its sources. */
export function asSources({ document, title, sentences }: Section): SearchHit[] {
  return sentences.map(({ pageNumber, startOffset, endOffset, quote }, i) => ({
    chunkId: i,
    documentId: document.id,
    title: document.title,
    path: document.path,
    page: pageNumber,
    ...(title !== '' && { heading: title }),
    text: quote,
    startOffset,
    endOffset,
    matches: [],
    score: 1,
  }))
}

const chapterOf = (heading: string) => heading.split(' › ')[0] ?? ''

/** The innermost heading but one level deep at most: finer ones would make a section of every paragraph. */
function titleOf(heading: string, chapter: string | undefined): string {
  const parts = heading.split(' › ').slice(chapter === undefined ? 0 : 1)
  return parts[Math.min(1, parts.length - 1)] ?? chapter ?? ''
}

function joinSmallest(sections: Section[]): void {
  let at = 0
  for (let i = 1; i + 1 < sections.length; i++) {
    const size = (j: number) => (sections[j]?.sentences.length ?? 0) + (sections[j + 1]?.sentences.length ?? 0)
    if (size(i) < size(at)) at = i
  }
  const [first, second] = sections.slice(at, at + 2)
  if (first && second) sections.splice(at, 2, { ...first, sentences: [...first.sentences, ...second.sentences] })
}
