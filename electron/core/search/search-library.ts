import type { SearchHit, SearchMode, SearchResult, SearchScope, SimilarTo } from '#contract/search.ts'
import { StudyError } from '../errors.ts'
import { embeddedText } from '../ingest/chunk-text.ts'
import type { Clock, Embedder } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { type PassageRow, type PassageText, readPassages, readPassageTexts } from '../store/search.rows.ts'
import { compareTokens } from './compare-tokens.ts'
import { type ConceptCoverer, makeConceptCoverer } from './cover-concepts.ts'
import { type FusedHit, type FusionWeights, fuseResults } from './fuse-results.ts'
import { isSpelledOut } from './is-spelled-out.ts'
import { keywordSearch } from './keyword-search.ts'
import type { LibraryIndex } from './library-index.ts'
import { openLibraryWords } from './library-words.ts'
import { makeScopeNarrower } from './narrow-scope.ts'
import { isHindi, topicWords, wordsOf } from './query-words.ts'
import { makeMeaningReader, type TextMeaning } from './read-meaning.ts'
import { RERANKED_COUNT, rerankHits } from './rerank-hits.ts'
import { openScopePassages } from './scope-passages.ts'
import { makeTermLookup, type TermLookup } from './term-groups.ts'
import { type UnderstoodQuery, understandQuery } from './understand-query.ts'
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
   * searches by words and says so in `mode`. What is no word to the library nor to the
   * model, and far from every passage, finds nothing unless meaning alone is asked for. Throws StudyError `cancelled`.
   */
  search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult>
  /**
   * The passages most like one, itself left out: by meaning, or by its words while no
   * model is there that reads it. Throws StudyError `not-found` for a passage that is gone, `cancelled`.
   */
  similar(input: { to: SimilarTo; limit?: number; scope?: SearchScope }, signal?: AbortSignal): Promise<SearchResult>
}

export interface SearcherOptions {
  store: Pick<Store, 'reader'>
  embedder: () => Embedder | undefined
  index: () => LibraryIndex | undefined
  clock: Pick<Clock, 'monotonicMs'>
  /** Abbreviations and other names; none where absent. */
  terms?: () => TermLookup
}

/** How many hits of each kind are fused. */
const CANDIDATE_COUNT = 100
const DEFAULT_LIMIT = 20
/** What is no word comes as near as this to nothing but by chance; measured in docs/decisions/0016. */
const LEAST_COSINE_OF_NO_WORD = 0.4
/** Both measured in docs/decisions; what the words are worth is flat between 0.15 and 0.25 for English. */
const BOTH: FusionWeights = { keyword: 0.2, bm25: 0 }
const WORDS_ALONE: FusionWeights = { keyword: 1, bm25: 0.5 }
const MEANING_ALONE: FusionWeights = { keyword: 0, bm25: 0 }
/** An article's number is found by its number, which tells the model little. */
const LITERAL_KEYWORD_WEIGHT = 0.9
/** Enough to tell apart passages that name all of it, too little to lift a mention above the article itself. */
const LITERAL_BM25_WEIGHT = 0.12
/** BM25's k1 + 1: what a word can add at most, times its rarity. */
const MOST_BM25 = 2.2

/** A whole passage's words would find the whole library. */
const MOST_WORDS_ALIKE = 24

const NO_TERMS = makeTermLookup([])

export function makeSearcher({ store, embedder, index, clock, terms = () => NO_TERMS }: SearcherOptions): Searcher {
  const db = store.reader
  const words = openLibraryWords({ db })
  const { narrow } = makeScopeNarrower({ db })
  const passagesOf = openScopePassages({ db })
  const reader = makeMeaningReader({ embedder, index })

  /** The first of a ranking in the order that their tokens give them; the others as they were. */
  function closer(
    fused: FusedHit[],
    { tokens, identity }: TextMeaning,
    understood: UnderstoodQuery,
    mode: SearchMode,
  ): FusedHit[] {
    if (!tokens || mode !== 'hybrid' || !readsWhole(understood)) return fused
    const nearness = compareTokens(db, identity, tokens, ids(fused.slice(0, RERANKED_COUNT)))
    return nearness ? rerankHits(fused, nearness) : fused
  }

  const searcher: Searcher = {
    async search({ query, mode = 'hybrid', limit = DEFAULT_LIMIT, asYouType = true, ...input }, signal) {
      const startedAtMs = clock.monotonicMs()
      const scope = narrow(input.scope ?? {})
      if (query.trim() === '' || !scope) return { hits: [], tookMs: 0, mode, corrections: [], alsoSearched: [] }
      const passageCount = words.passageCount()
      const understood = await understandQuery(query, { words, terms: terms(), passageCount }, { asYouType })
      const coverer = makeConceptCoverer(understood)
      const wanted = {
        understood,
        scope,
        inScope: passagesOf(scope),
        passageCount,
        limit: Math.max(CANDIDATE_COUNT, limit),
      }
      // The words are looked for while another thread embeds the question.
      const reading = reader.read(understood, mode, signal)
      reading.catch(() => {})
      const found = mode === 'vector' ? [] : keywordSearch(db, wanted)
      const { meaning, byWords } = await reading
      if (signal?.aborted) throw new StudyError('cancelled', 'The search was stopped.', { cause: signal.reason })

      const used: SearchMode = meaning ? mode : 'keyword'
      const rows = used === 'keyword' && mode === 'vector' ? keywordSearch(db, wanted) : found
      const near = meaning
        ? vectorSearch(
            { db, ...meaning },
            { vector: meaning.vector, inScope: wanted.inScope, limit: wanted.limit, also: ids(rows) },
          )
        : new Map<number, number>()
      const isNoise = used === 'hybrid' && rows.length === 0 && isNoWord(understood, meaning) && isFar(near)
      const cosines = isNoise ? new Map<number, number>() : near
      const passages = readPassageTexts(db, [...new Set([...ids(rows), ...cosines.keys()])])
      const fused = rank({ passages, rows, cosines, understood, coverer, mode: used })
      const ranked = (meaning ? closer(fused, meaning, understood, used) : fused).slice(0, limit)
      const hits = withPassages(ranked, readPassages(db, ids(ranked))).map((hit) => ({
        ...hit,
        matches: coverer.places(hit.text),
      }))
      return {
        hits,
        tookMs: clock.monotonicMs() - startedAtMs,
        mode: byWords ? mode : used,
        corrections: nameCorrections(understood, hits),
        alsoSearched: understood.alsoSearched,
      }
    },

    async similar({ to, limit = DEFAULT_LIMIT, scope: asked = {} }, signal) {
      const startedAtMs = clock.monotonicMs()
      const [passage] = 'chunkId' in to ? readPassages(db, [to.chunkId]) : []
      if ('chunkId' in to && !passage) {
        throw new StudyError(
          'not-found',
          'That passage is no longer in the library. Search again to see what is there.',
        )
      }
      const text = 'text' in to ? to.text : embeddedText(passage ?? { heading: '', lead: '', text: '' })
      const alike = { meaning: text, hindi: isHindi(text), soundShare: 0 }
      const { meaning, byWords } = await reader.read(alike, 'hybrid', signal)
      if (signal?.aborted) throw new StudyError('cancelled', 'The search was stopped.', { cause: signal.reason })
      const scope = narrow(asked)
      const own = (found: Pick<SearchHit, 'chunkId' | 'text'>) =>
        found.chunkId === passage?.chunkId || found.text.includes(text)
      if (!meaning || !scope) {
        const query = topicWords(text)
          .slice(0, MOST_WORDS_ALIKE)
          .map((word) => word.text)
          .join(' ')
        const result = await searcher.search(
          { query, mode: 'keyword', limit: limit + 1, scope: asked, asYouType: false },
          signal,
        )
        return {
          ...result,
          mode: byWords ? 'hybrid' : result.mode,
          hits: result.hits.filter((hit) => !own(hit)).slice(0, limit),
          corrections: [],
          alsoSearched: [],
        }
      }
      const cosines = vectorSearch(
        { db, ...meaning },
        { vector: meaning.vector, inScope: passagesOf(scope), limit: limit + 2, also: [] },
      )
      const ranked = fuseResults(
        [...cosines].map(([chunkId, cosine]) => ({ chunkId, coverage: 0, bm25: 0, cosine })),
        MEANING_ALONE,
      )
      const hits = withPassages(ranked, readPassages(db, ids(ranked)))
        .filter((hit) => !own(hit))
        .slice(0, limit)
      return {
        hits: hits.map((hit) => ({ ...hit, matches: [] })),
        tookMs: clock.monotonicMs() - startedAtMs,
        mode: 'vector',
        corrections: [],
        alsoSearched: [],
      }
    },
  }
  return searcher
}

/** Whether the model can tell what a query is about: not of a number, or of a word that is known by its sound. */
const readsWhole = ({ literalShare }: UnderstoodQuery) => literalShare === 0

/** Typed at random, or in a language that neither the library nor the model has. */
const isNoWord = ({ meaning, hindi }: UnderstoodQuery, read: TextMeaning | undefined) =>
  !hindi && read?.tokens !== undefined && isSpelledOut(meaning, read.tokens.textTokenCount)

const isFar = (cosines: ReadonlyMap<number, number>) =>
  [...cosines.values()].every((cosine) => cosine < LEAST_COSINE_OF_NO_WORD)

interface RankInput {
  passages: readonly PassageText[]
  rows: readonly { chunkId: number; bm25: number }[]
  cosines: ReadonlyMap<number, number>
  understood: UnderstoodQuery
  coverer: ConceptCoverer
  mode: SearchMode
}

function rank({ passages, rows, cosines, understood, coverer, mode }: RankInput): FusedHit[] {
  const bm25 = new Map(rows.map((row) => [row.chunkId, row.bm25]))
  const most = MOST_BM25 * understood.concepts.reduce((sum, { rarity }) => sum + rarity, 0)
  const candidates = passages.filter(coverer.admits).map((passage) => {
    const cosine = cosines.get(passage.chunkId)
    return {
      chunkId: passage.chunkId,
      coverage: mode === 'vector' ? 0 : coverer.cover(passage),
      bm25: Math.min(1, Math.max(0, bm25.get(passage.chunkId) ?? 0) / (most || 1)),
      ...(cosine !== undefined && { cosine }),
    }
  })
  return fuseResults(candidates, weightsOf(mode, understood))
}

/** samvidhan is found by its sound, of which the model knows nothing: so much of a query is left to the words alone. */
function weightsOf(mode: SearchMode, { literalShare, soundShare }: UnderstoodQuery): FusionWeights {
  if (mode === 'vector') return MEANING_ALONE
  const base = mode === 'keyword' ? WORDS_ALONE : BOTH
  const byNumber = literalShare - soundShare
  return {
    keyword:
      base.keyword +
      Math.max(0, LITERAL_KEYWORD_WEIGHT - base.keyword) * byNumber +
      (WORDS_ALONE.keyword - base.keyword) * soundShare,
    bm25: base.bm25 + (LITERAL_BM25_WEIGHT - base.bm25) * byNumber + (WORDS_ALONE.bm25 - base.bm25) * soundShare,
  }
}

const ids = (hits: readonly { chunkId: number }[]) => hits.map(({ chunkId }) => chunkId)

/** The corrected words in full, as the passages that were found write them: the index holds stems only. */
function nameCorrections(
  { corrections }: UnderstoodQuery,
  hits: readonly { text: string }[],
): SearchResult['corrections'] {
  return corrections.map(({ typed, stem }) => {
    const counts = new Map<string, number>()
    for (const { text } of hits) {
      for (const word of wordsOf(text)) {
        if (word.stem === stem || word.folded === stem) counts.set(word.folded, (counts.get(word.folded) ?? 0) + 1)
      }
    }
    const [commonest] = [...counts].sort((a, b) => b[1] - a[1])
    return { typed, corrected: commonest?.[0] ?? stem }
  })
}

function withPassages(hits: FusedHit[], passages: readonly PassageRow[]): Omit<SearchHit, 'matches'>[] {
  const byId = new Map(passages.map((passage) => [passage.chunkId, passage]))
  return hits.flatMap(({ chunkId, score, keyword, cosine: nearness }) => {
    const passage = byId.get(chunkId)
    if (!passage) return []
    const { heading, lead, ...rest } = passage
    return [
      {
        ...rest,
        ...(heading !== '' && { heading }),
        ...(lead !== '' && { lead }),
        score: Math.min(1, score),
        ...(nearness !== undefined && { cosine: nearness }),
        ...(keyword !== undefined && { keyword }),
      },
    ]
  })
}
