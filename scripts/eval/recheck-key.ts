import { PAIR_MARK, type Question, sourcesOf } from '#contract/quiz.ts'
import { holdsOf } from '#core/quiz/arrange-codes.ts'
import type { Code, QuestionStyles } from '#core/quiz/question-styles.ts'

/**
 * Whether the quotes of a question bear its key out, told anew from what is printed, by other means than the
 * checker has: word sequences against the quote's sentences, and years read from them.
 */
export function isKeySupported(question: Question, styles: QuestionStyles): boolean {
  const quotes = sourcesOf(question).map(({ quote }) => quote)
  const style = styles.get(question.style)
  const key = question.options[question.answerIndex] ?? ''
  if (style?.shape === 'chronology') return isOrder(question.statements, key, quotes)
  if (style && 'layouts' in style && question.statements.length > 0) {
    const code = style.layouts
      .filter(({ items }) => items === question.statements.length)
      .flatMap(({ options }) => options)
      .find(({ en, hi }) => en === key || hi === key)?.when
    return (
      code !== undefined &&
      fits(
        code,
        question.statements.map((statement) => isSaid(statement, quotes)),
      )
    )
  }
  if (style?.shape === 'odd-statement') {
    return question.options.every((option, at) => isSaid(option, quotes) !== (at === question.answerIndex))
  }
  const quoted = new Set(quotes.flatMap(wordsOf))
  return wordsOf(key).every((word) => quoted.has(word))
}

function fits(code: Code, said: readonly boolean[]): boolean {
  if ('count' in code) return said.filter(Boolean).length === code.count
  if ('true' in code) return said.every((each, at) => each === code.true.includes(at + 1))
  return holdsOf(code, said)
}

/** Share of two-word sequences that a true statement has of one sentence; a pronoun may be its name, an opening gone. */
const LEAST_OF_TRUE = 0.7

function isSaid(statement: string, quotes: readonly string[]): boolean {
  const [left, right] = statement.split(PAIR_MARK)
  if (left && right) {
    return quotes.some((quote) => {
      const words = new Set(wordsOf(quote))
      return [left, right].every((half) => wordsOf(half).every((word) => words.has(word)))
    })
  }
  const own = wordsOf(statement)
  const pairs = sequences(own)
  return quotes.some((quote) =>
    quote.split(/(?<=[.!?।;])\s+/).some((sentence) => {
      const theirs = wordsOf(sentence)
      const known = sequences(theirs)
      const kept = [...pairs].filter((pair) => known.has(pair)).length
      if (kept / Math.max(1, pairs.size) < LEAST_OF_TRUE) return false
      // One word put for another breaks two sequences in the middle; what a changed fact leaves is not the sentence.
      const inside = own.slice(firstKept(own, known), lastKept(own, known) + 2)
      return ` ${theirs.join(' ')} `.includes(` ${inside.join(' ')} `) && own.length - inside.length <= 6
        ? isOpeningOf(own, inside, quote)
        : false
    }),
  )
}

/** What stands before and after the unbroken part must be in the quote too: a name in place of a pronoun is. */
function isOpeningOf(own: readonly string[], inside: readonly string[], quote: string): boolean {
  const words = new Set(wordsOf(quote))
  const at = own.join(' ').indexOf(inside.join(' '))
  const rest = `${own.join(' ').slice(0, at)} ${own.join(' ').slice(at + inside.join(' ').length)}`
  return wordsOf(rest).every((word) => words.has(word))
}

const firstKept = (own: readonly string[], known: ReadonlySet<string>) =>
  Math.max(
    0,
    own.findIndex((word, at) => known.has(`${word} ${own[at + 1]}`)),
  )
const lastKept = (own: readonly string[], known: ReadonlySet<string>) =>
  own.findLastIndex((word, at) => known.has(`${word} ${own[at + 1]}`))

function isOrder(statements: readonly string[], key: string, quotes: readonly string[]): boolean {
  const years = statements.map((statement) => {
    const own = new Set(wordsOf(statement))
    const [best] = quotes
      .flatMap((quote) => quote.split(/(?<=[.!?।])\s+/))
      .filter((sentence) => /\d{4}/.test(sentence))
      .map((sentence) => ({ sentence, shared: wordsOf(sentence).filter((word) => own.has(word)).length }))
      .sort((a, b) => b.shared - a.shared)
    return Number(/\d{4}/.exec(best?.sentence ?? '')?.[0])
  })
  const order = (key.match(/\d+/g) ?? []).map((number) => years[Number(number) - 1] ?? Number.NaN)
  return order.length === statements.length && order.every((year, at) => at === 0 || year > (order[at - 1] ?? 0))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

function sequences(words: readonly string[]): Set<string> {
  return new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`))
}
