import type { DocumentId } from '#contract/ids.ts'
import type { QuizOnly } from '#contract/quiz.ts'

/** The form of a new quiz, with what is known of it. */
export function newQuizPath(from: { documentIds?: readonly DocumentId[]; only?: QuizOnly } = {}): string {
  const query = new URLSearchParams()
  if (from.documentIds?.length) query.set('documents', from.documentIds.join(','))
  if (from.only) query.set('only', from.only)
  const text = query.toString()
  return text ? `/quizzes/new?${text}` : '/quizzes/new'
}
