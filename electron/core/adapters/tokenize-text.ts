import { readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { modelUnusable } from './read-model-folder.ts'

export interface TextTokenizer {
  /** Token ids with the model's special tokens, cut to `maxTokens`; a text that was cut still ends in the separator. */
  encode(text: string): number[]
  /** Tokens of the text alone, uncut and without special tokens. */
  count(text: string): number
  /** Most tokens a text may have before `encode` cuts it. */
  readonly maxTextTokens: number
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

  return {
    maxTextTokens: maxTokens - specialIds.length,
    encode(text) {
      const { ids } = tokenizer.encode(text)
      if (ids.length <= maxTokens) return ids
      // tokenizer.json's own truncation is not applied by the library, and a plain cut would lose the separator.
      return separator === undefined ? ids.slice(0, maxTokens) : [...ids.slice(0, maxTokens - 1), separator]
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
