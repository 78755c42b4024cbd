import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptId, QuestionId, QuizId } from '#contract/ids.ts'
import { DEFAULT_EXAM } from '#contract/quiz.ts'
import { openQuizBench, SHIPPED_EXAMS } from '../testing/quiz-bench.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '../testing/study-prose.ts'
import { makeKeyChanges } from './change-keys.ts'
import { markingScheme } from './exam-profiles.ts'
import { takeQuizzes } from './take-quiz.ts'
import { readWholeQuestions } from './to-quiz.ts'

const exam = SHIPPED_EXAMS.get(DEFAULT_EXAM)
if (!exam) throw new Error('the exam that quizzes follow is missing')
const scheme = markingScheme(exam)

/** A quiz that was taken: every question answered with its first option. */
async function takenQuiz() {
  const bench = await openQuizBench({ documents: [POLITY, GEOGRAPHY, HISTORY] })
  const { store, ids, clock } = bench
  const quizId = bench.addQuiz({ count: 6, style: 'cloze' })
  await bench.make(quizId)
  const quizzes = { ...takeQuizzes({ store, ids, clock, scheme: () => scheme }), ...makeKeyChanges({ store, clock }) }
  const take = () => {
    const { attempt, questions } = quizzes.begin({ quizId })
    for (const { id } of questions) {
      quizzes.respond({
        attemptId: attempt.id,
        response: { questionId: id, chosenIndex: 0, marked: false, spentMs: 1500 },
        elapsedMs: 1,
      })
    }
    return { attemptId: attempt.id, score: quizzes.submit({ attemptId: attempt.id, elapsedMs: 9 }).score, questions }
  }
  const score = (attemptId: AttemptId) => quizzes.review({ attemptId }).score
  const whole = () => readWholeQuestions(store.reader, quizId)
  return { bench, quizId, quizzes, take, score, whole }
}

describe('keys changed after a test', () => {
  it('mark every test with the question again, and keep the key it was made with', async () => {
    const { quizzes, take, score, whole } = await takenQuiz()
    const first = take()
    const second = take()
    const question = whole().find(({ answerIndex }) => answerIndex !== 0)
    if (!question) throw new Error('every key is the first option')
    const { id: questionId, answerIndex } = question
    const changed = quizzes.changeKey({ questionId, answerIndex: 0 })
    expect(changed).toMatchObject({ rescoredCount: 2, kinCount: 0, question: { answerIndex: 0, keyVersion: 2 } })
    for (const { attemptId, score: before } of [first, second]) {
      expect(score(attemptId).scoreUnits).toBe(before.scoreUnits + scheme.correctUnits - scheme.wrongUnits)
    }
    quizzes.restoreKey({ questionId })
    expect(score(first.attemptId)).toEqual(first.score)
    expect(whole().find(({ id }) => id === questionId)).toMatchObject({ answerIndex, keyVersion: 3 })
  })

  it('take a dropped question out of the score and out of the next test', async () => {
    const { quizzes, take, score, whole } = await takenQuiz()
    const { attemptId, score: before } = take()
    const [question] = whole()
    const questionId = question?.id as QuestionId
    const wasRight = question?.answerIndex === 0
    expect(quizzes.drop({ questionId }).question.dropped).toBe('dropped')
    expect(score(attemptId)).toMatchObject({
      scoreUnits: before.scoreUnits - (wasRight ? scheme.correctUnits : scheme.wrongUnits),
      maxUnits: before.maxUnits - scheme.correctUnits,
      droppedCount: 1,
    })
    expect(take().questions.map(({ id }) => id)).not.toContain(questionId)
  })

  it('take what rests on a reported fact along, in other quizzes too, and bring it back with it', async () => {
    const { bench, quizzes, whole } = await takenQuiz()
    const [question] = whole()
    const questionId = question?.id as QuestionId
    // Another quiz that asks the same fact in another way.
    const other = bench.addQuiz({ count: 1 })
    const twin = 'twin' as QuestionId
    bench.store.transaction((db) =>
      db.$client.exec(
        `CREATE TEMP TABLE twin AS SELECT * FROM questions WHERE id = '${questionId}';
         UPDATE twin SET id = '${twin}', quiz_id = '${other}', ordinal = 0, seat = 0;
         INSERT INTO questions SELECT * FROM twin;`,
      ),
    )
    expect(quizzes.report({ questionId })).toMatchObject({ kinCount: 1, question: { dropped: 'reported' } })
    const ofOther = () => readWholeQuestions(bench.store.reader, other)
    expect(ofOther()).toMatchObject([{ id: twin, dropped: 'kin' }])
    expect(quizzes.restoreKey({ questionId }).kinCount).toBe(1)
    expect(ofOther()[0]?.dropped).toBeUndefined()
  })

  it('know kin by the sentence, also where the one quotes more of the page than the other', async () => {
    const { bench, quizzes } = await takenQuiz()
    const quiz = bench.addQuiz({ count: 1 })
    const [one] = bench.questions('quiz-1' as QuizId)
    const fact = 'members of the rajya sabha are elected for a term of six years'
    const others: [string, string][] = [
      ['longer', `${fact} one third of them retire every second year`],
      ['changed', fact.replace('are elected', 'are chosen')],
      ['stranger', 'the vice president is the chairman of the rajya sabha'],
      ['short', 'rajya sabha'],
    ]
    bench.store.transaction((db) => {
      const add = (id: string, ordinal: number, text: string) =>
        db.$client.exec(
          `CREATE TEMP TABLE kin AS SELECT * FROM questions WHERE id = '${one?.id}';
           UPDATE kin SET id = '${id}', quiz_id = '${quiz}', ordinal = ${ordinal}, seat = ${ordinal}, facts = '["${text}"]';
           INSERT INTO questions SELECT * FROM kin;
           DROP TABLE kin;`,
        )
      add('reported', 0, fact)
      for (const [at, [id, text]] of others.entries()) add(id, at + 1, text)
    })
    expect(quizzes.report({ questionId: 'reported' as QuestionId }).kinCount).toBe(2)
    const dropped = readWholeQuestions(bench.store.reader, quiz).map(({ id, dropped: why }) => [id, why])
    expect(dropped).toEqual([
      ['reported', 'reported'],
      ['longer', 'kin'],
      ['changed', 'kin'],
      ['stranger', undefined],
      ['short', undefined],
    ])
  })

  it('refuse an option that is not there, and a question that is gone, and change nothing', async () => {
    const { quizzes, take, score, whole } = await takenQuiz()
    const { attemptId, score: before } = take()
    const questionId = whole()[0]?.id as QuestionId
    expect(() => quizzes.changeKey({ questionId, answerIndex: 7 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(() => quizzes.drop({ questionId: 'gone' as QuestionId })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(score(attemptId)).toEqual(before)
  })

  it('always leave the score that marking from nothing gives', async () => {
    const { quizzes, take, score, whole } = await takenQuiz()
    const { attemptId } = take()
    const step = fc.record({
      at: fc.nat(),
      act: fc.constantFrom('changeKey', 'drop', 'report', 'restoreKey' as const),
      answerIndex: fc.nat({ max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        for (const { at, act, answerIndex } of steps) {
          const all = whole()
          const questionId = all[at % all.length]?.id as QuestionId
          if (act === 'changeKey') quizzes.changeKey({ questionId, answerIndex })
          else quizzes[act as 'drop']({ questionId })
        }
        const counted = whole().filter(({ dropped }) => !dropped)
        const right = counted.filter(({ answerIndex }) => answerIndex === 0).length
        expect(score(attemptId)).toMatchObject({
          scoreUnits: right * scheme.correctUnits + (counted.length - right) * scheme.wrongUnits,
          maxUnits: counted.length * scheme.correctUnits,
        })
      }),
      { numRuns: 25 },
    )
  })
})
