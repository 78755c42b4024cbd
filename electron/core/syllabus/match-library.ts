import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SearchModel } from '../embedding/embedding-models.ts'
import { embeddingModelKey } from '../embedding/model-key.ts'
import type { Effects } from '../jobs/job-definition.ts'
import { lastChunkId } from '../store/chunks.rows.ts'
import type { Store } from '../store/open-store.ts'
import {
  countPassagesAfter,
  deleteAllMatches,
  type PassageRow,
  readPassages,
  readPassagesAfter,
  readSyllabusProgress,
  replaceMatches,
  type SyllabusProgress,
  writeSyllabusProgress,
} from '../store/syllabus.rows.ts'
import {
  countVectorChanges,
  findEmbeddingModelId,
  newestVectorChange,
  readVectorChanges,
  toVector,
} from '../store/vectors.rows.ts'
import {
  MATCHING_VERSION,
  makePassageMatcher,
  matchedNodes,
  type NodeMatch,
  nodeText,
  type PassageMatcher,
} from './match-passage.ts'
import type { Syllabus } from './read-syllabus.ts'

/** Passages a commit: each waits for the disk. */
const SLICE = 128
/** Passages between two looks at the event loop: some 10 ms. */
const PER_TURN = 24
/** No vectors are kept under it. */
const NO_MODEL = -1

/** One step of matching the library: to be committed, then the next is asked for. */
export interface MatchSlice {
  effects: Effects
  passageCount: number
}

export interface LibraryMatcher {
  /** Passages that are still to be matched; 0 when the matches are those of the library as it is. */
  pendingCount(): number
  /** The next step; undefined when nothing is left. Throws what the embedder throws, and `cancelled`. */
  nextSlice(signal?: AbortSignal): Promise<MatchSlice | undefined>
}

/**
 * Gives every passage of the library its heads of the syllabus, from where the last step ended: first all passages
 * in order, then what changes, followed by the changes of vectors as the index is. Another syllabus,
 * other rules or another embedding model begin anew. Without a model the terms alone decide.
 */
export function makeLibraryMatcher(parts: {
  store: Pick<Store, 'reader'>
  syllabus: Syllabus
  /** What search uses now. */
  serving: () => Pick<SearchModel, 'embedder'> | undefined
}): LibraryMatcher {
  const { syllabus, serving } = parts
  const db = parts.store.reader
  let made: { key: string; matcher: PassageMatcher } | undefined

  function now() {
    const embedder = serving()?.embedder
    const key = embedder ? embeddingModelKey(embedder.identity) : 'terms'
    const modelId = embedder ? (findEmbeddingModelId(db, embedder.identity) ?? NO_MODEL) : NO_MODEL
    return { embedder, modelId, version: `${syllabus.version} ${MATCHING_VERSION} ${key}`, key }
  }

  async function matcherOf({ embedder, key }: ReturnType<typeof now>, signal?: AbortSignal): Promise<PassageMatcher> {
    if (made?.key === key) return made.matcher
    const texts = matchedNodes(syllabus).map(nodeText)
    const vectors = await embedder?.embed(texts, { priority: 'bulk', ...(signal && { signal }) })
    made = { key, matcher: makePassageMatcher(syllabus, vectors) }
    return made.matcher
  }

  /** The matches of some passages, and how far this brings the library. */
  async function asSlice(
    matcher: PassageMatcher,
    rows: readonly PassageRow[],
    progress: SyllabusProgress,
  ): Promise<MatchSlice> {
    const matched: { chunkId: number; nodes: NodeMatch[] }[] = []
    for (const { chunkId, heading, text, vector } of rows) {
      const nodes = matcher.match({ heading, text, vector: vector === null ? undefined : toVector(vector) })
      matched.push({ chunkId, nodes })
      if (matched.length % PER_TURN === 0) await nextTurn()
    }
    return {
      passageCount: rows.length,
      effects(write) {
        for (const { chunkId, nodes } of matched) replaceMatches(write, chunkId, nodes)
        writeSyllabusProgress(write, progress)
      },
    }
  }

  return {
    pendingCount() {
      const { modelId, version, embedder } = now()
      const progress = readSyllabusProgress(db)
      if (progress?.version !== version) return countPassagesAfter(db, 0, lastChunkId(db))
      const { afterId, lastId, seq } = progress
      const toGo = afterId < lastId ? countPassagesAfter(db, afterId, lastId) : 0
      return toGo + (embedder ? countVectorChanges(db, modelId, seq) : countPassagesAfter(db, lastId, lastChunkId(db)))
    },
    async nextSlice(signal) {
      const state = now()
      const { modelId, version } = state
      const progress = readSyllabusProgress(db)
      if (progress?.version !== version) {
        const first = { version, afterId: 0, lastId: lastChunkId(db), seq: newestVectorChange(db) }
        return {
          passageCount: 0,
          effects(write) {
            deleteAllMatches(write)
            writeSyllabusProgress(write, first)
          },
        }
      }
      const { afterId, lastId, seq } = progress
      if (afterId < lastId) {
        const rows = readPassagesAfter(db, { modelId, afterId, lastId, limit: SLICE })
        const end = rows.length < SLICE ? lastId : (rows.at(-1)?.chunkId ?? lastId)
        return asSlice(await matcherOf(state, signal), rows, { ...progress, afterId: end })
      }
      if (!state.embedder) {
        const newest = lastChunkId(db)
        if (newest <= lastId) return undefined
        return { passageCount: 0, effects: (write) => writeSyllabusProgress(write, { ...progress, lastId: newest }) }
      }
      const changes = readVectorChanges(db, modelId, seq, SLICE)
      const newest = changes.at(-1)
      if (!newest) return undefined
      const added = changes.filter(({ operation }) => operation === 'add').map(({ chunkId }) => chunkId)
      const rows = readPassages(db, modelId, added)
      return asSlice(await matcherOf(state, signal), rows, { ...progress, seq: newest.seq })
    },
  }
}
