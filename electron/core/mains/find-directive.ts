import { foldWord, wordsOf } from '../search/query-words.ts'
import type { DirectiveEntry } from './read-mains-data.ts'

/** What a question tells the candidate to do: the phrase of a directive in it, in the order directives are listed. */
export function findDirective(directives: readonly DirectiveEntry[], question: string): DirectiveEntry | undefined {
  const words = ` ${wordsOf(question)
    .map(({ folded }) => folded)
    .join(' ')} `
  return directives.find(({ phrases }) =>
    [...phrases.en, ...phrases.hi].some((phrase) => words.includes(` ${fold(phrase)} `)),
  )
}

/** A question without the words that only tell what to do. */
export function withoutDirective(directives: readonly DirectiveEntry[], question: string): string {
  const phrases = directives
    .flatMap(({ phrases: { en, hi } }) => [...en, ...hi])
    .filter((phrase) => !ASKING.has(phrase))
    .sort((a, b) => b.length - a.length)
  return phrases
    .reduce(
      (text, phrase) => text.replace(new RegExp(`(?<![\\p{L}\\p{M}])${phrase}(?![\\p{L}\\p{M}])`, 'giu'), ' '),
      question,
    )
    .replace(
      /(?<![\p{L}\p{M}])(?:with suitable examples|in your opinion|in about \d+ words|कीजिए|कीजिये|करें|दीजिए)(?![\p{L}\p{M}])/giu,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,?।])/g, '$1')
    .trim()
}

/** Common words that are a part of the matter, too. */
const ASKING = new Set(['how', 'what', 'why', 'account', 'list', 'contrast', 'क्या', 'क्यों', 'कैसे'])

function fold(phrase: string): string {
  return wordsOf(phrase)
    .map(({ text }) => foldWord(text))
    .join(' ')
}
