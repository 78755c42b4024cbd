import { describe, expect, it } from 'vitest'
import { findPage } from '../store/pages.rows.ts'
import type { QuestionRow } from '../store/quizzes.rows.ts'
import { corpusFile } from '../testing/corpus.ts'
import { openImport } from '../testing/open-import.ts'
import { openQuizBench } from '../testing/quiz-bench.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '../testing/study-prose.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { askedText } from './check-question.ts'
import { likeness, quoteOf, trigrams } from './quiz-text.ts'

const ALL = [POLITY, GEOGRAPHY, HISTORY]
/** What the others say, in other words. */
const AGAIN = {
  id: 'again',
  title: 'Revision',
  pages: [
    'The Constitution of India was adopted by the Assembly on 26 November 1949 and came into force on 26 January 1950. ' +
      'The members of the Rajya Sabha are elected for a term of six years. ' +
      'The Council of Ministers of the Union is headed by the Prime Minister of India. ' +
      'A money bill can only be introduced in the Lok Sabha and only there.',
  ],
}

/** A question without its ids: what must be the same when it is made again. */
const content = ({ id: _, quizId: __, createdAtMs: ___, vector: ____, ...question }: QuestionRow) => question

describe('a quiz made by rules', () => {
  it('has as many questions as asked, from every document, each quoted word for word from its page', async () => {
    const bench = await openQuizBench({ documents: ALL })
    const quizId = bench.addQuiz({ count: 12 })
    const run = await bench.make(quizId)
    expect(run.result?.type).toBe('done')
    const questions = bench.questions(quizId)
    expect(questions).toHaveLength(12)
    expect(bench.quiz(quizId)).toMatchObject({ status: 'ready', note: null, durationMs: 12 * 72_000 })
    expect(new Set(questions.map((question) => question.documentId))).toEqual(new Set(ALL.map(({ id }) => id)))
    for (const { documentId, pageNumber, quote, startOffset, endOffset, documentTitle, documentPath } of questions) {
      const page = findPage(bench.store.reader, documentId, pageNumber)
      expect(quoteOf(page?.text ?? '', startOffset, endOffset)).toBe(quote)
      expect(documentTitle).toBe(ALL.find(({ id }) => id === documentId)?.title)
      expect(documentPath).toBe(`/books/${documentId}.txt`)
    }
    expect(run.progress.at(-1)).toEqual({ stage: 'write', done: 12, total: 12, unit: 'questions' })
  })

  it('asks nothing twice, and no sentence serves two questions', async () => {
    const bench = await openQuizBench({ documents: ALL })
    const quizId = bench.addQuiz({ count: 14, seed: 5 })
    await bench.make(quizId)
    const questions = bench.questions(quizId)
    const facts = questions.flatMap((question) => question.facts)
    expect(new Set(facts).size).toBe(facts.length)
    const grams = questions.map((question) => trigrams(askedText(question)))
    for (const [at, one] of grams.entries()) {
      for (const other of grams.slice(0, at)) expect(likeness(one, other)).toBeLessThan(0.75)
    }
  })

  it('asks a fact once, though two documents tell it in their own words', async () => {
    const twice = {
      id: 'twice',
      pages: [
        'The Drafting Committee was set up on 29 August 1947 under B. R. Ambedkar.',
        'On 29 August 1947 the Drafting Committee was set up under B. R. Ambedkar.',
      ],
    }
    const bench = await openQuizBench({ documents: [twice] })
    const quizId = bench.addQuiz({ style: 'cloze', count: 2 })
    await bench.make(quizId)
    expect(bench.questions(quizId)).toHaveLength(1)
    expect(bench.quiz(quizId)?.dropped['same-fact']).toBeGreaterThan(0)
  })

  it('spreads the keys over the places, for coded questions and for the others by themselves', async () => {
    const bench = await openQuizBench({ documents: ALL })
    for (const style of ['cloze', 'statements'] as const) {
      const quizId = bench.addQuiz({ count: 10, style })
      await bench.make(quizId)
      const questions = bench.questions(quizId)
      expect(questions.length).toBeGreaterThanOrEqual(style === 'cloze' ? 10 : 5)
      const counts = [0, 1, 2, 3].map((place) => questions.filter(({ answerIndex }) => answerIndex === place).length)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
      bench.store.transaction((db) => db.$client.exec('DELETE FROM quizzes'))
    }
  })

  it('is the same again for the same seed and text, and another one for another seed', async () => {
    const made = async (seed: number) => {
      const bench = await openQuizBench({ documents: ALL })
      const quizId = bench.addQuiz({ count: 8, seed })
      await bench.make(quizId)
      return bench.questions(quizId).map(content)
    }
    expect(await made(3)).toEqual(await made(3))
    expect(await made(3)).not.toEqual(await made(4))
  })

  it('takes nothing from exercises, captions, or talk to the reader', async () => {
    const bench = await openQuizBench({ documents: [POLITY] })
    for (const style of ['cloze', 'statements', 'direct'] as const)
      await bench.make(bench.addQuiz({ count: 30, style }))
    // The sentences that questions rest on, folded; false statements are made from true ones.
    const facts = bench.store.reader.$client.prepare("SELECT group_concat(facts, ' ') FROM questions").pluck().get()
    expect(facts).toContain('rajya sabha')
    expect(facts).not.toMatch(/four years|ten years|fig 2|photograph|we shall|as you may/)
  })

  it('goes on after a stop at any commit, and ends with the questions of an undisturbed run', async () => {
    const documents = [...ALL, AGAIN]
    const wish = { count: 26, seed: 8, style: 'cloze' } as const
    const undisturbed = await openQuizBench({ documents })
    const whole = undisturbed.addQuiz(wish)
    const { commitCount } = await undisturbed.make(whole)
    const expected = undisturbed.questions(whole).map(content)
    const dropped = undisturbed.quiz(whole)?.dropped
    expect(commitCount).toBeGreaterThanOrEqual(20)
    expect(dropped?.['same-fact']).toBeGreaterThan(1)

    for (let stopAt = 1; stopAt < commitCount; stopAt += 3) {
      const bench = await openQuizBench({ documents })
      const quizId = bench.addQuiz(wish)
      const stop = new AbortController()
      const first = await bench.make(quizId, {
        signal: stop.signal,
        onCommit: (count) => {
          if (count === stopAt) stop.abort()
        },
      })
      expect(first.error).toBeDefined()
      expect(bench.quiz(quizId)?.status).toBe('making')
      const second = await bench.make(quizId, { cursor: first.cursor } as object)
      expect(second.result?.type).toBe('done')
      expect(bench.questions(quizId).map(content)).toEqual(expected)
      expect(bench.quiz(quizId)?.dropped).toEqual(dropped)
    }
  })

  it('shows each question as soon as it is made', async () => {
    const bench = await openQuizBench({ documents: ALL })
    const quizId = bench.addQuiz({ count: 6 })
    const seen: number[] = []
    await bench.make(quizId, { onCommit: () => seen.push(bench.questions(quizId).length) })
    expect(seen.filter((count, at) => count !== seen[at - 1])).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('says how many of how many when the text holds no more, with the test time to match', async () => {
    const bench = await openQuizBench({ documents: [GEOGRAPHY] })
    const quizId = bench.addQuiz({ count: 60 })
    const run = await bench.make(quizId)
    expect(run.result?.type).toBe('done')
    const made = bench.questions(quizId).length
    expect(made).toBeGreaterThanOrEqual(6)
    expect(made).toBeLessThan(60)
    expect(bench.quiz(quizId)).toMatchObject({
      status: 'ready',
      note: `${made} of 60: the rest of the text had no facts that pass the checks.`,
      durationMs: made * 72_000,
    })
  })

  it('fails with not-enough-material when there is nothing to ask', async () => {
    const documents = [
      { id: 'talk', pages: ['What do you think? We all like good stories, and you may like them too.'] },
    ]
    const bench = await openQuizBench({ documents })
    const quizId = bench.addQuiz()
    const run = await bench.make(quizId)
    expect(run.result).toMatchObject({ type: 'failed', error: { code: 'not-enough-material' } })
    expect(bench.quiz(quizId)).toMatchObject({ status: 'failed', note: expect.stringContaining('another style') })
  })

  it('repeats no question of an earlier quiz', async () => {
    const bench = await openQuizBench({ documents: ALL, embedder: wordEmbedder() })
    const quizzes = [1, 2, 3].map((seed) => bench.addQuiz({ count: 10, seed }))
    for (const quizId of quizzes) await bench.make(quizId)
    const all = quizzes.flatMap((quizId) => bench.questions(quizId))
    expect(all.length).toBeGreaterThan(15)
    const grams = all.map((question) => trigrams(askedText(question)))
    for (const [at, one] of grams.entries()) {
      for (const other of grams.slice(0, at)) expect(likeness(one, other)).toBeLessThan(0.75)
    }
    expect(all.every(({ vector, vectorModel }) => vector !== null && vectorModel?.includes('words'))).toBe(true)
  })

  it('keeps what is there when it is stopped or breaks off, and says so', async () => {
    const bench = await openQuizBench({ documents: ALL })
    const quizId = bench.addQuiz({ count: 10 })
    const stop = new AbortController()
    await bench.make(quizId, {
      signal: stop.signal,
      onCommit: (count) => {
        if (count === 4) stop.abort()
      },
    })
    const made = bench.questions(quizId).length
    bench.store.transaction((db) => bench.job.onAbandoned?.(db, { quizId }, { state: 'cancelled' }))
    expect(bench.quiz(quizId)).toMatchObject({
      status: 'cancelled',
      note: `${made} of 10: stopped.`,
      durationMs: made * 72_000,
    })
    bench.store.transaction((db) => bench.job.onAbandoned?.(db, { quizId }, { state: 'dead' }))
    expect(bench.quiz(quizId)?.status).toBe('ready')
    const empty = bench.addQuiz()
    bench.store.transaction((db) => bench.job.onAbandoned?.(db, { quizId: empty }, { state: 'dead' }))
    expect(bench.quiz(empty)?.status).toBe('failed')
  })

  it('ends quietly when the quiz was deleted while it waited', async () => {
    const bench = await openQuizBench({ documents: ALL })
    const run = await bench.make('gone' as never)
    expect(run.result).toEqual({ type: 'done' })
  })
})

describe('a quiz in Hindi', () => {
  it('asks in the language of its text', async () => {
    const text =
      'बलवंत राय मेहता समिति का गठन जनवरी 1957 में किया गया था। राजस्थान में 2 अक्टूबर 1959 को नागौर ज़िले में पंचायती राज का उद्घाटन हुआ। ' +
      'पंचायतों का कार्यकाल पाँच वर्ष का होता है। महिलाओं के लिए कम से कम एक-तिहाई स्थान आरक्षित होते हैं।'
    const bench = await openQuizBench({ documents: [{ id: 'hindi', pages: [text] }] })
    const quizId = bench.addQuiz({ count: 4 })
    await bench.make(quizId)
    const questions = bench.questions(quizId)
    expect(questions.length).toBeGreaterThanOrEqual(2)
    for (const { stem, explanation } of questions) {
      expect(stem).toMatch(/^निम्नलिखित/)
      expect(explanation).toMatch(/पृष्ठ 1/)
    }
  })
})

const chapters = corpusFile('ncert-polity', 'keps201.pdf')
  ? Array.from({ length: 10 }, (_, at) => corpusFile('ncert-polity', `keps${201 + at}.pdf`) ?? '')
  : undefined

describe('a quiz over a whole textbook', () => {
  it.skipIf(!chapters)('gives 60 sound questions from all ten chapters', async () => {
    const library = openImport({ embedder: undefined })
    const documentIds: string[] = []
    for (const path of chapters ?? []) {
      const documentId = await library.keep(path)
      expect((await library.run(documentId)).result?.type).toBe('done')
      documentIds.push(documentId)
    }
    const { store } = library.parts
    const bench = await openQuizBench({ store })
    const quizId = bench.addQuiz({ count: 60, of: documentIds, seed: 2026 })
    await bench.make(quizId)
    const questions = bench.questions(quizId)
    expect(questions).toHaveLength(60)
    expect(new Set(questions.map((question) => question.documentId)).size).toBe(10)
    for (const { documentId, pageNumber, quote, startOffset, endOffset, boxes } of questions) {
      const page = findPage(store.reader, documentId, pageNumber)
      expect(quoteOf(page?.text ?? '', startOffset, endOffset)).toBe(quote)
      expect(boxes.length).toBeGreaterThan(0)
    }
    const facts = questions.flatMap((question) => question.facts)
    expect(new Set(facts).size).toBe(facts.length)
    const grams = questions.map((question) => trigrams(askedText(question)))
    const copies = grams.filter((one, at) => grams.slice(0, at).some((other) => likeness(one, other) >= 0.75))
    expect(copies).toHaveLength(0)
    const places = [0, 1, 2, 3].map((place) => questions.filter(({ answerIndex }) => answerIndex === place).length)
    // 7.81 is chi-square for p = 0.05 with three degrees of freedom.
    expect(places.reduce((sum, count) => sum + (count - 15) ** 2 / 15, 0)).toBeLessThan(7.81)
    const termed = questions.filter(({ statements }) => statements.length === 0)
    const longest = termed.filter(({ options, answerIndex }) =>
      options.every((option, at) => at === answerIndex || option.length < (options[answerIndex] ?? '').length),
    )
    expect(longest.length).toBeLessThan(termed.length * 0.35)
  })
})
