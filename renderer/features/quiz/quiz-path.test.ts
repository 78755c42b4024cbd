import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { newQuizPath } from './quiz-path.ts'

describe('newQuizPath', () => {
  const document = DocumentId.parse('01hzzzzzzzzzzzzzzzzzzzzzzz')

  it('names the documents and what the quiz is narrowed to', () => {
    const query = new URLSearchParams(newQuizPath({ documentIds: [document], only: 'wrong' }).split('?')[1])
    expect([query.get('documents'), query.get('only')]).toEqual([document, 'wrong'])
  })

  it('is the plain form where nothing is known of it', () => {
    expect(newQuizPath()).toBe('/quizzes/new')
    expect(newQuizPath({ documentIds: [] })).toBe('/quizzes/new')
  })
})
