import type { DocumentId } from '#contract/ids.ts'
import { type AskedQuestion, askedText, checkQuestion } from '../quiz/check-question.ts'
import { PLAIN_TERMS, type QuestionDraft } from '../quiz/question-draft.ts'
import { foldPhrase } from '../quiz/quiz-text.ts'

/** The page that the questions here are asked of. */
export const PAGE =
  'The executive.\n\nMembers of the Rajya Sabha are elected\nfor a term of six years. The Vice-President is the chairman of the Rajya Sabha. A money bill can be introduced only in the Lok Sabha.'
/** Where the page says it, its broken lines read as one. */
export const at = (text: string) => {
  const startOffset = PAGE.replace(/\s/g, ' ').indexOf(text)
  return { quote: text, startOffset, endOffset: startOffset + text.length }
}
export const FACT = 'Members of the Rajya Sabha are elected for a term of six years.'
export const CHAIRMAN = 'The Vice-President is the chairman of the Rajya Sabha.'

/** Of terms; passes every check. */
export const sound: QuestionDraft = {
  style: 'direct',
  engine: 'rules',
  stem: 'Who among the following is the chairman of the Rajya Sabha?',
  ...PLAIN_TERMS,
  options: ['Prime Minister', 'Vice-President', 'Governor', 'Speaker'],
  answerIndex: 1,
  explanation: 'The text says so.',
  documentId: 'd1' as DocumentId,
  pageNumber: 1,
  ...at(CHAIRMAN),
  facts: [foldPhrase(CHAIRMAN)],
  answer: 'vice president',
}
/** Of statements; passes every check. */
export const coded: QuestionDraft = {
  ...sound,
  style: 'statements',
  stem: 'Consider the following statements:',
  statements: ['Members of the Rajya Sabha are elected for a term of five years.', CHAIRMAN],
  prompt: 'Which of the statements given above is/are correct?',
  options: ['1 only', '2 only', 'Both 1 and 2', 'Neither 1 nor 2'],
  ...at(`${FACT} ${CHAIRMAN}`),
  facts: [foldPhrase(FACT), foldPhrase(CHAIRMAN)],
  answer: 'six',
  truths: [false, true],
  answers: 'codes',
  codes: [{ true: [1] }, { true: [2] }, { true: [1, 2] }, { true: [] }],
}
/** A draft as an earlier question of the same quiz. */
export const asked = (draft: QuestionDraft, change: Partial<AskedQuestion> = {}): AskedQuestion => ({
  text: askedText(draft),
  facts: draft.facts,
  answer: draft.answer,
  sameQuiz: true,
  ...change,
})
/** The checks that a draft fails. */
export const failures = (draft: QuestionDraft, others: AskedQuestion[] = [], vector?: Float32Array) =>
  checkQuestion(draft, { pageText: () => PAGE, asked: others, vector }).map(({ check }) => check)
