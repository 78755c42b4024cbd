import { afterAll } from 'vitest'
import { makeChunker } from '../adapters/chunk-worker.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { systemClock } from '../ops/system-clock.ts'
import { MODEL_DIR } from './model-dir.ts'

/**
 * The threads that read and cut documents, started once for all tests of a file instead of once for each: their start
 * is more than half of what such a test takes. Call it where the file begins, outside of tests.
 */
export function shareReaders() {
  const extractor = makeExtractor({ clock: systemClock })
  const chunker = makeChunker({ clock: systemClock, modelDir: MODEL_DIR })
  afterAll(() => Promise.all([extractor.close(), chunker.close()]))
  return { extractor, chunker }
}
