import type { ChatMessage } from '../ports.ts'

/**
 * About how many tokens a model makes of a text, on the safe side: small models'
 * tokenizers take about four Latin letters a token, and less than two of Devanagari.
 */
export function countTokens(text: string): number {
  const devanagari = text.match(/[\u0900-\u097f]/g)?.length ?? 0
  return Math.ceil(devanagari / 1.5 + (text.length - devanagari) / 3.6)
}

/** Of a whole prompt, with the few that mark each message. */
export function countPromptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + countTokens(content) + 4, 0)
}
