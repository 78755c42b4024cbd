import type { SearchHit, SearchMode, SearchResult, SearchScope } from '#contract/search.ts'
import { isModelAway } from '../embedding/model-away.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Embedder } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { type PassageRow, readPassages } from '../store/search.rows.ts'
import { findMatches } from './find-matches.ts'
import { type FusedHit, fuseResults } from './fuse-results.ts'
import { keywordSearch } from './keyword-search.ts'
import type { LibraryIndex } from './library-index.ts'
import { isHindi } from './query-words.ts'
import { vectorSearch } from './vector-search.ts'

export interface SearchInput {
  query: string
  mode?: SearchMode
  limit?: number
  scope?: SearchScope
  /** False for a whole question: its last word is finished. */
  asYouType?: boolean
}

export interface Searcher {
  /**
   * The best passages of the scope. Without an embedding model or its vectors it
   * searches by words and says so in `mode`. Throws StudyError `cancelled`.
   */
  search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult>
}

export interface SearcherOptions {
  store: Pick<Store, 'reader'>
  embedder: () => Embedder | undefined
  index: () => LibraryIndex | undefined
  clock: Pick<Clock, 'monotonicMs'>
}

/** How many hits of each kind are fused. */
const CANDIDATE_COUNT = 100
const DEFAULT_LIMIT = 20
/** Measured in docs/decisions/0006-vector-index.md; flat between 0.3 and 0.6 for English. */
const KEYWORD_WEIGHT = 0.4
/** The model that ships reads English: for Hindi its vectors tell little, the words much. */
const HINDI_KEYWORD_WEIGHT = 0.85

export function makeSearcher({ store, embedder, index, clock }: SearcherOptions): Searcher {
  const db = store.reader

  /** The query's vector with what it may be compared with, taken before the wait: another model may serve after it. Undefined while the model is away. */
  async function meaningOf(query: string, signal?: AbortSignal) {
    const [model, vectors] = [embedder(), index()]
    if (!model || !vectors) return undefined
    try {
      const [vector] = await model.embed([query], { priority: 'question', ...(signal && { signal }) })
      return vector && { vector, index: vectors, identity: model.identity }
    } catch (error) {
      if (isModelAway(error)) return undefined
      throw error
    }
  }

  return {
    async search({ query, mode = 'hybrid', limit = DEFAULT_LIMIT, scope = {}, asYouType = true }, signal) {
      const startedAtMs = clock.monotonicMs()
      if (query.trim() === '') return { hits: [], tookMs: 0, mode }
      const meaning = mode === 'keyword' ? undefined : await meaningOf(query, signal)
      if (signal?.aborted) throw new StudyError('cancelled', 'The search was stopped.', { cause: signal.reason })

      const used: SearchMode = meaning ? mode : 'keyword'
      const wanted = { query, scope, asYouType, limit: Math.max(CANDIDATE_COUNT, limit) }
      const rows = used === 'vector' ? [] : keywordSearch(db, wanted)
      const cosines = meaning
        ? vectorSearch({ db, ...meaning }, { vector: meaning.vector, scope, limit: CANDIDATE_COUNT, also: ids(rows) })
        : new Map<number, number>()
      const ranked = fuseResults(rows, cosines, { keyword: keywordWeight(used, query) }).slice(0, limit)
      const hits = withPassages(ranked, readPassages(db, ids(ranked))).map((hit) => ({
        ...hit,
        matches: findMatches(query, hit.text, { asYouType }),
      }))
      return { hits, tookMs: clock.monotonicMs() - startedAtMs, mode: used }
    },
  }
}

function keywordWeight(mode: SearchMode, query: string): number {
  if (mode === 'keyword') return 1
  if (mode === 'vector') return 0
  return isHindi(query) ? HINDI_KEYWORD_WEIGHT : KEYWORD_WEIGHT
}

const ids = (hits: readonly { chunkId: number }[]) => hits.map(({ chunkId }) => chunkId)

function withPassages(hits: FusedHit[], passages: PassageRow[]): Omit<SearchHit, 'matches'>[] {
  const byId = new Map(passages.map((passage) => [passage.chunkId, passage]))
  return hits.flatMap(({ chunkId, score, keyword, cosine: nearness }) => {
    const passage = byId.get(chunkId)
    if (!passage) return []
    const { heading, ...rest } = passage
    return [
      {
        ...rest,
        ...(heading !== '' && { heading }),
        score: Math.min(1, score),
        ...(nearness !== undefined && { cosine: nearness }),
        ...(keyword !== undefined && { keyword }),
      },
    ]
  })
}
