import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuestionId } from '#contract/ids.ts'
import { scoreQuiz } from './score-quiz.ts'

const GS = { name: 'GS', correctUnits: 72, wrongUnits: -24, blankUnits: 0 }

/** A paper with a choice (or none) for each question. */
const paper = fc
  .array(
    fc.record({
      answerIndex: fc.nat({ max: 4 }),
      chosenIndex: fc.option(fc.nat({ max: 4 })),
    }),
    { maxLength: 150 },
  )
  .map((rows) => ({
    questions: rows.map(({ answerIndex }, at) => ({ id: `q${at}`, answerIndex })),
    responses: rows.map(({ chosenIndex }, at) => ({ questionId: `q${at}` as QuestionId, chosenIndex })),
  }))
const scheme = fc.record({
  name: fc.constant('any'),
  correctUnits: fc.integer({ min: 1, max: 60 }),
  wrongUnits: fc.integer({ min: -60, max: 0 }),
  blankUnits: fc.integer({ min: -12, max: 12 }),
})

describe('scoreQuiz', () => {
  it('marks a GS paper exactly: 70 right, 20 wrong, 10 blank are 126⅔ marks', () => {
    const questions = Array.from({ length: 100 }, (_, at) => ({ id: `q${at}`, answerIndex: at % 4 }))
    const responses = questions.slice(0, 90).map(({ id, answerIndex }, at) => ({
      questionId: id as QuestionId,
      chosenIndex: at < 70 ? answerIndex : (answerIndex + 1) % 4,
    }))
    expect(scoreQuiz(questions, responses, GS)).toEqual({
      scoreUnits: 126 * 36 + 24,
      maxUnits: 7200,
      correctCount: 70,
      wrongCount: 20,
      blankCount: 10,
      droppedCount: 0,
    })
  })

  it('counts every question once and adds up exactly, for any mix and any scheme', () => {
    fc.assert(
      fc.property(paper, scheme, ({ questions, responses }, marks) => {
        const score = scoreQuiz(questions, responses, marks)
        expect(score.correctCount + score.wrongCount + score.blankCount).toBe(questions.length)
        // The same sum the slow way, a question at a time.
        const sum = questions.reduce((total, { answerIndex }, at) => {
          const chosen = responses[at]?.chosenIndex ?? null
          if (chosen === null) return total + marks.blankUnits
          return total + (chosen === answerIndex ? marks.correctUnits : marks.wrongUnits)
        }, 0)
        expect(score.scoreUnits).toBe(sum)
        expect(Number.isInteger(score.scoreUnits)).toBe(true)
        expect(score.maxUnits).toBe(questions.length * marks.correctUnits)
      }),
    )
  })

  it('is exact in sixths of a mark for every mix of a GS and of a CSAT paper', () => {
    const papers = [
      { count: 100, scheme: GS, sixths: { right: 12, wrong: -4 } },
      { count: 80, scheme: { ...GS, correctUnits: 90, wrongUnits: -30 }, sixths: { right: 15, wrong: -5 } },
    ]
    for (const { count, scheme: marks, sixths } of papers) {
      fc.assert(
        fc.property(fc.nat({ max: count }), fc.nat({ max: count }), (right, wrong) => {
          fc.pre(right + wrong <= count)
          const questions = Array.from({ length: count }, (_, at) => ({ id: `q${at}`, answerIndex: 0 }))
          const responses = questions.slice(0, right + wrong).map(({ id }, at) => ({
            questionId: id as QuestionId,
            chosenIndex: at < right ? 0 : 1,
          }))
          const { scoreUnits } = scoreQuiz(questions, responses, marks)
          expect(Math.abs(scoreUnits % 6)).toBe(0)
          expect(scoreUnits).toBe(6 * (right * sixths.right + wrong * sixths.wrong))
        }),
      )
    }
  })

  it('gives the same score whatever the order of the responses', () => {
    fc.assert(
      fc.property(paper, fc.infiniteStream(fc.nat()), ({ questions, responses }, keys) => {
        const shuffled = responses
          .map((response) => ({ response, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ response }) => response)
        expect(scoreQuiz(questions, shuffled, GS)).toEqual(scoreQuiz(questions, responses, GS))
      }),
    )
  })

  it('moves by exactly the difference of two marks when one answer changes', () => {
    fc.assert(
      fc.property(paper, fc.nat(), fc.option(fc.nat({ max: 4 })), ({ questions, responses }, pick, next) => {
        fc.pre(questions.length > 0)
        const at = pick % questions.length
        const worth = (index: number | null | undefined) =>
          index == null ? 0 : index === questions[at]?.answerIndex ? GS.correctUnits : GS.wrongUnits
        const before = scoreQuiz(questions, responses, GS).scoreUnits
        const changed = responses.map((row, i) => (i === at ? { ...row, chosenIndex: next } : row))
        expect(scoreQuiz(questions, changed, GS).scoreUnits - before).toBe(
          worth(next) - worth(responses[at]?.chosenIndex),
        )
      }),
    )
  })

  it('holds responses to foreign questions for nothing, and takes the last of two', () => {
    const questions = [{ id: 'a', answerIndex: 2 }]
    const score = scoreQuiz(
      questions,
      [
        { questionId: 'a' as QuestionId, chosenIndex: 1 },
        { questionId: 'b' as QuestionId, chosenIndex: 2 },
        { questionId: 'a' as QuestionId, chosenIndex: 2 },
      ],
      GS,
    )
    expect(score).toMatchObject({ scoreUnits: 72, correctCount: 1, wrongCount: 0, blankCount: 0 })
  })
})
