import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import type { Random } from '#core/quiz/seeded-random.ts'
import { seededRandom } from '#core/quiz/seeded-random.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import { readSourceSentences } from './source-sentences.ts'

/** Where benches keep what takes minutes to make. */
export const CACHE_DIR = join(tmpdir(), 'abhyas-bench-cache')

export interface RealPassage {
  sentences: string[]
  vector: Float32Array
}

/** Of the model that ships. */
export const DIMENSION = 384
const REAL_COUNT = 4_000
const SENTENCES_PER_PASSAGE = 4
const NEIGHBOUR_COUNT = 24
/** How much of a vector is its own, in the directions in which real passages differ. */
const OWN_SHARE = 0.35

/**
 * Passages of real sentences (two that follow each other and two from elsewhere in
 * the same text) with the vectors that the model that ships gives them. Embedded once
 * (a minute) and kept in CACHE_DIR.
 */
export async function readRealPassages(): Promise<RealPassage[]> {
  const { name, groups } = readSourceSentences()
  const random = seededRandom('passages', REAL_COUNT)
  const passages = Array.from({ length: REAL_COUNT }, () => {
    const group = groups[random.below(groups.length)] ?? []
    const first = random.below(Math.max(1, group.length - 1))
    const others = Array.from({ length: SENTENCES_PER_PASSAGE - 2 }, () => group[random.below(group.length)] ?? '')
    return [...group.slice(first, first + 2), ...others]
  })
  const file = join(CACHE_DIR, `passages-${name}-${REAL_COUNT}.f32`)
  if (!existsSync(file)) {
    const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
    const vectors = await embedder.embed(passages.map((sentences) => sentences.join(' ')))
    await embedder.close()
    mkdirSync(CACHE_DIR, { recursive: true })
    writeFileSync(`${file}.part`, Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer))))
    renameSync(`${file}.part`, file)
  }
  const bytes = readFileSync(file)
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  return passages.map((sentences, i) => ({ sentences, vector: all.subarray(i * DIMENSION, (i + 1) * DIMENSION) }))
}

export interface MadeVectors {
  /** The next vector, with the passages it lies between. */
  next(): { vector: Float32Array; from: [number, number] }
}

/**
 * As many vectors as wanted, in the shape of real ones: each lies between a real passage
 * and one of its nearest, moved along the difference of two other real passages. So
 * neighbourhoods, hubs and the few directions that matter are the model's own;
 * independent noise would make every vector as far from every other.
 */
export function makeVectors(passages: readonly RealPassage[], seed: string): MadeVectors {
  const random = seededRandom(seed)
  const neighbours = new Map<number, number[]>()
  const pick = (from: Random) => from.below(passages.length)
  return {
    next() {
      const [a, c, d] = [pick(random), pick(random), pick(random)]
      let near = neighbours.get(a)
      if (!near) {
        near = nearest(passages, a)
        neighbours.set(a, near)
      }
      const b = near[random.below(near.length)] ?? a
      const share = random.next() / 2
      const [va, vb, vc, vd] = [a, b, c, d].map((at) => passages[at]?.vector as Float32Array) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      const vector = va.map(
        (x, i) => (1 - share) * x + share * (vb[i] as number) + OWN_SHARE * ((vc[i] as number) - (vd[i] as number)),
      )
      return { vector: toUnit(vector), from: [a, b] }
    },
  }
}

function nearest(passages: readonly RealPassage[], at: number): number[] {
  const vector = passages[at]?.vector as Float32Array
  return passages
    .map((passage, i) => ({ i, score: dot(vector, passage.vector) }))
    .sort((x, y) => y.score - x.score)
    .slice(1, NEIGHBOUR_COUNT + 1)
    .map(({ i }) => i)
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1
  return vector.map((component) => component / length)
}
