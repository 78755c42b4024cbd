import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QuestionId } from '#contract/ids.ts'
import type { Question } from '#contract/quiz.ts'
import { readQuestionFile, writeQuestionFile } from './question-file.ts'

const words = fc.stringMatching(/^[A-Za-z\u0905-\u0939 ,";'\n।]{1,40}$/).map((text) => `x${text.trim()}y`)
const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    stem: words,
    statements: fc.array(words, { maxLength: 4 }),
    prompt: fc.oneof(fc.constant(''), words),
    options: fc.array(words, { minLength: 2, maxLength: 5 }),
    pick: fc.nat(),
    explanation: fc.oneof(fc.constant(''), words),
    topic: fc.oneof(fc.constant(''), words),
  })
  .map(({ pick, topic, ...rest }) => ({
    ...rest,
    id: QuestionId.parse('q'),
    style: 'direct',
    engine: 'rules' as const,
    labels: [],
    answerIndex: pick % rest.options.length,
    keyVersion: 1,
    ...(topic && { topic }),
    otherSources: [],
  }))

describe('a file of questions', () => {
  it.each(['json', 'csv'] as const)('reads back what was written, as %s', (format) => {
    fc.assert(
      fc.property(fc.array(anyQuestion, { minLength: 1, maxLength: 5 }), (questions) => {
        const read = readQuestionFile(writeQuestionFile('Practice', questions, format))
        expect(read).toHaveLength(questions.length)
        read.forEach((each, at) => {
          if (!('question' in each)) throw new Error(each.problem)
          const { stem, statements, prompt, options, explanation, answerIndex } = questions[at] as Question
          expect(each.question).toMatchObject({ question: stem, statements, prompt, options, explanation })
          expect('abcde'.indexOf(each.question.answer)).toBe(answerIndex)
        })
      }),
    )
  })

  it('reads a past paper typed into a spreadsheet: few columns, letters in brackets, any case', () => {
    const text = '\ufeffQuestion,Option_A,option_b,option_c,option_d,Answer\r\n"Who, among these?",A,B,C,D,(C)\r\n'
    expect(readQuestionFile(text)).toMatchObject([
      { question: { question: 'Who, among these?', options: ['A', 'B', 'C', 'D'], answer: 'c' } },
    ])
  })

  it('tells single questions that are wrong by their number, and keeps the others', () => {
    const text = 'question,option_a,option_b,answer\nOne?,x,y,a\nTwo?,x,y,d\nThree?,x,,a\n,x,y,a\nFive?,x,y,maybe\n'
    const read = readQuestionFile(text)
    expect(read.map((each) => ['question' in each, each.number])).toEqual([
      [true, 1],
      [false, 2],
      [false, 3],
      [false, 4],
      [false, 5],
    ])
  })

  it.each([
    ['{"questions": [', 'not whole'],
    ['{"title": "x"}', 'no list'],
    ['name,age\nA,1', 'first row lacks'],
  ])('refuses %j and says why', (text, why) => {
    expect(() => readQuestionFile(text)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(why) }),
    )
  })
})
