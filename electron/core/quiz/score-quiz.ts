import type { MarkingScheme, Response, Score } from '#contract/quiz.ts'

/**
 * Marks a test: whole units (36ths of a mark) throughout, so that a score is exact
 * (UPSC GS Paper I: +72 right, −24 wrong, 0 blank). A question without a
 * response is a blank; responses to questions that are not in `questions`
 * count for nothing; of two responses to one question the last counts. A
 * dropped question counts neither for nor against, and lowers what can be had.
 */
export function scoreQuiz(
  questions: readonly { id: string; answerIndex: number; isDropped?: boolean }[],
  responses: readonly Pick<Response, 'questionId' | 'chosenIndex'>[],
  scheme: MarkingScheme,
): Score {
  const chosen = new Map<string, number | null>(
    responses.map(({ questionId, chosenIndex }) => [questionId, chosenIndex]),
  )
  let correctCount = 0
  let wrongCount = 0
  let blankCount = 0
  const counted = questions.filter(({ isDropped }) => !isDropped)
  for (const { id, answerIndex } of counted) {
    const index = chosen.get(id) ?? null
    if (index === null) blankCount++
    else if (index === answerIndex) correctCount++
    else wrongCount++
  }
  return {
    scoreUnits: correctCount * scheme.correctUnits + wrongCount * scheme.wrongUnits + blankCount * scheme.blankUnits,
    maxUnits: counted.length * scheme.correctUnits,
    correctCount,
    wrongCount,
    blankCount,
    droppedCount: questions.length - counted.length,
  }
}
