import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Health } from '#contract/system.ts'
import { type HnswIndex, makeHnswIndex } from '../adapters/hnswlib.ts'
import { isCancelled, StudyError } from '../errors.ts'
import type { Log } from '../ops/open-log.ts'
import type { EmbeddingModelIdentity, VectorHit } from '../ports.ts'
import { lastChunkId } from '../store/chunks.rows.ts'
import type { Store } from '../store/open-store.ts'
import {
  countVectorChanges,
  countVectors,
  countVectorsIn,
  findEmbeddingModelId,
  iterateVectors,
  newestVectorChange,
  readChangedChunkIds,
  readHistoryToken,
  readVectorChanges,
  readVectorChunkIds,
  readVectors,
  toVector,
  type VectorRow,
} from '../store/vectors.rows.ts'
import { buildGraph } from './build-graph.ts'
import { searchExactly } from './exact-search.ts'
import { type PackedVectors, packVectors } from './packed-vectors.ts'
import {
  adoptGraphFile,
  graphDir,
  readSavedGraph,
  removeEarlierGraphs,
  type SavedGraph,
  saveGraph,
} from './saved-graph.ts'
import type { ScopePassages } from './scope-passages.ts'

/** The nearest chunks of the library to a vector: an HNSW graph that is a cache of SQLite. */
export interface LibraryIndex {
  /**
   * Up to `limit` chunks of a part of the library or of all of it, best first. Complete at any time: what the
   * graph does not hold yet is compared one by one, and so is a small part.
   */
  search(vector: Float32Array, limit: number, inScope?: ScopePassages): { chunkId: number; cosine: number }[]
  /** Takes in what changed in SQLite since. Resolves when the graph holds it. */
  catchUp(): Promise<void>
  /** Compares the graph's count with the library's, in pieces. For later than opening: what is wrong with it `buildWanted` tells. */
  check(): Promise<void>
  /** A large graph is missing or not of this library, and waits for `build`. */
  buildWanted(): boolean
  /** Builds the graph anew where that is wanted, then takes in the rest. Throws `cancelled` when the signal aborts: nothing is changed then. */
  build(signal: AbortSignal): Promise<void>
  status(): Health['index']
  /** Saves what is not saved yet, then lets go. A build under way is dropped. */
  close(): Promise<void>
}

export interface LibraryIndexOptions {
  store: Pick<Store, 'reader' | 'file'>
  /** The profile's folder; the graph of each model is kept in a folder of its own in `index`. */
  dir: string
  /** Of the model whose vectors are searched. */
  identity: EmbeddingModelIdentity
  /** Leaves a large graph that must be built to `build`; exact search serves until then. */
  buildLater?: boolean
  log?: Pick<Log, 'info' | 'warn'>
}

/**
 * A scope of so many chunks is compared one by one: it misses nothing, where a filtered walk through the graph throws most
 * nodes away. Packed, its vectors take 3 MB at 384 components.
 */
const EXACT_SCOPE_COUNT = 8_000
const VECTORS_PER_READ = 1_000
/** Inserts between two looks at the event loop: about 1 ms, some more in a large graph and on a busy machine. */
const INSERTS_PER_TURN = 2
const CHANGES_PER_BATCH = 256
/** Some 1 ms. */
const COUNTED_PER_TURN = 1_000
/** So many waiting changes are sooner taken in by building anew in a thread, when the graph is not much larger. */
const REBUILD_CHANGE_COUNT = 5_000
/** Removed vectors take up space and steps of the walk: past this share of the graph it is built anew. */
const MOST_REMOVED_SHARE = 0.25
const SMALL_GRAPH_COUNT = 1_000
/** Unsaved changes cost nothing but the time to take them in again: a save writes the whole graph. */
const UNSAVED_SHARE = 0.05

/**
 * Opens the saved graph of a profile. A missing, foreign or damaged one is built
 * anew in a worker thread while exact search serves. See docs/decisions/0006-vector-index.md.
 */
export async function openLibraryIndex(options: LibraryIndexOptions): Promise<LibraryIndex> {
  const { store, identity, log } = options
  const db = store.reader
  const dir = graphDir(options.dir, identity)
  const closing = new AbortController()
  /** Of the last small scope, as long as the library does not change: reading them takes ten times as long as comparing. */
  const packedScopes = new WeakMap<ScopePassages, PackedVectors>()

  let graph: HnswIndex | undefined
  let lastSeq = 0
  let unsavedCount = 0
  let building: { done: number; total: number } | undefined
  let knownModelId: number | undefined
  let tail: Promise<void> = Promise.resolve()

  const modelId = () => {
    knownModelId ??= findEmbeddingModelId(db, identity)
    return knownModelId
  }

  /** The graph was found to hold another number of vectors than the library. */
  let isMiscounted = false

  /** Mutations, saves and builds, one after the other; a failed one does not stop the next. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    const turn = tail.then(work)
    tail = turn.catch(() => {})
    return turn
  }

  async function applyChanges(): Promise<void> {
    const model = modelId()
    if (!graph || model === undefined) return
    for (;;) {
      const newestOfAll = newestVectorChange(db)
      const changes = readVectorChanges(db, model, lastSeq, CHANGES_PER_BATCH)
      const newest = changes.at(-1)
      // What is left is of other models.
      if (!newest) lastSeq = Math.max(lastSeq, newestOfAll)
      if (!newest || closing.signal.aborted) return
      // Only the last word on a chunk counts.
      const operations = new Map(changes.map(({ chunkId, operation }) => [chunkId, operation]))
      const added = [...operations].filter(([, operation]) => operation === 'add').map(([chunkId]) => chunkId)
      for (const [chunkId, operation] of operations) if (operation === 'remove') graph.remove(chunkId)
      let insertCount = 0
      // A chunk without a vector was removed since: a later change speaks of it.
      for (const { chunkId, vector } of readVectors(db, model, added)) {
        graph.add(chunkId, toVector(vector))
        if (++insertCount % INSERTS_PER_TURN === 0) await nextTurn()
      }
      lastSeq = newest.seq
      unsavedCount += operations.size
      await nextTurn()
    }
  }

  async function rebuild(reason: string, signal = closing.signal): Promise<void> {
    const model = modelId()
    const total = model === undefined ? 0 : countVectors(db, model)
    if (model === undefined || total === 0) {
      graph = makeHnswIndex(identity.dimension)
      lastSeq = newestVectorChange(db)
      isMiscounted = false
      return
    }
    log?.info({ reason }, 'building the vector index')
    building = { done: 0, total }
    try {
      if (total <= SMALL_GRAPH_COUNT) return await rebuildHere(model)
      const built = await buildGraph({
        databaseFile: store.file,
        modelId: model,
        dimension: identity.dimension,
        dir,
        signal,
        onProgress: (done, total) => {
          building = { done, total }
        },
      })
      graph = built.graph
      lastSeq = built.lastSeq
      unsavedCount = 0
      isMiscounted = false
      await adoptGraphFile(dir, identity, withToken(built))
    } finally {
      building = undefined
    }
  }

  /** A small graph is built sooner than a thread has started. */
  async function rebuildHere(model: number): Promise<void> {
    const seq = newestVectorChange(db)
    const fresh = makeHnswIndex(identity.dimension)
    const chunkIds = readVectorChunkIds(db, model)
    for (let at = 0; at < chunkIds.length; at += INSERTS_PER_TURN) {
      if (closing.signal.aborted) return
      const rows = readVectors(db, model, chunkIds.slice(at, at + INSERTS_PER_TURN))
      for (const { chunkId, vector } of rows) fresh.add(chunkId, toVector(vector))
      building = { done: at, total: chunkIds.length }
      await nextTurn()
    }
    graph = fresh
    lastSeq = seq
    unsavedCount = fresh.count
    isMiscounted = false
    await save()
  }

  function needsRebuild(): string | undefined {
    if (!graph) return 'there is no graph'
    const waitingCount = countVectorChanges(db, modelId() ?? 0, lastSeq)
    if (waitingCount > Math.max(REBUILD_CHANGE_COUNT, graph.count / 2)) return 'it is far behind'
    const { removedCount, count } = graph
    if (removedCount > Math.max(SMALL_GRAPH_COUNT, count * MOST_REMOVED_SHARE)) return 'much of it was removed'
    return undefined
  }

  /** Why the graph must be built anew, as far as is known; undefined where taking in the changes is enough. */
  function whyBuild(): string | undefined {
    if (modelId() === undefined) return undefined
    return needsRebuild() ?? (isMiscounted ? 'it holds another number of vectors than the library' : undefined)
  }

  function buildWanted(): boolean {
    const model = modelId()
    return model !== undefined && whyBuild() !== undefined && countVectors(db, model) > SMALL_GRAPH_COUNT
  }

  /** No change speaks of vectors that were put in or taken out behind the app's back: only counting finds them. */
  async function check(): Promise<void> {
    const model = modelId()
    const upTo = newestVectorChange(db)
    if (model === undefined || !graph || lastSeq < upTo) return
    let count = 0
    const lastId = lastChunkId(db)
    for (let afterId = 0; afterId < lastId && !closing.signal.aborted; afterId += COUNTED_PER_TURN) {
      count += countVectorsIn(db, model, { afterId, untilId: afterId + COUNTED_PER_TURN })
      await nextTurn()
    }
    // What changed meanwhile was counted in part; the next start counts again.
    if (closing.signal.aborted || newestVectorChange(db) !== upTo) return
    isMiscounted = graph.count !== count
  }

  async function bringUpToDate(): Promise<void> {
    if (closing.signal.aborted) return
    const reason = needsRebuild()
    if (reason) await rebuild(reason)
    await applyChanges()
    if (graph && unsavedCount > Math.max(SMALL_GRAPH_COUNT, graph.count * UNSAVED_SHARE)) await save()
  }

  async function save(): Promise<void> {
    if (!graph || unsavedCount === 0 || graph.count === 0) return
    await saveGraph(dir, identity, withToken({ graph, lastSeq }))
    unsavedCount = 0
  }

  function withToken(built: Omit<SavedGraph, 'token'>): SavedGraph {
    const token = readHistoryToken(db, built.lastSeq)
    if (token === undefined) throw new StudyError('internal', 'The vector index is of a change that is not there.')
    return { ...built, token }
  }

  /** Chunks that the graph does not hold as they are now. */
  function changedChunkIds(model: number): number[] {
    return newestVectorChange(db) > lastSeq ? readChangedChunkIds(db, model, lastSeq) : []
  }

  /** Nobody waits for it: exact search serves until it is done, and the next start tries again. */
  function inBackground(work: Promise<void>, failed: string): void {
    work.catch((error) => {
      if (!isCancelled(error)) log?.warn({ err: error }, failed)
    })
  }

  function searchGraph(held: HnswIndex, vector: Float32Array, limit: number, inScope?: ScopePassages): VectorHit[] {
    const model = modelId()
    if (model === undefined) return []
    if (inScope && inScope.count <= EXACT_SCOPE_COUNT) return searchScope(model, vector, limit, inScope)
    const waiting = changedChunkIds(model)
    if (waiting.length === 0) {
      return held.search(vector, limit, inScope?.has)
    }
    const changed = new Set(waiting)
    const settled = held.search(vector, limit, (label) => !changed.has(label) && (inScope?.has(label) ?? true))
    const fresh = searchExactly(readVectors(db, model, inScope ? waiting.filter(inScope.has) : waiting), vector, limit)
    return [...settled, ...fresh].sort((a, b) => b.score - a.score).slice(0, limit)
  }

  function searchScope(model: number, vector: Float32Array, limit: number, inScope: ScopePassages): VectorHit[] {
    if (inScope.count <= limit) return searchExactly(vectorsOf(model, inScope), vector, limit)
    let packed = packedScopes.get(inScope)
    if (!packed) {
      packed = packVectors(vectorsOf(model, inScope), inScope.count, identity.dimension)
      packedScopes.set(inScope, packed)
    }
    return searchExactly(readVectors(db, model, packed.mayBeNearest(vector, limit)), vector, limit)
  }

  /** One after the other, without a copy of them all. */
  function* vectorsOf(model: number, inScope: ScopePassages | undefined): Iterable<VectorRow> {
    if (!inScope) return yield* iterateVectors(db, model)
    const ids = inScope.ids()
    for (let at = 0; at < ids.length; at += VECTORS_PER_READ) {
      yield* readVectors(db, model, ids.slice(at, at + VECTORS_PER_READ))
    }
  }

  const saved = await readSavedGraph(dir, identity)
  const unusable = 'unusable' in saved ? saved.unusable : whyNotOfThisLibrary(saved)
  if (unusable === undefined && 'graph' in saved) {
    graph = saved.graph
    lastSeq = saved.lastSeq
  } else if (modelId() === undefined || countVectors(db, modelId() ?? 0) === 0) {
    await rebuild('the library has no vectors yet')
  } else {
    log?.info({ reason: unusable }, 'the saved vector index can not be used')
  }
  inBackground(
    enqueue(() => removeEarlierGraphs(options.dir)),
    'what earlier versions kept of the vector index could not be removed',
  )
  inBackground(
    enqueue(async () => {
      if (options.buildLater && buildWanted()) return
      await bringUpToDate()
      // Counting a large library takes its time, and whoever opened it is about to search.
      if (options.buildLater && graph && graph.count > SMALL_GRAPH_COUNT) return
      await check()
      const reason = closing.signal.aborted || !graph ? undefined : whyBuild()
      if (!reason || (options.buildLater && buildWanted())) return
      await rebuild(reason)
      await applyChanges()
    }),
    'the vector index could not be brought up to date',
  )

  /** A checksum tells damage; only the history tells a graph of another library, or of a state that this one was set back from. */
  function whyNotOfThisLibrary(held: SavedGraph): string | undefined {
    if (modelId() === undefined) return held.graph.count > 0 ? 'the library has no vectors of its model' : undefined
    if (held.lastSeq > newestVectorChange(db)) return 'it is newer than the library'
    return readHistoryToken(db, held.lastSeq) === held.token
      ? undefined
      : 'it is of another library or of another state of this one'
  }

  return {
    search(vector, limit, inScope) {
      const model = modelId()
      if (model === undefined || limit <= 0) return []
      const hits = graph
        ? searchGraph(graph, vector, limit, inScope)
        : searchExactly(vectorsOf(model, inScope), vector, limit)
      return hits.map(({ label, score }) => ({ chunkId: label, cosine: score }))
    },
    catchUp: () => enqueue(bringUpToDate),
    check: () => enqueue(check),
    buildWanted,
    build: (signal) =>
      enqueue(async () => {
        const stop = AbortSignal.any([closing.signal, signal])
        if (!stop.aborted && !whyBuild()) await check()
        const reason = stop.aborted ? undefined : whyBuild()
        if (reason) await rebuild(reason, stop)
        if (!stop.aborted) await bringUpToDate()
      }),
    status() {
      const model = modelId()
      if (building) {
        return { state: 'rebuilding', vectorCount: building.done, pendingCount: building.total - building.done }
      }
      if (!graph) {
        return { state: 'absent', vectorCount: 0, pendingCount: model === undefined ? 0 : countVectors(db, model) }
      }
      const pendingCount = model === undefined ? 0 : changedChunkIds(model).length
      return { state: pendingCount > 0 ? 'catching-up' : 'ready', vectorCount: graph.count, pendingCount }
    },
    async close() {
      closing.abort()
      await enqueue(save)
    },
  }
}
