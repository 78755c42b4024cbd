import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeOllamaModel } from '../adapters/ollama.ts'
import { findPage } from '../store/pages.rows.ts'
import { readQuestionSources } from '../store/quizzes.rows.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openQuizBench } from '../testing/quiz-bench.ts'
import { type ChatBody, startScriptedOllama } from '../testing/scripted-ollama.ts'
import type { SeedDocument } from '../testing/seed-library.ts'
import { quoteOf } from './quiz-text.ts'

/** Two pages with matter for every style: dated events, meanings, and a reason. */
const RULES_OF_THE_HOUSE: SeedDocument = {
  id: 'house',
  title: 'Rules of the House',
  pages: [
    {
      heading: 'Sittings',
      text: 'The Simon Commission came to India in 1928. The Rowlatt Act was passed by the Council in 1919. The Government of India Act was passed in 1935. The Constitution of India was adopted in 1949. A quorum is the least number of members who must be present. A whip is an order to members of a party to vote. A prorogation is the end of a session of a House. An ordinance is a law made by the executive between two sessions. The morning session was put off because the members of the House were not present.',
    },
    {
      heading: 'Elections',
      text: 'The first general election was held by the Commission in 1952. The voting age was lowered by an amendment in 1989. The States were reorganised on the lines of language in 1956. The Panchayats were given a place in the Constitution in 1993. A delimitation is the drawing of the boundaries of constituencies. A manifesto is a promise of a party to the voters. A by-election is a vote held to fill a single seat. An electorate is the body of persons who may vote. The polling station was closed early because the voters of the village had left.',
    },
  ],
}

const sentencesIn = (passage: string) => passage.split(/(?<=\.) /)
const passageOf = (prompt: string) => /PASSAGE\n(.*?)\n\n/s.exec(prompt)?.[1] ?? ''
const withYear = (sentences: readonly string[]) => sentences.filter((sentence) => /\d{4}\.$/.test(sentence))
const anotherYear = (sentence: string) => sentence.replace(/\d{4}/, (year) => String(+year - 11))
const meanings = (sentences: readonly string[]) =>
  sentences.flatMap((quote) => {
    const { left, right } = /^An? (?<left>[a-z-]+) is (?<right>.+)\.$/.exec(quote)?.groups ?? {}
    return left && right ? [{ quote, left, right }] : []
  })

/** Writes what the format asks for, by the passage alone: never which option is right. */
function write({ messages = [], format }: ChatBody): object {
  const prompt = messages[1]?.content ?? ''
  const sentences = sentencesIn(passageOf(prompt))
  const { properties } = format as { properties: Record<string, { minItems?: number }> }
  const countOf = (field: string) => properties[field]?.minItems ?? 0
  const explanation = 'So the text says.'
  if (properties.events) {
    const dated = withYear(sentences).slice(0, countOf('events'))
    return {
      evidence_quotes: dated,
      events: dated.map((text) => ({ event: text.replace(/ in \d{4}/, ''), year: /\d{4}/.exec(text)?.[0] })),
    }
  }
  if (properties.pairs) {
    const pairs = meanings(sentences).slice(0, countOf('pairs'))
    return {
      evidence_quotes: pairs.map(({ quote }) => quote),
      pairs: pairs.map(({ left, right }) => ({ left, right })),
    }
  }
  if (properties.reasons) {
    const quote = sentences.find((sentence) => sentence.includes(' because ')) ?? ''
    const [statement = '', reason = ''] = quote.split(' because ')
    const others = withYear(sentences).slice(0, countOf('correct_statements') + countOf('wrong_statements'))
    return {
      ...(properties.evidence_quotes ? { evidence_quotes: [quote, ...others] } : { evidence_quote: quote }),
      statement: `${statement}.`,
      reasons: (countOf('reasons') === 1 ? [reason] : reason.split(' and ')).map((each) => each.replace(/\.?$/, '.')),
      ...(properties.correct_statements ? { correct_statements: others } : {}),
      ...(properties.wrong_statements ? { wrong_statements: others.map(anotherYear) } : {}),
      explanation,
    }
  }
  if (properties.correct_statements || properties.wrong_statements) {
    const [trueCount, falseCount] = [countOf('correct_statements'), countOf('wrong_statements')]
    const dated = withYear(sentences)
    const used = dated.slice(0, trueCount + falseCount)
    const [first = '', last = ''] = [used[0], used.at(-1)]
    const passage = passageOf(prompt)
    return {
      ...(properties.evidence_quotes
        ? { evidence_quotes: used }
        : { evidence_quote: passage.slice(passage.indexOf(first), passage.indexOf(last) + last.length) }),
      ...(trueCount > 0 ? { correct_statements: used.slice(0, trueCount) } : {}),
      ...(falseCount > 0 ? { wrong_statements: used.slice(trueCount).map(anotherYear) } : {}),
      explanation,
    }
  }
  const [fact] = withYear(sentences)
  return {
    evidence_quote: fact,
    question: `${fact?.replace(/ in \d{4}\./, '')} in which one of the following years?`,
    correct: /\d{4}/.exec(fact ?? '')?.[0],
    distractors: ['1905', '1911', '1942', '1947'].slice(0, countOf('distractors')),
    explanation,
  }
}

/** Answers a question from the passage as a careful reader does. */
function answer({ messages = [] }: ChatBody): object {
  const prompt = messages[1]?.content ?? ''
  const passage = passageOf(prompt)
  const asked = prompt.slice(prompt.indexOf('QUESTION'))
  const options = [...asked.matchAll(/^([A-E])\) (.*)$/gm)].map(([, letter, text = '']) => ({ letter, text }))
  const items = [...asked.matchAll(/^\d\. (.*)$/gm)].map(([, text = '']) => text)
  const right = options.find(({ text }) => isRight(text))
  return { answer: right?.letter ?? 'A' }

  function isTrue(item: string): boolean {
    const [left, half] = item.split(' : ')
    if (half) {
      const said = `${left} ${half}`.toLowerCase()
      return meanings(sentencesIn(passage)).some((pair) => `${pair.left} ${pair.right}`.toLowerCase() === said)
    }
    const bare = item.replace(/\.$/, '').toLowerCase()
    return passage.toLowerCase().includes(bare)
  }
  function isRight(option: string): boolean {
    const truths = items.map(isTrue)
    if (/^\d( – \d)+$/.test(option)) {
      const years = items.map((item) => Number(new RegExp(`${item} in (\\d{4})`).exec(passage)?.[1]))
      const order = option.split(' – ').map((number) => years[Number(number) - 1] ?? 0)
      return order.every((year, at) => at === 0 || year > (order[at - 1] ?? 0))
    }
    if (items.length === 2 && /Statement-I|\(A\)/.test(option)) {
      const [one, two] = truths
      const [first = '', second = ''] = items.map((item) => item.replace(/\.$/, ''))
      const isTold = passage.toLowerCase().includes(`${first} because ${second}`.toLowerCase())
      if (/^Both .* (?:but|not)/.test(option) || /is not the correct/.test(option)) return !!one && !!two && !isTold
      if (/^Both/.test(option)) return !!one && !!two && isTold
      if (/^Neither/.test(option)) return !one && !two
      const firstIsSo = /^(?:Statement-I is correct|\(A\) is true)/.test(option)
      return firstIsSo ? !!one && !two : !one && !!two
    }
    if (items.length === 3 && /Statement I\b/.test(option)) {
      const [claim = '', ...later] = items.map((item) => item.replace(/\.$/, '').toLowerCase())
      const told = sentencesIn(passage.toLowerCase()).filter((sentence) => sentence.startsWith(`${claim} because `))
      const explaining = later.filter((item) => told.some((sentence) => sentence.includes(item))).length
      const trueCount = later.filter(isTrue).length
      if (/both of them explain/.test(option)) return trueCount === 2 && explaining === 2
      if (/only one of them explains/.test(option)) return trueCount === 2 && explaining === 1
      if (/^Only one/.test(option)) return trueCount === 1 && explaining === 1
      return /^Neither/.test(option) && trueCount === 0
    }
    if (items.length > 0) {
      const numbers = (option.match(/\d/g) ?? []).map(Number)
      const count = { one: 1, two: 2, three: 3, four: 4 }[
        /\b(one|two|three|four)\b/i.exec(option)?.[1]?.toLowerCase() ?? ''
      ]
      if (/^None/.test(option)) return !truths.includes(true)
      if (count !== undefined) return truths.filter(Boolean).length === count
      if (/^Neither/.test(option)) return !truths.includes(true)
      return truths.every((truth, at) => truth === numbers.includes(at + 1))
    }
    // Four statements of which one is wrong, or a year.
    if (/\.$/.test(option)) return !isTrue(option)
    return passage.includes(`${/QUESTION\n(.*?) in which/.exec(asked)?.[1]} in ${option}`)
  }
}

async function openModel(
  spoil: (reply: object, call: number) => object = (reply) => reply,
  documents: SeedDocument[] = [RULES_OF_THE_HOUSE],
) {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  let calls = 0
  server.script({
    tokens: (body) => {
      const isTest = body.messages?.[1]?.content.includes('\nQUESTION\n') ?? false
      const reply = JSON.stringify(isTest ? answer(body) : spoil(write(body), ++calls))
      return reply.match(/.{1,9}/gs) ?? []
    },
  })
  const settings = () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url })
  const bench = await openQuizBench({
    documents,
    model: makeOllamaModel({ settings, clock: manualClock() }),
  })
  const written = () => server.calls.filter(({ body }) => !body.messages?.[1]?.content.includes('\nQUESTION\n'))
  return { server, bench, written }
}

describe('a model over HTTP', () => {
  it.each([
    ['direct', 'upsc-gs1'],
    ['statements', 'upsc-gs1'],
    ['how-many', 'upsc-gs1'],
    ['negative', 'upsc-gs1'],
    ['pairs', 'upsc-gs1'],
    ['two-statements', 'upsc-gs1'],
    ['three-statements', 'upsc-gs1'],
    ['chronology', 'upsc-gs1'],
    ['assertion-reason', 'bpsc-prelims'],
    ['pairs', 'hpsc-prelims'],
    ['chronology', 'hpsc-prelims'],
  ])('writes questions of the style %s, for %s', async (style, examId) => {
    const { bench, written } = await openModel()
    const quizId = bench.addQuiz({ style, examId, engine: 'ollama', count: 2 })
    const run = await bench.make(quizId)
    expect(run.error).toBeUndefined()
    // Where a page has too few pairs the rules may have made the second one.
    const questions = bench.questions(quizId).filter(({ engine }) => engine === 'ollama')
    expect(questions.length).toBeGreaterThan(0)
    const others = readQuestionSources(bench.store.reader, quizId)
    for (const question of questions) {
      expect(question).toMatchObject({ style, engine: 'ollama' })
      expect(question.options).toHaveLength(examId === 'hpsc-prelims' ? 5 : 4)
      // Every quote is verbatim on its page.
      for (const source of [question, ...(others.get(question.id) ?? [])]) {
        const page = findPage(bench.store.reader, source.documentId, source.pageNumber)
        expect(quoteOf(page?.text ?? '', source.startOffset, source.endOffset)).toBe(source.quote)
      }
    }
    for (const { body } of written()) {
      const fields = Object.keys((body.format as { properties: object }).properties)
      // Evidence first, and nothing that says which option is right.
      expect(fields[0]).toMatch(/^evidence_quotes?$/)
      expect(JSON.stringify(body.format)).not.toMatch(/answer|index|letter|"key"|integer|boolean/)
      expect(body).toMatchObject({ stream: true, truncate: false, shift: false })
    }
  })

  it('ties two statements where the text says because, and not where it does not', async () => {
    const { bench } = await openModel()
    const quizId = bench.addQuiz({ style: 'two-statements', engine: 'ollama', count: 6 })
    await bench.make(quizId)
    const both = bench.questions(quizId).filter(({ answerIndex, engine }) => answerIndex < 2 && engine === 'ollama')
    expect(both.length).toBeGreaterThan(0)
    for (const { quote, answerIndex } of both) expect(/\bbecause\b/.test(quote)).toBe(answerIndex === 0)
  })

  it('asks for one reason or two of a statement, and for what does not explain it', async () => {
    const pages = [
      'A bridge over the Betwa was built by the railway near Lalitpur in 1889. The Rajghat Dam was opened for irrigation by the minister in 2006. Lalitpur became a district of Uttar Pradesh in 1974. The hospital for women was founded by a mission in 1890. The ferry across the Betwa was closed because the railway carried passengers and the crossing was blocked by the dam.',
      'Cotton mills were set up at Kota by merchants in 1913. A nuclear power station began to work at Rawatbhata in 1973. The fort of Gagron was taken by Akbar in 1561. The palace was turned into a museum by the Maharao in 1970. Weavers of Kaithun moved away because cheap cloth was sold by the mills and silk yarn was taxed heavily.',
      'Iron ore was first mined around Bellary by an English firm in 1907. Vijayanagara fell to the Deccan sultans in 1565. The steel plant of Toranagallu was commissioned in 1997. Hampi was listed as a heritage of the world in 1986. Farmers of Sandur left their fields because dust was blown over the crops and wells were drained by mining.',
      'Rice research was begun at Cuttack under the government in 1946. The old port of Paradip was rebuilt for large ships in 1966. A cyclone struck the coast of Odisha in 1999. Chilika was declared a protected wetland in 1981. Fishermen of Satapada sold their boats because the mouth of the lagoon was choked by silt and prawns were reared by contractors.',
    ].map((text, at) => ({ heading: `Part ${at + 1}`, text }))
    const { bench, written } = await openModel(undefined, [{ id: 'towns', title: 'Towns', pages }])
    const quizId = bench.addQuiz({ style: 'three-statements', engine: 'ollama', count: 4 })
    await bench.make(quizId)
    const questions = bench.questions(quizId).filter(({ engine }) => engine === 'ollama')
    expect(new Set(questions.map(({ answerIndex }) => answerIndex)).size).toBe(questions.length)
    expect(questions.length).toBeGreaterThanOrEqual(3)
    const reasonCounts = written().map(({ body }) => {
      const { properties } = body.format as { properties: { reasons?: { minItems: number } } }
      return properties.reasons?.minItems ?? 0
    })
    expect([...new Set(reasonCounts)].sort()).toEqual([0, 1, 2])
    for (const { quote, answerIndex } of questions) expect(quote.includes(' because ')).toBe(answerIndex < 3)
  })

  it('puts a wrong right half into a pair itself, taken from another true pair', async () => {
    const { bench } = await openModel()
    const quizId = bench.addQuiz({ style: 'pairs', engine: 'ollama', count: 2 })
    await bench.make(quizId)
    const text = RULES_OF_THE_HOUSE.pages.map((page) => (typeof page === 'string' ? page : page.text)).join(' ')
    const halves = meanings(sentencesIn(text)).map(({ right }) => right)
    for (const { statements } of bench.questions(quizId)) {
      const rights = statements.map((pair) => pair.split(' : ')[1] ?? '')
      expect(rights.every((right) => halves.includes(right.charAt(0).toLowerCase() + right.slice(1)))).toBe(true)
      expect(new Set(rights).size).toBe(rights.length)
    }
  })

  it('is told once what is wrong with its pairs, and mends them', async () => {
    const { bench, written } = await openModel((reply, call) =>
      call === 1 && 'pairs' in reply
        ? { ...reply, pairs: (reply.pairs as object[]).map((pair) => ({ ...pair, right: 'the same' })) }
        : reply,
    )
    const quizId = bench.addQuiz({ style: 'pairs', engine: 'ollama', count: 1 })
    await bench.make(quizId)
    expect(written()[1]?.body.messages?.at(-1)?.content).toContain('none may stand twice')
    expect(bench.questions(quizId)).toMatchObject([{ engine: 'ollama' }])
  })

  it('has a wrong year dropped and counted, and the rules take the style over', async () => {
    const { bench } = await openModel((reply) =>
      'events' in reply
        ? {
            ...reply,
            events: (reply.events as { year: string }[]).map((event) => ({ ...event, year: String(+event.year + 1) })),
          }
        : reply,
    )
    const quizId = bench.addQuiz({ style: 'chronology', engine: 'ollama', count: 1 })
    await bench.make(quizId)
    expect(bench.quiz(quizId)?.dropped.unsupported).toBeGreaterThan(0)
    expect(bench.questions(quizId).every(({ engine }) => engine === 'rules')).toBe(true)
  })

  it('writes no hard question where easy ones are wished', async () => {
    const { bench, written } = await openModel()
    const quizId = bench.addQuiz({ style: 'mixed', engine: 'ollama', count: 2, difficulty: 'easy' })
    await bench.make(quizId)
    expect(bench.questions(quizId).map(({ difficulty }) => difficulty)).toEqual(['easy', 'easy'])
    expect(written().every(({ body }) => 'correct' in (body.format as { properties: object }).properties)).toBe(true)
  })
})
