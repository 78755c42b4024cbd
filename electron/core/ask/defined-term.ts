import { wordsOf } from '../search/query-words.ts'

const DEFINED =
  /^(?:An?|The)?\s*(?<term>\p{L}[\p{L}\p{M}’'-]*(?: \p{L}[\p{L}\p{M}’'-]*){0,3}?) (?:means|refers to|is (?:defined as|known as|called|the|an?)\b|implies|denotes)/u
const NAMED =
  /(?:is|are) (?:called|known as|termed) (?:the |an? )?[‘“"']?(?<term>\p{L}[\p{L}\p{M}-]*(?: \p{L}[\p{L}\p{M}-]*){0,3})[’”"']?[.,;]/u
const HINDI_NAMED = /(?:को|इसे|उसे)\s+(?<term>[\p{L}\p{M}]+(?: [\p{L}\p{M}]+){0,2}) (?:कहते|कहा जाता)/u

/** The term that a sentence says the meaning of. */
export function definedTerm(quote: string): { start: number; end: number } | undefined {
  const match = NAMED.exec(quote) ?? HINDI_NAMED.exec(quote) ?? DEFINED.exec(quote)
  const term = match?.groups?.term
  if (!match || !term || wordsOf(term).every(({ stop }) => stop)) return undefined
  const start = match.index + match[0].indexOf(term)
  return { start, end: start + term.length }
}
