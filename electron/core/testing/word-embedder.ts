import { packTokenVectors } from '../embedding/token-vectors.ts'
import { fnvHash } from '../ops/fnv-hash.ts'
import type { Embedder } from '../ports.ts'

/**
 * An Embedder that needs no model: each word adds a direction of its own, so texts
 * are near when they share words. The same text has the same vector everywhere.
 */
export function wordEmbedder(dimension = 64): Embedder {
  return {
    identity: { name: 'words', weightsHash: 'none', dimension, prompt: '' },
    embed: async (texts) => texts.map((text) => wordVector(text, dimension)),
    close: async () => {},
  }
}

/** The same with a token a word, as the model that ships gives them. */
export function tokenEmbedder(dimension = 64): Embedder {
  const tokensOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? ['']
  const rowsOf = (words: readonly string[]) =>
    Float32Array.from(words.flatMap((word) => [...wordVector(word, dimension)]))
  return {
    ...wordEmbedder(dimension),
    embedPassages: async (texts) =>
      texts.map((text) => {
        // Each word is its own neighbour, so that no two are mixed.
        const words = tokensOf(text).flatMap((word) => [word, word])
        const kept = words.map((_, i) => i)
        return {
          vector: wordVector(text, dimension),
          tokens: packTokenVectors(rowsOf(words), dimension, kept),
        }
      }),
    async embedQuestion(text) {
      const words = tokensOf(text)
      const weights = new Float32Array(words.length).fill(1)
      const tokens = { vectors: rowsOf(words), weights, dimension, textTokenCount: words.length }
      return { vector: wordVector(text, dimension), tokens }
    },
  }
}

export function wordVector(text: string, dimension = 64): Float32Array {
  const vector = new Float32Array(dimension)
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? ['']) {
    let state = fnvHash(word)
    for (let i = 0; i < dimension; i++) {
      state = Math.imul(state ^ (state >>> 13), 1540483477) + 0x9e3779b9
      vector[i] = (vector[i] ?? 0) + (state | 0) / 2 ** 31
    }
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((component) => component / length)
}
