import { CardId, type QuestionId } from '#contract/ids.ts'
import type { Card } from '#contract/study.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { findQuestion } from '../store/quizzes.rows.ts'
import { insertCards, readCards } from '../store/study.rows.ts'
import { toCard } from '../study/cards.ts'
import { cardOfQuestion } from './card-of-question.ts'
import { readWholeQuestions } from './to-quiz.ts'

/** Makes flashcards of questions: once for each, whatever is asked again. Throws `not-found`. */
export function makeCardKeeper({ store, ids, clock }: { store: Store; ids: Ids; clock: Pick<Clock, 'nowMs'> }) {
  return {
    makeCard({ questionId }: { questionId: QuestionId }): { card: Card; isNew: boolean } {
      const row = findQuestion(store.reader, questionId)
      const question = row && readWholeQuestions(store.reader, row.quizId).find(({ id }) => id === questionId)
      if (!row || !question) {
        throw new StudyError(
          'not-found',
          'That question is not there any more: its quiz was deleted. No card was made.',
        )
      }
      const sides = cardOfQuestion(question)
      const known = readCards(store.reader).find(
        ({ front, back, documentId }) => front === sides.front && back === sides.back && documentId === row.documentId,
      )
      if (known) return { card: toCard(store.reader, known), isNew: false }
      const { documentId, documentTitle, documentPath, pageNumber, quote, startOffset, endOffset, sourceLost } = row
      const nowMs = clock.nowMs()
      const id = CardId.parse(ids.next())
      const card = {
        id,
        ...sides,
        kind: 'question' as const,
        engine: row.engine === 'imported' ? ('person' as const) : row.engine,
        model: null,
        ...{ documentId, documentTitle, documentPath, pageNumber, quote, startOffset, endOffset, sourceLost },
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        deletedAtMs: null,
      }
      store.transaction((db) => insertCards(db, [card]))
      return { card: toCard(store.reader, card), isNew: true }
    },
  }
}
