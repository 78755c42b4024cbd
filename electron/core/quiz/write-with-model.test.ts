import { describe, expect, it } from 'vitest'
import type { StudyErrorCode } from '#contract/errors.ts'
import { StudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, LanguageModel } from '../ports.ts'
import { findPage } from '../store/pages.rows.ts'
import { openQuizBench } from '../testing/quiz-bench.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '../testing/study-prose.ts'
import { quoteOf } from './quiz-text.ts'

/** A reply, an error, or 'limit': a reply that ran out of room. */
type Reply = string | StudyErrorCode
const ERRORS = new Set<string>([
  'model-unreachable',
  'model-busy',
  'model-missing',
  'model-refused',
  'model-cut-off',
  'model-bad-output',
  'prompt-too-long',
])

/** A model that says what the test says: `write` for questions, `answer` for its own test of them. */
function scriptedModel(write: (passage: string, call: number, request: ChatRequest) => Reply, answer = rightAnswer) {
  const requests: ChatRequest[] = []
  let calls = 0
  const model: LanguageModel = {
    status: async () => ({ state: 'ready', url: 'http://127.0.0.1:1', models: [], message: '' }),
    async *chat(request): AsyncGenerator<ChatEvent> {
      requests.push(request)
      const prompt = request.messages[1]?.content ?? ''
      const isTest = prompt.includes('\nQUESTION\n')
      const reply = isTest ? answer(prompt) : write(passageIn(prompt), ++calls, request)
      const reachedLimit = reply === 'limit'
      if (ERRORS.has(reply)) throw new StudyError(reply as StudyErrorCode, `scripted ${reply}`)
      for (const token of reply.match(/.{1,7}/gs) ?? []) yield { type: 'token', text: token }
      yield { type: 'done', usage: { promptTokens: 1, replyTokens: 1, durationMs: 1 }, reachedLimit }
    },
  }
  const written = () => requests.filter(({ messages }) => !messages[1]?.content.includes('\nQUESTION\n'))
  return { model, requests, written }
}

function passageIn(prompt: string): string {
  return /PASSAGE\n(.*)\n\n/s.exec(prompt)?.[1] ?? ''
}

/** The letter of the option that the passage has and the question leaves out. */
function rightAnswer(prompt: string): string {
  const options = [...prompt.matchAll(/^([A-E])\) (.*)$/gm)]
  const passage = prompt.slice(0, prompt.indexOf('QUESTION'))
  const right = options.find(([, , text = '']) => passage.includes(text.replace(/^The /, '')))
  return JSON.stringify({ answer: right?.[1] ?? 'A' })
}

const sentenceOf = (passage: string, about: RegExp) =>
  passage.split(/(?<=[.!]) /).find((sentence) => about.test(sentence))

/** A sound question on whichever fact of the test's prose the passage has. */
function soundReply(passage: string): string {
  const facts: [RegExp, string, string, string[]][] = [
    [
      /a money bill/i,
      'In which house can a money bill be introduced?',
      'Lok Sabha',
      ['Rajya Sabha Council', 'Legislative Council', 'Zilla Parishad'],
    ],
    [
      /moved the Objectives Resolution/,
      'Who moved the Objectives Resolution?',
      'Jawaharlal Nehru',
      ['Rajendra Prasad', 'Vallabhbhai Patel', 'K. M. Munshi'],
    ],
    [/tidal mouth/, 'What is a tidal mouth of a river called?', 'Estuary', ['Lagoon', 'Fjord', 'Delta']],
    [
      /presided over the session of 1886/,
      'Who led the Congress session held at Calcutta?',
      'Dadabhai Naoroji',
      ['Badruddin Tyabji', 'Womesh Bonnerjee', 'George Yule'],
    ],
    [/headed by/, 'Who heads the Council?', 'Prime Minister', ['Chief Minister', 'Home Minister', 'Law Minister']],
  ]
  for (const [about, question, correct, distractors] of facts) {
    const sentence = sentenceOf(passage, about)
    if (sentence) {
      return JSON.stringify({
        evidence_quote: sentence,
        question,
        correct,
        distractors,
        explanation: `It is the ${correct}.`,
      })
    }
  }
  return JSON.stringify({
    evidence_quote: passage.slice(0, 80),
    question: '?',
    correct: 'a',
    distractors: ['b', 'c', 'd'],
    explanation: 'x',
  })
}

const bench = (model: LanguageModel, documents = [POLITY, GEOGRAPHY, HISTORY]) => openQuizBench({ documents, model })

describe('a quiz written by a model', () => {
  it('keeps what passes the checks, with the quote found on the page and the key placed by code', async () => {
    const { model, written } = scriptedModel(soundReply)
    const quizzes = await bench(model)
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 3 })
    const run = await quizzes.make(quizId)
    expect(run.result?.type).toBe('done')
    // The page shows what the model does meanwhile.
    expect(run.progress.map(({ model: step }) => step?.step)).toContain('writing')
    const questions = quizzes.questions(quizId)
    expect(questions.length).toBe(3)
    for (const { engine, documentId, pageNumber, quote, startOffset, endOffset } of questions) {
      expect(engine).toBe('ollama')
      const page = findPage(quizzes.store.reader, documentId, pageNumber)
      expect(quoteOf(page?.text ?? '', startOffset, endOffset)).toBe(quote)
    }
    expect(new Set(questions.map(({ answerIndex }) => answerIndex)).size).toBe(3)
    const [{ format, maxTokens, temperature, seed } = {} as ChatRequest] = written()
    expect(Object.keys((format as { properties: object }).properties)).toEqual([
      'evidence_quote',
      'question',
      'correct',
      'distractors',
      'explanation',
    ])
    expect(maxTokens).toBeGreaterThan(300)
    expect(temperature).toBeGreaterThan(0)
    expect(seed).toBeTypeOf('number')
    // No field of the schema is an index or a letter.
    expect(JSON.stringify(format)).not.toMatch(/index|letter|integer/)
  })

  it('names the failure once, tries one new seed, then drops the passage', async () => {
    const { model, written } = scriptedModel((passage) =>
      soundReply(passage).replace(/"evidence_quote":"[^"]*"/, '"evidence_quote":"Words that stand nowhere at all."'),
    )
    const quizzes = await bench(model, [HISTORY])
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 1 })
    const run = await quizzes.make(quizId)
    expect(run.result).toMatchObject({ type: 'failed', error: { code: 'not-enough-material' } })
    const [first, mending, fresh] = written()
    expect(mending?.messages.at(-1)?.content).toContain('The evidence_quote is not word for word in the passage.')
    expect(mending?.messages.slice(0, 2)).toEqual(first?.messages)
    expect(fresh?.messages).toEqual(first?.messages)
    expect(fresh?.seed).not.toBe(first?.seed)
    expect(written()).toHaveLength(3)
    expect(quizzes.quiz(quizId)?.dropped).toEqual({ quote: 1 })
  })

  it('mends a reply that is no JSON, and one with a defect', async () => {
    const spoil = [
      () => 'Sure! Here is your question.',
      (reply: string) => reply,
      (reply: string) => reply.replace(/"distractors":\["[^"]*"/, '"distractors":["All of the above"'),
      (reply: string) => reply,
    ]
    const { model, written } = scriptedModel((passage, call) =>
      (spoil[call - 1] ?? ((reply: string) => reply))(soundReply(passage)),
    )
    const quizzes = await bench(model)
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 2 })
    await quizzes.make(quizId)
    expect(quizzes.questions(quizId)).toHaveLength(2)
    expect(written()[1]?.messages.at(-1)?.content).toContain('not the JSON')
    expect(written()[3]?.messages.at(-1)?.content).toContain('All of the above')
  })

  it('drops a question that the model itself does not answer, in either order', async () => {
    let turn = 0
    const once = (prompt: string) => (++turn % 2 === 1 ? rightAnswer(prompt) : JSON.stringify({ answer: 'Z' }))
    const { model } = scriptedModel(soundReply, once)
    const quizzes = await bench(model, [HISTORY])
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 1 })
    await quizzes.make(quizId)
    expect(quizzes.questions(quizId)).toHaveLength(0)
    expect(quizzes.quiz(quizId)?.dropped).toEqual({ 'round-trip': 1 })
  })

  it('asks for as many true and false statements as the key’s place needs, and orders them itself', async () => {
    const { model, written } = scriptedModel(
      (passage, _, request) => {
        const { properties } = request.format as { properties: Record<string, { minItems?: number }> }
        const [one = '', two = ''] = passage.split(/(?<=\.) /).filter((sentence) => /\d{4}/.test(sentence))
        const sentences = [one, two]
        const trueCount = properties.correct_statements?.minItems ?? 0
        return JSON.stringify({
          evidence_quote: passage.slice(passage.indexOf(one), passage.indexOf(two) + two.length),
          ...(trueCount > 0 ? { correct_statements: sentences.slice(0, trueCount) } : {}),
          ...(trueCount < 2
            ? { wrong_statements: sentences.slice(trueCount).map((text) => text.replace(/\d{4}/, '1899')) }
            : {}),
          explanation: 'By the dates.',
        })
      },
      (prompt) => {
        // Reads the statements against the passage.
        const passage = prompt.slice(0, prompt.indexOf('QUESTION'))
        const right = [...prompt.matchAll(/^([12])\. (.*)$/gm)]
          .filter(([, , text = '']) => passage.includes(text))
          .map(([, number]) => number)
        const wanted = right.length === 2 ? 'Both' : right.length === 0 ? 'Neither' : `${right[0]} only`
        return JSON.stringify({ answer: new RegExp(`^([A-D])\\) ${wanted}`, 'm').exec(prompt)?.[1] ?? 'A' })
      },
    )
    const quizzes = await bench(model, [HISTORY, POLITY])
    const quizId = quizzes.addQuiz({ style: 'statements', engine: 'ollama', count: 2 })
    await quizzes.make(quizId)
    const [question] = quizzes.questions(quizId)
    expect(question?.options).toEqual(['1 only', '2 only', 'Both 1 and 2', 'Neither 1 nor 2'])
    const truths = question?.statements.map((text) => !text.includes('1899'))
    expect(['true,false', 'false,true', 'true,true', 'false,false'].indexOf(String(truths))).toBe(question?.answerIndex)
    expect(JSON.stringify(written()[0]?.format)).not.toContain('"question"')
  })

  it.each(['model-cut-off', 'prompt-too-long', 'limit'])('asks again from half the passage on %s', async (outcome) => {
    const lengths: number[] = []
    const { model } = scriptedModel((passage, call) => {
      lengths.push(passage.length)
      return call === 1 ? outcome : soundReply(passage)
    })
    const quizzes = await bench(model, [HISTORY])
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 1 })
    await quizzes.make(quizId)
    expect(lengths[1]).toBeLessThan((lengths[0] ?? 0) * 0.8)
    expect(quizzes.questions(quizId)).toHaveLength(1)
  })

  it.each([
    ['model-unreachable', 'snooze'],
    ['model-busy', 'snooze'],
    ['model-missing', 'park'],
    ['model-refused', 'park'],
  ] as const)('on %s the job is told to %s, keeps what is made, and goes on from there', async (code, type) => {
    let isAway = false
    const { model } = scriptedModel((passage, call) => {
      if (call === 2) isAway = true
      return isAway ? code : soundReply(passage)
    })
    const quizzes = await bench(model)
    const quizId = quizzes.addQuiz({ style: 'direct', engine: 'ollama', count: 2 })
    const run = await quizzes.make(quizId)
    expect(run.result).toMatchObject({ type, error: { code } })
    expect(quizzes.questions(quizId)).toHaveLength(1)
    expect(quizzes.quiz(quizId)).toMatchObject({ status: 'making', note: `scripted ${code}` })

    const back = await openQuizBench({ store: quizzes.store, ids: quizzes.ids, model: scriptedModel(soundReply).model })
    const second = await back.make(quizId, { cursor: run.cursor } as object)
    expect(second.result?.type).toBe('done')
    expect(quizzes.questions(quizId)).toHaveLength(2)
    expect(quizzes.quiz(quizId)).toMatchObject({ status: 'ready', note: null })
  })
})
