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

export function wordVector(text: string, dimension = 64): Float32Array {
  const vector = new Float32Array(dimension)
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? ['']) {
    let state = 2166136261
    for (const character of word) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619)
    for (let i = 0; i < dimension; i++) {
      state = Math.imul(state ^ (state >>> 13), 1540483477) + 0x9e3779b9
      vector[i] = (vector[i] ?? 0) + (state | 0) / 2 ** 31
    }
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((component) => component / length)
}
