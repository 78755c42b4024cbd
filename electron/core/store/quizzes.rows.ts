import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { PageLabel } from '#contract/documents.ts'
import type { AttemptId, DocumentId, QuestionId, QuizId } from '#contract/ids.ts'
import type { Response, Score } from '#contract/quiz.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { isInLibrary } from './documents.rows.ts'
import { chunks, documents, pages } from './library.schema.ts'
import { attempts, questionSources, questions, quizDocuments, quizzes, responses } from './quizzes.schema.ts'

export type QuizRow = typeof quizzes.$inferSelect
export type QuestionRow = typeof questions.$inferSelect
export type QuestionSourceRow = typeof questionSources.$inferSelect
export type AttemptRow = typeof attempts.$inferSelect

/** What a quiz's summary says beside its own row. */
export interface QuizFacts {
  documentIds: DocumentId[]
  questionCount: number
  openAttemptId: AttemptId | undefined
  lastAttempt: { id: AttemptId; score: Score; submittedAtMs: number } | undefined
}

export function insertQuiz(db: WriteDb, row: typeof quizzes.$inferInsert, documentIds: readonly DocumentId[]): void {
  db.insert(quizzes).values(row).run()
  if (documentIds.length === 0) return
  db.insert(quizDocuments)
    .values(documentIds.map((documentId, ordinal) => ({ quizId: row.id, ordinal, documentId })))
    .run()
}

export function readQuizzes(db: ReadDb): QuizRow[] {
  return db.select().from(quizzes).orderBy(desc(quizzes.createdAtMs), desc(quizzes.id)).all()
}

export function readQuiz(db: ReadDb, quizId: QuizId): QuizRow | undefined {
  return db.select().from(quizzes).where(eq(quizzes.id, quizId)).get()
}

export function readQuizFacts(db: ReadDb, quizId: QuizId): QuizFacts {
  const submitted = db
    .select()
    .from(attempts)
    .where(and(eq(attempts.quizId, quizId), sql`${attempts.submittedAtMs} IS NOT NULL`))
    .orderBy(desc(attempts.submittedAtMs), desc(attempts.id))
    .limit(1)
    .get()
  return {
    documentIds: db
      .select({ documentId: quizDocuments.documentId })
      .from(quizDocuments)
      .where(eq(quizDocuments.quizId, quizId))
      .orderBy(asc(quizDocuments.ordinal))
      .all()
      .map((row) => row.documentId),
    questionCount: db.select({ n: count() }).from(questions).where(eq(questions.quizId, quizId)).get()?.n ?? 0,
    openAttemptId: readOpenAttempt(db, quizId)?.id,
    lastAttempt:
      submitted?.score && submitted.submittedAtMs !== null
        ? { id: submitted.id, score: submitted.score, submittedAtMs: submitted.submittedAtMs }
        : undefined,
  }
}

export function updateQuiz(
  db: WriteDb,
  quizId: QuizId,
  change: Partial<Pick<QuizRow, 'status' | 'note' | 'dropped' | 'durationMs' | 'jobId'>>,
): void {
  db.update(quizzes).set(change).where(eq(quizzes.id, quizId)).run()
}

export function deleteQuiz(db: WriteDb, quizId: QuizId): void {
  db.delete(quizzes).where(eq(quizzes.id, quizId)).run()
}

export function insertQuestion(
  db: WriteDb,
  row: typeof questions.$inferInsert,
  otherSources: readonly Omit<typeof questionSources.$inferInsert, 'questionId' | 'ordinal'>[] = [],
): void {
  db.insert(questions).values(row).run()
  otherSources.forEach((source, at) => {
    db.insert(questionSources)
      .values({ ...source, questionId: row.id, ordinal: at + 1 })
      .run()
  })
}

/** The further sources of a quiz's questions, by question, in order. */
export function readQuestionSources(db: ReadDb, quizId: QuizId): Map<QuestionId, QuestionSourceRow[]> {
  const rows = db
    .select({ source: questionSources })
    .from(questionSources)
    .innerJoin(questions, eq(questions.id, questionSources.questionId))
    .where(eq(questions.quizId, quizId))
    .orderBy(asc(questionSources.questionId), asc(questionSources.ordinal))
    .all()
  return Map.groupBy(
    rows.map(({ source }) => source),
    ({ questionId }) => questionId,
  )
}

export function readQuestions(db: ReadDb, quizId: QuizId): QuestionRow[] {
  return db.select().from(questions).where(eq(questions.quizId, quizId)).orderBy(asc(questions.ordinal)).all()
}

export function findQuestion(db: ReadDb, questionId: QuestionId): QuestionRow | undefined {
  return db.select().from(questions).where(eq(questions.id, questionId)).get()
}

/** Every question of the profile, in the order they were made. */
export function readQuestionBank(db: ReadDb): QuestionRow[] {
  return db.select().from(questions).orderBy(asc(questions.createdAtMs), asc(questions.id)).all()
}

export function insertAttempt(db: WriteDb, row: typeof attempts.$inferInsert): void {
  db.insert(attempts).values(row).run()
}

export function readAttempt(db: ReadDb, attemptId: AttemptId): AttemptRow | undefined {
  return db.select().from(attempts).where(eq(attempts.id, attemptId)).get()
}

/** The attempt at a quiz that was begun and not submitted: at most one. */
export function readOpenAttempt(db: ReadDb, quizId: QuizId): AttemptRow | undefined {
  return db
    .select()
    .from(attempts)
    .where(and(eq(attempts.quizId, quizId), isNull(attempts.submittedAtMs)))
    .get()
}

export function updateAttempt(
  db: WriteDb,
  attemptId: AttemptId,
  change: Partial<Pick<AttemptRow, 'elapsedMs' | 'submittedAtMs' | 'score'>>,
): void {
  db.update(attempts).set(change).where(eq(attempts.id, attemptId)).run()
}

export function readResponses(db: ReadDb, attemptId: AttemptId): Response[] {
  return db
    .select({
      questionId: responses.questionId,
      chosenIndex: responses.chosenIndex,
      marked: responses.marked,
      spentMs: responses.spentMs,
    })
    .from(responses)
    .innerJoin(questions, eq(questions.id, responses.questionId))
    .where(eq(responses.attemptId, attemptId))
    .orderBy(asc(questions.ordinal))
    .all()
}

export function saveResponse(db: WriteDb, attemptId: AttemptId, response: Response, changedAtMs: number): void {
  const { questionId, chosenIndex, marked, spentMs = 0 } = response
  db.insert(responses)
    .values({ attemptId, questionId, chosenIndex, marked, spentMs, changedAtMs })
    .onConflictDoUpdate({
      target: [responses.attemptId, responses.questionId],
      // Time spent never goes back, whatever a late message says.
      set: { chosenIndex, marked, spentMs: sql`max(${responses.spentMs}, ${spentMs})`, changedAtMs },
    })
    .run()
}

/** A document as a quiz names its source. */
export interface SourceDocument {
  id: DocumentId
  title: string
  path: string
  ready: boolean
}

/** The documents that are there, in the order asked. */
export function readSourceDocuments(db: ReadDb, documentIds: readonly DocumentId[]): SourceDocument[] {
  if (documentIds.length === 0) return []
  const rows = db
    .select({ id: documents.id, title: documents.title, path: documents.path, status: documents.status })
    .from(documents)
    .where(and(inArray(documents.id, [...documentIds]), isInLibrary))
    .all()
  const byId = new Map(rows.map(({ status, ...row }) => [row.id, { ...row, ready: status === 'ready' }]))
  return [...new Set(documentIds)].flatMap((id) => byId.get(id) ?? [])
}

/** Ready documents other than those given: where further wrong options may come from. */
export function readOtherReadyDocumentIds(db: ReadDb, documentIds: readonly DocumentId[]): DocumentId[] {
  return db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.status, 'ready'), isInLibrary))
    .orderBy(asc(documents.id))
    .all()
    .map((row) => row.id)
    .filter((id) => !documentIds.includes(id))
}

/** A page's text and the stretches of it that are body text: its chunks, without running heads and feet. */
export interface MaterialPage {
  pageNumber: number
  text: string
  /** Lines that are headings, as [start, length, level, …]. */
  headings: number[]
  /** What a person calls the page; null where that is its number. */
  label: PageLabel | null
  chunks: { ordinal: number; startOffset: number; endOffset: number; heading: string }[]
}

/** The readable pages of a document, in order. */
export function readMaterialPages(db: ReadDb, documentId: DocumentId): MaterialPage[] {
  const byPage = new Map<number, MaterialPage['chunks']>()
  for (const { pageNumber, ...chunk } of db
    .select({
      pageNumber: chunks.pageNumber,
      ordinal: chunks.ordinal,
      startOffset: chunks.startOffset,
      endOffset: chunks.endOffset,
      heading: chunks.heading,
    })
    .from(chunks)
    .where(eq(chunks.documentId, documentId))
    .orderBy(asc(chunks.ordinal))
    .all()) {
    byPage.set(pageNumber, [...(byPage.get(pageNumber) ?? []), chunk])
  }
  return db
    .select({ pageNumber: pages.pageNumber, text: pages.text, headings: pages.headings, label: pages.label })
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.status, 'text')))
    .orderBy(asc(pages.pageNumber))
    .all()
    .map((page) => ({ ...page, chunks: byPage.get(page.pageNumber) ?? [] }))
}
