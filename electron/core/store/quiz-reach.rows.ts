import { and, asc, eq, gte, isNotNull, sql } from 'drizzle-orm'
import type { DocumentId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { isInLibrary } from './documents.rows.ts'
import { chunks, documents, pages, pagesRead } from './library.schema.ts'
import { readQuestionKeys } from './question-keys.rows.ts'
import { attempts, type QuizPlace, questionSources, questions, responses } from './quizzes.schema.ts'

/** Notes that a page was read, at the newest time told. */
export function markPageRead(db: WriteDb, row: typeof pagesRead.$inferInsert): void {
  db.insert(pagesRead)
    .values(row)
    .onConflictDoUpdate({
      target: [pagesRead.documentId, pagesRead.pageNumber],
      set: { readAtMs: row.readAtMs },
    })
    .run()
}

/** Pages read, and pages of documents added, at that time or after it. */
export function readRecentPages(db: ReadDb, sinceMs: number): { documentId: DocumentId; pageNumber: number }[] {
  const page = { documentId: pages.documentId, pageNumber: pages.pageNumber }
  const isReadable = and(eq(documents.status, 'ready'), eq(pages.status, 'text'), isInLibrary)
  const added = db
    .select(page)
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .where(and(isReadable, gte(documents.createdAtMs, sinceMs)))
    .all()
  const read = db
    .select(page)
    .from(pages)
    .innerJoin(documents, eq(documents.id, pages.documentId))
    .innerJoin(pagesRead, and(eq(pagesRead.documentId, pages.documentId), eq(pagesRead.pageNumber, pages.pageNumber)))
    .where(and(isReadable, gte(pagesRead.readAtMs, sinceMs)))
    .all()
  return [...new Map([...added, ...read].map((each) => [`${each.documentId} ${each.pageNumber}`, each])).values()]
}

/** A question answered wrong when it was last asked, and the stretches of ready documents it rests on. */
export interface WrongQuestion {
  spans: readonly Required<QuizPlace>[]
}

/**
 * The questions whose newest answer in a submitted test is wrong by the key that holds now; dropped ones and
 * those that were brought in from elsewhere are left out, as is what stands in no document of the library.
 */
export function readWrongQuestions(db: ReadDb): WrongQuestion[] {
  const given = db
    .select({ question: questions, chosenIndex: responses.chosenIndex })
    .from(responses)
    .innerJoin(attempts, eq(attempts.id, responses.attemptId))
    .innerJoin(questions, eq(questions.id, responses.questionId))
    .where(and(isNotNull(attempts.submittedAtMs), isNotNull(responses.chosenIndex)))
    .orderBy(asc(attempts.submittedAtMs), asc(attempts.id))
    .all()
  const newest = new Map(given.map((row) => [row.question.id, row]))
  const keys = new Map(
    [...new Set([...newest.values()].map(({ question }) => question.quizId))].map((id) => [
      id,
      readQuestionKeys(db, id),
    ]),
  )
  const ready = new Set(
    db
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.status, 'ready'), isInLibrary))
      .all()
      .map(({ id }) => id),
  )
  const wrong = [...newest.values()].filter(({ question, chosenIndex }) => {
    const key = keys.get(question.quizId)?.get(question.id)
    const answerIndex = key ? key.answerIndex : question.answerIndex
    return answerIndex !== null && chosenIndex !== answerIndex
  })
  return wrong.flatMap(({ question }) => {
    const others = db.select().from(questionSources).where(eq(questionSources.questionId, question.id)).all()
    const spans = [question, ...others].filter(({ documentId, sourceLost }) => ready.has(documentId) && !sourceLost)
    return spans.length === 0 ? [] : [{ spans: spans.map(passageOf) }]
  })

  /** The passage that holds a quote: its chunk, and at the least the quote. */
  function passageOf({ documentId, pageNumber, startOffset, endOffset }: Required<QuizPlace>): Required<QuizPlace> {
    const held = db
      .select({ startOffset: chunks.startOffset, endOffset: chunks.endOffset })
      .from(chunks)
      .where(and(eq(chunks.documentId, documentId), eq(chunks.pageNumber, pageNumber)))
      .all()
      .filter((chunk) => chunk.startOffset < endOffset && chunk.endOffset > startOffset)
    return {
      documentId,
      pageNumber,
      startOffset: Math.min(startOffset, ...held.map((chunk) => chunk.startOffset)),
      endOffset: Math.max(endOffset, ...held.map((chunk) => chunk.endOffset)),
    }
  }
}

/** Where passages stand, in no order; those that are gone or whose document is not ready are left out. */
export function readChunkPlaces(db: ReadDb, chunkIds: readonly number[]): Required<QuizPlace>[] {
  return db
    .select({
      documentId: chunks.documentId,
      pageNumber: chunks.pageNumber,
      startOffset: chunks.startOffset,
      endOffset: chunks.endOffset,
    })
    .from(chunks)
    .innerJoin(documents, eq(documents.id, chunks.documentId))
    .where(
      and(
        eq(documents.status, 'ready'),
        isInLibrary,
        sql`${chunks.id} IN (SELECT value FROM json_each(${JSON.stringify(chunkIds)}))`,
      ),
    )
    .all()
}
