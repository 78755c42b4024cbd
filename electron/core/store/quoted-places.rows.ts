import { and, eq, sql } from 'drizzle-orm'
import type { Answer, Citation } from '#contract/ask.ts'
import type { Box } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { turns } from './conversations.schema.ts'
import { mainsAnswers, mainsQuestions } from './mains.schema.ts'
import { questionSources, questions } from './quizzes.schema.ts'
import { briefs, cards } from './study.schema.ts'

/** A stretch of a document's page that something quotes. */
export interface QuotedPlace {
  pageNumber: number
  quote: string
  startOffset: number
  endOffset: number
  boxes: Box[]
  /** The document no longer says so: the quote is of an older version. */
  lost: boolean
}

/** What moves with a place when its document gets a new version. */
export interface QuotedDocument {
  documentId: DocumentId
  path: string
  title: string
}

/** Every quote of a document that questions, cards, answers, briefs and Mains practice are kept with. */
export function readQuotes(db: ReadDb, documentId: DocumentId): { quote: string; pageNumber: number }[] {
  const columns = (table: typeof questions | typeof questionSources | typeof cards) => ({
    quote: table.quote,
    pageNumber: table.pageNumber,
  })
  return [
    ...db.select(columns(questions)).from(questions).where(eq(questions.documentId, documentId)).all(),
    ...db
      .select(columns(questionSources))
      .from(questionSources)
      .where(eq(questionSources.documentId, documentId))
      .all(),
    ...db.select(columns(cards)).from(cards).where(eq(cards.documentId, documentId)).all(),
    ...briefsAbout(db, documentId).flatMap(({ citations }) => quotesOf(citations, documentId)),
    ...mainsQuestionsAbout(db, documentId).flatMap(({ evidence }) => quotesOf(evidence, documentId)),
    ...mainsAnswersAbout(db, documentId).flatMap(({ evaluation }) =>
      quotesOf(evaluation?.points.points.map(({ citation }) => citation) ?? [], documentId),
    ),
    ...answersAbout(db, documentId).flatMap(({ answer }) => [
      ...quotesOf(answer.citations, documentId),
      ...answer.passages
        .filter((passage) => passage.documentId === documentId)
        .map(({ text, page }) => ({ quote: text, pageNumber: page })),
    ]),
  ]
}

/** Gives quotes of a document their place anew, by `place`; undefined leaves one as it is. */
export function moveQuotes(
  db: WriteDb,
  document: QuotedDocument,
  place: (quoted: { quote: string; pageNumber: number }) => QuotedPlace | undefined,
): void {
  moveQuestions(db, document, place)
  moveCards(db, document, place)
  moveBriefs(db, document, place)
  moveMains(db, document, place)
  moveAnswers(db, document, place)
}

type Place = Parameters<typeof moveQuotes>[2]

function quotesOf(citations: readonly Citation[], documentId: DocumentId): { quote: string; pageNumber: number }[] {
  return citations
    .filter((citation) => citation.documentId === documentId)
    .map(({ quote, page }) => ({ quote, pageNumber: page }))
}

function moveCitation(citation: Citation, { documentId, path, title }: QuotedDocument, place: Place): Citation {
  if (citation.documentId !== documentId) return citation
  const found = place({ quote: citation.quote, pageNumber: citation.page })
  if (!found) return citation
  const { pageNumber: page, lost, ...at } = found
  const { lost: _was, ...kept } = citation
  return { ...kept, ...at, page, path, title, ...(lost && { lost }) }
}

function moveCards(db: WriteDb, { documentId, path, title }: QuotedDocument, place: Place): void {
  for (const row of db.select().from(cards).where(eq(cards.documentId, documentId)).all()) {
    const found = place(row)
    if (!found) continue
    const { pageNumber, quote, startOffset, endOffset, lost: sourceLost } = found
    const moved = { pageNumber, startOffset, endOffset, sourceLost, documentPath: path, documentTitle: title }
    // A card's quote has its whitespace closed up.
    db.update(cards)
      .set({ ...moved, quote: quote.replace(/\s+/g, ' ') })
      .where(eq(cards.id, row.id))
      .run()
  }
}

function moveBriefs(db: WriteDb, document: QuotedDocument, place: Place): void {
  for (const { id, citations } of briefsAbout(db, document.documentId)) {
    const moved = citations.map((citation) => moveCitation(citation, document, place))
    db.update(briefs).set({ citations: moved }).where(eq(briefs.id, id)).run()
  }
}

function briefsAbout(db: ReadDb, documentId: DocumentId) {
  return db
    .select({ id: briefs.id, citations: briefs.citations })
    .from(briefs)
    .where(sql`instr(${briefs.citations}, ${documentId}) > 0`)
    .all()
}

/** What Mains questions were made from, and what the library said on answers to them. */
function moveMains(db: WriteDb, document: QuotedDocument, place: Place): void {
  for (const { id, evidence } of mainsQuestionsAbout(db, document.documentId)) {
    const moved = evidence.map((citation) => moveCitation(citation, document, place))
    db.update(mainsQuestions).set({ evidence: moved }).where(eq(mainsQuestions.id, id)).run()
  }
  for (const { id, evaluation } of mainsAnswersAbout(db, document.documentId)) {
    if (!evaluation) continue
    const points = evaluation.points.points.map((point) => ({
      ...point,
      citation: moveCitation(point.citation, document, place),
    }))
    const moved = { ...evaluation, points: { ...evaluation.points, points } }
    db.update(mainsAnswers).set({ evaluation: moved }).where(eq(mainsAnswers.id, id)).run()
  }
}

function mainsQuestionsAbout(db: ReadDb, documentId: DocumentId) {
  return db
    .select({ id: mainsQuestions.id, evidence: mainsQuestions.evidence })
    .from(mainsQuestions)
    .where(sql`instr(${mainsQuestions.evidence}, ${documentId}) > 0`)
    .all()
}

function mainsAnswersAbout(db: ReadDb, documentId: DocumentId) {
  return db
    .select({ id: mainsAnswers.id, evaluation: mainsAnswers.evaluation })
    .from(mainsAnswers)
    .where(sql`instr(${mainsAnswers.evaluation}, ${documentId}) > 0`)
    .all()
}

function moveQuestions(db: WriteDb, document: QuotedDocument, place: Place): void {
  const { documentId, path: documentPath, title: documentTitle } = document
  const moved = (row: { quote: string; pageNumber: number }) => {
    const found = place(row)
    if (!found) return { documentPath, documentTitle }
    const { lost: sourceLost, ...at } = found
    return { ...at, sourceLost, documentPath, documentTitle }
  }
  for (const row of db.select().from(questions).where(eq(questions.documentId, documentId)).all()) {
    db.update(questions).set(moved(row)).where(eq(questions.id, row.id)).run()
  }
  for (const row of db.select().from(questionSources).where(eq(questionSources.documentId, documentId)).all()) {
    const isRow = and(eq(questionSources.questionId, row.questionId), eq(questionSources.ordinal, row.ordinal))
    db.update(questionSources).set(moved(row)).where(isRow).run()
  }
}

function moveAnswers(db: WriteDb, document: QuotedDocument, place: Place): void {
  const { documentId, path, title } = document
  for (const { id, answer } of answersAbout(db, documentId)) {
    const citations = answer.citations.map((citation) => moveCitation(citation, document, place))
    const passages = answer.passages.map((passage) => {
      if (passage.documentId !== documentId) return passage
      const found = place({ quote: passage.text, pageNumber: passage.page })
      if (!found) return passage
      // Without its words a passage leads to its page, and marks nothing there.
      const at = found.lost ? { startOffset: 0, endOffset: 0 } : found
      const { startOffset, endOffset } = at
      return { ...passage, page: found.pageNumber, startOffset, endOffset, path, title }
    })
    db.update(turns)
      .set({ answer: { ...answer, citations, passages } })
      .where(eq(turns.id, id))
      .run()
  }
}

function answersAbout(db: ReadDb, documentId: DocumentId): { id: typeof turns.$inferSelect.id; answer: Answer }[] {
  return db
    .select({ id: turns.id, answer: turns.answer })
    .from(turns)
    .where(sql`instr(${turns.answer}, ${documentId}) > 0`)
    .all()
}
