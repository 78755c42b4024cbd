import { describe, expect, it } from 'vitest'
import { sourcesOf } from '#contract/quiz.ts'
import { findPage } from '../store/pages.rows.ts'
import { openQuizBench, SHIPPED_EXAMS } from '../testing/quiz-bench.ts'
import type { SeedDocument } from '../testing/seed-library.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '../testing/study-prose.ts'
import { quoteOf } from './quiz-text.ts'
import { readWholeQuestions } from './to-quiz.ts'

const REASONS = {
  id: 'reasons',
  pages: [
    'The Rajya Sabha is called a permanent house because the Rajya Sabha is never dissolved by the President. ' +
      'The Lok Sabha controls the executive because the Council of Ministers is collectively responsible to the Lok Sabha. ' +
      'A money bill can be introduced only in the Lok Sabha. The Vice-President acts as the chairman of the Rajya Sabha. ' +
      'Members of the Rajya Sabha are elected for a term of six years. ' +
      'The Lok Sabha is directly elected by the people for a term of five years. ' +
      'The Speaker of the Lok Sabha presides over the joint sitting of both Houses of Parliament.',
  ],
}
/** A sentence with two reasons, and enough beside it for every key. */
const TWO_REASONS = {
  id: 'two-reasons',
  pages: [
    'The Rajya Sabha is called a permanent house because the Rajya Sabha is never dissolved by the President and has members of three elections. ' +
      'A money bill can be introduced only in the Lok Sabha. The Vice-President acts as the chairman of the Rajya Sabha. ' +
      'The Rajya Sabha was first constituted by the President in the year 1952. ' +
      'Members of the Rajya Sabha are elected for a term of six years. ' +
      'The Lok Sabha is directly elected by the people for a term of five years.',
    'The Speaker of the Lok Sabha presides over the joint sitting of both Houses of Parliament. ' +
      'The Rajya Sabha has 250 members, of whom the President nominates 12 members.',
  ],
}
const ALL = [POLITY, GEOGRAPHY, HISTORY, REASONS]

async function make(
  style: string,
  { documents = ALL, ...options }: { documents?: SeedDocument[]; examId?: string; count?: number } = {},
) {
  const bench = await openQuizBench({ documents })
  const quizId = bench.addQuiz({ style, count: options.count ?? 12, ...options })
  await bench.make(quizId)
  const questions = readWholeQuestions(bench.store.reader, quizId)
  for (const question of questions) {
    expect(question.source).toBeDefined()
    for (const { documentId, page, startOffset, endOffset, quote } of sourcesOf(question)) {
      const text = findPage(bench.store.reader, documentId, page)?.text ?? ''
      expect(quoteOf(text, startOffset, endOffset)).toBe(quote)
    }
  }
  expect(questions.length).toBeGreaterThan(0)
  return questions
}

const keyOf = ({ options, answerIndex }: { options: string[]; answerIndex: number }) => options[answerIndex]

describe('a question of each shape', () => {
  it('asks how many statements are correct', async () => {
    for (const question of await make('how-many')) {
      const wrong = question.explanation.match(/Statement \d is wrong/g)?.length ?? 0
      const right = question.statements.length - wrong
      const names = [
        'None',
        'Only one',
        'Only two',
        question.statements.length === 3 ? 'All three' : 'Only three',
        'All four',
      ]
      expect(keyOf(question)).toBe(names[right])
    }
  })

  it('asks which statement is not correct, and only that one was changed', async () => {
    for (const question of await make('negative')) {
      const quotes = sourcesOf(question).map(({ quote }) => quote)
      const verbatim = question.options.filter((option) => quotes.some((quote) => quote.includes(option)))
      expect(verbatim).not.toContain(keyOf(question))
      expect(question.stem).toContain('not correct')
    }
  })

  it('pairs events with years and terms with meanings, and calls a pair right only where the text has it', async () => {
    for (const question of await make('pairs')) {
      const quotes = sourcesOf(question).map(({ quote }) => quote)
      const right = question.statements.filter((pair) => {
        const words = pair.toLowerCase().replace(' : ', ' ').split(' ')
        return quotes.some((quote) => words.every((word) => quote.toLowerCase().includes(word)))
      })
      const told = question.explanation.match(/Pair \d is correctly/g)?.length ?? 0
      expect(right).toHaveLength(told)
    }
  })

  it('puts dated events into order', async () => {
    for (const question of await make('chronology')) {
      const years = [...question.explanation.matchAll(/\d: (\d{4})/g)].map((match) => Number(match[1]))
      const order = (keyOf(question)?.match(/\d/g) ?? []).map((item) => years[Number(item) - 1] ?? 0)
      expect(order).toHaveLength(4)
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      for (const statement of question.statements) expect(statement).not.toMatch(/\d{4}/)
    }
  })

  it('calls a statement the explanation of another only where the text says because', async () => {
    const questions = await make('two-statements', { count: 20 })
    const explained = questions.filter((question) => /and Statement-II explains/.test(keyOf(question) ?? ''))
    expect(explained.length).toBeGreaterThan(0)
    for (const { source, labels } of explained) {
      expect(source?.quote).toContain(' because ')
      expect(labels).toEqual(['Statement-I:', 'Statement-II:'])
    }
  })

  it('calls two statements the explanation of a third where the text tells two reasons', async () => {
    const questions = await make('three-statements', { documents: [...ALL, TWO_REASONS], count: 20 })
    const both = questions.filter((question) => /both of them explain/.test(keyOf(question) ?? ''))
    expect(both.map(({ statements: [claim, ...reasons] }) => [claim, reasons.toSorted()])).toEqual([
      [
        'The Rajya Sabha is called a permanent house.',
        ['The Rajya Sabha has members of three elections.', 'The Rajya Sabha is never dissolved by the President.'],
      ],
    ])
    for (const { explanation } of both)
      expect(explanation).toMatch(/gives Statement II and Statement III as reasons of/)
  })

  it('calls one statement or none of two correct as it has changed them', async () => {
    const questions = await make('three-statements', { count: 20 })
    const keys = new Set(questions.map(({ answerIndex }) => answerIndex))
    expect([...keys].sort()).toEqual([1, 2, 3])
    for (const question of questions) {
      const { explanation, answerIndex, labels, statements } = question
      expect(labels).toEqual(['Statement I:', 'Statement II:', 'Statement III:'])
      expect(statements).toHaveLength(3)
      expect(explanation).toContain('Statement I is correct')
      expect(explanation.match(/is wrong: it says/g) ?? []).toHaveLength(Math.max(0, answerIndex - 1))
      expect(explanation.match(/as the reason of Statement I:/g) ?? []).toHaveLength(answerIndex === 3 ? 0 : 1)
    }
  })

  it('has the options of the exam: five where its paper prints five', async () => {
    expect(SHIPPED_EXAMS.get('hpsc-prelims')?.optionCount).toBe(5)
    for (const style of ['cloze', 'statements', 'how-many', 'assertion-reason', 'three-statements', 'mixed']) {
      for (const question of await make(style, { examId: 'hpsc-prelims', count: 5 })) {
        expect(question.options).toHaveLength(5)
        expect(new Set(question.options).size).toBe(5)
      }
    }
  })
})

describe('shapes in Hindi', () => {
  it('ask in the words of a Hindi paper', async () => {
    const text =
      'बलवंत राय मेहता समिति का गठन जनवरी 1957 में किया गया था। राजस्थान में 2 अक्टूबर 1959 को नागौर ज़िले में पंचायती राज का उद्घाटन हुआ। ' +
      'पंचायतों का कार्यकाल पाँच वर्ष का होता है। महिलाओं के लिए कम से कम एक-तिहाई स्थान आरक्षित होते हैं। ' +
      'संविधान सभा की पहली बैठक दिसंबर 1946 में दिल्ली में हुई। अशोक मेहता समिति का गठन दिसंबर 1977 में जनता सरकार द्वारा किया गया था।'
    const bench = await openQuizBench({ documents: [{ id: 'hindi', pages: [text] }] })
    for (const [style, words] of [
      ['how-many', 'उपर्युक्त कथनों में से कितने सही हैं?'],
      ['chronology', 'सही कालक्रम'],
    ] as const) {
      const quizId = bench.addQuiz({ style, count: 2 })
      await bench.make(quizId)
      const [question] = bench.questions(quizId)
      expect(question?.prompt).toContain(words)
      bench.store.transaction((db) => db.$client.exec('DELETE FROM quizzes'))
    }
  })

  it('say which of two statements explains the first', async () => {
    const text =
      'राज्यसभा को संसद का स्थायी सदन कहा जाता है क्योंकि राष्ट्रपति राज्यसभा को कभी भंग नहीं कर सकता है। ' +
      'लोकसभा के सदस्य पाँच वर्ष के लिए चुने जाते हैं। लोकसभा का अध्यक्ष संयुक्त बैठक की अध्यक्षता करता है। ' +
      'उपराष्ट्रपति राज्यसभा का पदेन सभापति होता है। राज्यसभा के सदस्य छह वर्ष के लिए चुने जाते हैं। ' +
      'राज्यसभा संसद का सदन है और राज्यसभा में 250 सदस्य होते हैं। राज्यसभा का गठन 1952 में हुआ था।'
    const bench = await openQuizBench({ documents: [{ id: 'hindi', pages: [text] }] })
    const quizId = bench.addQuiz({ style: 'three-statements', count: 4 })
    await bench.make(quizId)
    const explained = bench.questions(quizId).filter(({ answerIndex }) => answerIndex < 3)
    expect(explained.length).toBeGreaterThan(0)
    for (const { labels, explanation, statements } of explained) {
      expect(labels).toEqual(['कथन I:', 'कथन II:', 'कथन III:'])
      expect(statements[0]).toBe('राज्यसभा को संसद का स्थायी सदन कहा जाता है।')
      expect(explanation).toMatch(/पाठ में कथन III? को कथन I का कारण बताया गया है/)
    }
  })
})
