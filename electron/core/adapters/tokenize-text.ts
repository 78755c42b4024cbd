import { readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { modelUnusable } from './model-unusable.ts'

export interface TextTokenizer {
  /** Token ids with the model's special tokens, cut to `maxTokens`; a text that was cut still ends in the separator. */
  encode(text: string): number[]
  /** The tokens of `encode`, as the vocabulary writes them. */
  encodeTokens(text: string): { ids: number[]; tokens: string[] }
  /** Ids of parts one after the other, each cut to its count of tokens at its end (or begin), special tokens around each. */
  encodeParts(parts: readonly TextPart[]): number[]
  /** Special tokens before and after a text's own. */
  readonly around: { before: number; after: number }
  /** Tokens of the text alone, uncut and without special tokens. */
  count(text: string): number
  /** Most tokens a text may have before `encode` cuts it. */
  readonly maxTextTokens: number
}

/** A text of which only the first tokens count, or the last. */
export interface TextPart {
  text: string
  most: number
  keep: 'start' | 'end'
}

/**
 * The tokenizer of a tokenizer.json, in plain JavaScript on the calling thread.
 * `maxTokens` counts the special tokens too.
 * Throws StudyError `embedding-model-missing` when the file is absent or damaged.
 */
export function openTextTokenizer(tokenizerPath: string, maxTokens: number): TextTokenizer {
  const tokenizer = loadTokenizer(tokenizerPath)
  const specialIds = tokenizer.encode('').ids
  // The last special token follows the text ([SEP], </s>); a lone one comes before it and nothing follows.
  const separator = specialIds.length > 1 ? specialIds.at(-1) : undefined

  // tokenizer.json's own truncation is not applied by the library, and a plain cut would lose the separator.
  const cut = <T>(all: T[], last: T | undefined): T[] =>
    last === undefined ? all.slice(0, maxTokens) : [...all.slice(0, maxTokens - 1), last]

  return {
    maxTextTokens: maxTokens - specialIds.length,
    around: { before: specialIds.length > 0 ? 1 : 0, after: specialIds.length > 1 ? 1 : 0 },
    encode(text) {
      const { ids } = tokenizer.encode(text)
      return ids.length <= maxTokens ? ids : cut(ids, separator)
    },
    encodeTokens(text) {
      const { ids, tokens } = tokenizer.encode(text)
      if (ids.length <= maxTokens) return { ids, tokens }
      return { ids: cut(ids, separator), tokens: cut(tokens, separator === undefined ? undefined : tokens.at(-1)) }
    },
    encodeParts(parts) {
      const own = parts.flatMap(({ text, most, keep }) => {
        const { ids } = tokenizer.encode(text, { add_special_tokens: false })
        const kept = keep === 'start' ? ids.slice(0, most) : ids.slice(-most)
        return [...kept, ...specialIds.slice(1)]
      })
      return [...specialIds.slice(0, 1), ...own].slice(0, maxTokens)
    },
    count: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length,
  }
}

function loadTokenizer(path: string): Tokenizer {
  try {
    return new Tokenizer(JSON.parse(readFileSync(path, 'utf8')), {})
  } catch (cause) {
    throw modelUnusable(`${path} cannot be read as a tokenizer`, cause)
  }
}
