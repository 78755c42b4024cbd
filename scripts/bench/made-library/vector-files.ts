import { existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { searchExactly } from '#core/search/exact-search.ts'
import { CACHE_DIR, DIMENSION, makeVectors, readRealPassages } from './made-vectors.ts'

const VECTOR_BYTES = DIMENSION * Float32Array.BYTES_PER_ELEMENT
const QUERY_COUNT = 300
export const NEAREST_COUNT = 10

/** Files of made vectors, of questions to them, and of the true nearest ten of each: made once for each size, kept in CACHE_DIR. */
export async function openVectorFiles(
  count: number,
): Promise<{ vectorFile: string; queryFile: string; truthFile: string }> {
  const of = (what: string) => join(CACHE_DIR, `index-${what}-${count}.bin`)
  const files = { vectorFile: of('vectors'), queryFile: of('queries'), truthFile: of('truth') }
  if (existsSync(files.truthFile)) return files
  mkdirSync(CACHE_DIR, { recursive: true })
  const passages = await readRealPassages()
  writeVectors(files.vectorFile, count, makeVectors(passages, 'index'))
  writeVectors(files.queryFile, QUERY_COUNT, makeVectors(passages, 'questions'))
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

function writeVectors(file: string, count: number, made: ReturnType<typeof makeVectors>): void {
  const out = openSync(file, 'w')
  for (let i = 0; i < count; i++) writeSync(out, new Uint8Array(made.next().vector.buffer))
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
