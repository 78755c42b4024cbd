import type { QuizSummary } from '#contract/quiz.ts'

/** What to carry on with comes first: begun, then never taken, then being made, then the newest results. */
function rank(quiz: QuizSummary): number {
  if (quiz.openAttemptId) return 0
  if (quiz.status === 'ready' && !quiz.lastAttempt) return 1
  if (quiz.status === 'making') return 2
  return quiz.lastAttempt ? 3 : 4
}

/** The quizzes worth a place on the front page. Failed and stopped ones are not. */
export function pickQuizzes(quizzes: readonly QuizSummary[], limit: number): QuizSummary[] {
  return quizzes
    .filter(
      ({ status, openAttemptId, lastAttempt }) =>
        status === 'ready' || status === 'making' || openAttemptId || lastAttempt,
    )
    .sort((a, b) => rank(a) - rank(b) || b.createdAtMs - a.createdAtMs)
    .slice(0, limit)
}
