import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { seededRandom } from '#core/quiz/seeded-random.ts'
import { searchExactly } from '#core/search/exact-search.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import {
  CACHE_DIR,
  DIMENSION,
  type MadeVectors,
  makeVectors,
  type RealPassage,
  readRealPassages,
} from './made-vectors.ts'
import { madeQuestion } from './open-made-library.ts'
import { readSourceQuestions } from './source-sentences.ts'

const VECTOR_BYTES = DIMENSION * Float32Array.BYTES_PER_ELEMENT
/** Queries: so many questions first, then as many vectors like those that are held ("more like this"). */
export const QUESTION_COUNT = 150
export const NEAREST_COUNT = 10

/** Files of made vectors, of queries to them, and of the true nearest ten of each: made once for each size, kept in CACHE_DIR. */
export async function openVectorFiles(
  count: number,
): Promise<{ vectorFile: string; queryFile: string; truthFile: string }> {
  const of = (what: string) => join(CACHE_DIR, `index-${what}-${count}.bin`)
  const files = { vectorFile: of('vectors'), queryFile: of('asked'), truthFile: of('nearest') }
  if (existsSync(files.truthFile)) return files
  mkdirSync(CACHE_DIR, { recursive: true })
  console.error(`making ${count} vectors, and what is nearest to the queries among them`)
  const passages = await readRealPassages()
  writeVectors(files.vectorFile, take(count, makeVectors(passages, 'index')))
  writeVectors(files.queryFile, [
    ...(await embedQuestions(passages)),
    ...take(QUESTION_COUNT, makeVectors(passages, 'questions')),
  ])
  const queries = [...readVectorFile(files.queryFile)]
  // One pass over the file for every question would take minutes: one pass for all.
  const vectors = [...readVectorFile(files.vectorFile)].map((vector, chunkId) => ({
    chunkId,
    vector: Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
  }))
  const truth = queries.map((query) => searchExactly(vectors, query, NEAREST_COUNT).map(({ label }) => label))
  writeFileSync(`${files.truthFile}.part`, JSON.stringify(truth))
  renameSync(`${files.truthFile}.part`, files.truthFile)
  return files
}

export function readTruth(file: string): number[][] {
  return JSON.parse(readFileSync(file, 'utf8')) as number[][]
}

async function embedQuestions(passages: readonly RealPassage[]): Promise<Float32Array[]> {
  const random = seededRandom('questions')
  const sentences = passages.flatMap((passage) => passage.sentences)
  const questions =
    readSourceQuestions() ?? Array.from({ length: QUESTION_COUNT }, () => madeQuestion(random, sentences))
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  const vectors = await embedder.embed(random.shuffle(questions).slice(0, QUESTION_COUNT))
  await embedder.close()
  return vectors
}

function* take(count: number, made: MadeVectors): Generator<Float32Array> {
  for (let i = 0; i < count; i++) yield made.next().vector
}

function writeVectors(file: string, vectors: Iterable<Float32Array>): void {
  const out = openSync(file, 'w')
  for (const vector of vectors) writeSync(out, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
  closeSync(out)
}

/** One after the other, with no more than a thousand in memory. */
export function* readVectorFile(file: string): Generator<Float32Array> {
  const input = openSync(file, 'r')
  for (;;) {
    const batch = new Uint8Array(VECTOR_BYTES * 1_000)
    const byteCount = readSync(input, batch)
    if (byteCount === 0) return
    for (let at = 0; at < byteCount; at += VECTOR_BYTES) yield new Float32Array(batch.buffer, at, DIMENSION)
  }
}
