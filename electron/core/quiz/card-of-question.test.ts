import { describe, expect, it } from 'vitest'
import type { QuestionId } from '#contract/ids.ts'
import { readQuestions } from '../store/quizzes.rows.ts'
import { readCards } from '../store/study.rows.ts'
import { openQuizzes } from '../testing/open-quizzes.ts'
import { cardOfQuestion } from './card-of-question.ts'
import { outcomeOf } from './exchange-questions.ts'

const ASKED = {
  style: 'direct',
  stem: 'Who among the following moved the Objectives Resolution?',
  statements: [],
  labels: [],
  prompt: '',
  options: ['B. R. Ambedkar', 'Jawaharlal Nehru', 'K. M. Munshi', 'Rajendra Prasad'],
  answerIndex: 1,
  explanation: 'The text says so.',
}

describe('a card of a question', () => {
  it('leaves the options out where a term is asked for, and of a blank keeps the sentence alone', () => {
    expect(cardOfQuestion(ASKED)).toEqual({ front: ASKED.stem, back: 'Jawaharlal Nehru\nThe text says so.' })
    const cloze = { ...ASKED, style: 'cloze', stem: 'Which one fills the blank?\n“It was moved by ______.”' }
    expect(cardOfQuestion(cloze).front).toBe('“It was moved by ______.”')
  })

  it('keeps what is asked about: numbered statements, and statements that are the options', () => {
    const coded = {
      ...ASKED,
      statements: ['One.', 'Two.'],
      prompt: 'How many are correct?',
      options: ['None', 'Only one', 'x', 'y'],
    }
    expect(cardOfQuestion(coded)).toEqual({
      front: `${ASKED.stem}\n1. One.\n2. Two.\nHow many are correct?`,
      back: 'Only one\nThe text says so.',
    })
    const statements = [
      'The sky above is blue.',
      'The sea is very green.',
      'The grass here is red.',
      'The sun is very hot.',
    ]
    const odd = { ...ASKED, options: statements }
    expect(cardOfQuestion(odd).front).toContain('\n(c) The grass here is red.')
    expect(cardOfQuestion(odd).back).toBe('(b) The sea is very green.\nThe text says so.')
  })

  it('is kept with the place of its source and made once', async () => {
    const { quizzes, store, made } = await openQuizzes()
    const quizId = await made({ count: 2 })
    const [question] = quizzes.questions({ quizId })
    const [row] = readQuestions(store.reader, quizId)
    const { card, isNew } = quizzes.makeCard({ questionId: question?.id as QuestionId })
    expect(isNew).toBe(true)
    expect(card).toMatchObject({
      engine: 'rules',
      kind: 'question',
      source: {
        documentId: row?.documentId,
        page: row?.pageNumber,
        quote: row?.quote,
        startOffset: row?.startOffset,
        endOffset: row?.endOffset,
      },
    })
    expect(quizzes.makeCard({ questionId: question?.id as QuestionId })).toEqual({ card, isNew: false })
    expect(readCards(store.reader)).toHaveLength(1)
    expect(() => quizzes.makeCard({ questionId: 'gone' as QuestionId })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  it('has the key that holds now, and no source where the question came from elsewhere', async () => {
    const { quizzes } = await openQuizzes()
    const { question, options } = { question: 'Who chaired the Drafting Committee?', options: ['Ambedkar', 'Munshi'] }
    const text = JSON.stringify([{ question, options, answer: 'b' }])
    const { quiz } = await outcomeOf(quizzes.importQuestions({ fileName: 'past.json', text }))
    const [asked] = quizzes.questions({ quizId: quiz?.id as never })
    const questionId = asked?.id as QuestionId
    quizzes.changeKey({ questionId, answerIndex: 0 })
    const { card } = quizzes.makeCard({ questionId })
    expect(card).toMatchObject({ front: question, back: 'Ambedkar', engine: 'person' })
    expect(card.source).toBeUndefined()
  })
})
