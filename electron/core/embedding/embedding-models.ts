import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EmbeddingChoice, EmbeddingChoices, EmbeddingStatus } from '#contract/embedding.ts'
import type { Health } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import { embedLibraryRequest } from '../ingest/embed-library.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { Log } from '../ops/open-log.ts'
import type { Clock, Embedder, EmbeddingModelIdentity } from '../ports.ts'
import { buildIndexRequest } from '../search/build-index.ts'
import { type LibraryIndex, openLibraryIndex } from '../search/library-index.ts'
import { lastChunkId } from '../store/chunks.rows.ts'
import type { WriteDb } from '../store/connection.ts'
import { deleteUnusedEmbeddings, readKeptModels } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { isSameChoice, readChosenModels, writeChosenModels } from './chosen-models.ts'
import { forgetVectorsRequest } from './forget-vectors.ts'
import { lacksVectors } from './lacks-vectors.ts'
import { type ListOllama, listChoices } from './list-choices.ts'
import { isModelAway } from './model-away.ts'
import { embeddingModelKey, isSameModel } from './model-key.ts'

/** A model and the index of its vectors. They belong together: take both at once, and another model's vector never meets this index. */
export interface SearchModel {
  embedder: Embedder
  index: LibraryIndex
}

/** A model that the library is to be embedded with. */
export interface TargetModel extends SearchModel {
  /** To be committed with the end of its job: from then on it serves. Undefined for the one that serves already. */
  takeOver?: (db: WriteDb) => void
}

/** Which model turns text into vectors, and the change from one to another. */
export interface EmbeddingModels {
  /** What search uses now; undefined while its model is missing. */
  serving(): SearchModel | undefined
  /** The model of a key, where the library is to be embedded with it: the one that serves (also for no key) or the next. */
  target(key: string | undefined): TargetModel | undefined
  /** In the transaction that ends the job of a key without success: stays with the model in use. */
  dropNext(db: WriteDb, key: string | undefined): void
  /** Ends all work on the index of a model that is not in use: nothing writes to its folder after this. */
  letGo(identity: EmbeddingModelIdentity): Promise<void>
  status(): EmbeddingStatus
  /** Never fails for a server that is away: `ollamaMessage` says so. */
  choices(signal?: AbortSignal): Promise<EmbeddingChoices>
  /** See the contract. Throws what `openEmbedder` throws; nothing is changed then. */
  use(input: { choice: EmbeddingChoice }): Promise<EmbeddingStatus>
  cancel(): EmbeddingStatus
  /** Throws `bad-input` for a model in use, `not-found`. */
  forget(input: { modelId: number }): EmbeddingStatus
  /** Looks, in the background, for passages without a vector of the model that serves, and asks for a job that gives them one. */
  embedMissing(): void
  /** What is done once after a start: that, looking whether the index is whole, and forgetting vectors that nothing needed for long. */
  tidy(): void
  health(): Health['embedding']
  close(): Promise<void>
}

export interface EmbeddingModelsOptions {
  store: Store
  profileDir: string
  jobs: () => JobRunner
  clock: Pick<Clock, 'nowMs' | 'sleep'>
  openEmbedder: (choice: EmbeddingChoice, known?: EmbeddingModelIdentity) => Promise<Embedder>
  /** A question is to be expected: the model in use is loaded while the index is read. */
  warm?: boolean
  listOllama: ListOllama
  log?: Pick<Log, 'info' | 'warn'>
}

/** What a text's vector costs in the database beside its components. */
const ROW_BYTES = 170
const BYTES_PER_COMPONENT = 4
/** An index of so many vectors is built in less than a second. */
const SOON_INDEXED_COUNT = 1_000
/** A person who opens the app has searched by then. */
const CHECK_AFTER_MS = 15_000
const DAY_MS = 24 * 60 * 60 * 1000
/** A new edition of a deleted document comes within days, if it comes; until then its texts need not be embedded again. */
const KEEP_UNUSED_MS = 30 * DAY_MS
const UNUSED_PER_COMMIT = 500

const tokenRowBytes = (tokenBytes: number) => (tokenBytes === 0 ? 0 : tokenBytes + ROW_BYTES)

/** Opens the chosen models of a profile. A model that can't be opened leaves search by words; `status` says why. */
export async function openEmbeddingModels(options: EmbeddingModelsOptions): Promise<EmbeddingModels> {
  const { store, profileDir, jobs, clock, log } = options
  /** Whoever took a model before another was chosen may go on with it: closed with the app only. */
  const opened: SearchModel[] = []
  const closing = new AbortController()
  let tail: Promise<unknown> = Promise.resolve()
  let missing: StudyError | undefined
  let serving: SearchModel | undefined
  let next: SearchModel | undefined

  async function open(
    choice: EmbeddingChoice,
    known?: EmbeddingModelIdentity,
    isServing = false,
  ): Promise<SearchModel> {
    const embedder = await options.openEmbedder(choice, known)
    const same = opened.find((model) => isSameModel(model.embedder.identity, embedder.identity))
    if (same) {
      await embedder.close()
      return same
    }
    if (isServing && options.warm && lastChunkId(store.reader) > 0) embedder.warm?.()
    const index = await openLibraryIndex({
      store,
      dir: profileDir,
      identity: embedder.identity,
      buildLater: isServing,
      ...(log && { log }),
    })
    const model = { embedder, index }
    opened.push(model)
    return model
  }

  const isNext = (key: string) => next !== undefined && embeddingModelKey(next.embedder.identity) === key

  /** A change of what was chosen, and of what is in memory once it is committed: transactions are synchronous, a microtask comes after. */
  function takeOver(db: WriteDb, model: SearchModel, choice: EmbeddingChoice): void {
    writeChosenModels(db, { serving: { choice, identity: { ...model.embedder.identity } } })
    queueMicrotask(() => {
      if (!isSameChoice(readChosenModels(store.reader).serving.choice, choice)) return
      const { name, dimension } = model.embedder.identity
      log?.info({ name, dimension }, 'another embedding model serves')
      serving?.embedder.rest?.()
      serving = model
      next = undefined
      missing = undefined
      // Documents that were being imported meanwhile were embedded with the model before.
      inBackground(embedMissing())
    })
  }

  const lacks = (model: SearchModel) =>
    lacksVectors({ store, embedder: model.embedder, inUse: () => model === serving, signal: closing.signal })

  async function embedMissing(): Promise<void> {
    const model = serving
    if (!model || !(await lacks(model))) return
    store.transaction((db) => jobs().enqueue(db, embedLibraryRequest(model.embedder.identity)))
    jobs().wake()
  }

  function buildIfWanted(): void {
    if (!serving?.index.buildWanted()) return
    store.transaction((db) => jobs().enqueue(db, buildIndexRequest()))
    jobs().wake()
  }

  async function checkIndex(): Promise<void> {
    await clock.sleep(CHECK_AFTER_MS, closing.signal)
    await serving?.index.check()
    if (!closing.signal.aborted) buildIfWanted()
  }

  async function forgetUnused(): Promise<void> {
    const beforeMs = clock.nowMs() - KEEP_UNUSED_MS
    while (!closing.signal.aborted) {
      if (store.transaction((db) => deleteUnusedEmbeddings(db, beforeMs, UNUSED_PER_COMMIT)) === 0) return
      await nextTurn()
    }
  }

  function inBackground(work: Promise<void>): void {
    work.catch((error) => {
      if (!closing.signal.aborted) log?.warn({ err: error }, 'work on the vectors of the library failed')
    })
  }

  /** True when nothing is left to be done before the model can serve. */
  async function isPrepared(model: SearchModel): Promise<boolean> {
    if (await lacks(model)) return false
    const { vectorCount, pendingCount } = model.index.status()
    if (vectorCount + pendingCount <= SOON_INDEXED_COUNT) await model.index.catchUp()
    const { state } = model.index.status()
    return state === 'ready' || state === 'catching-up'
  }

  function endNext(): void {
    const chosen = readChosenModels(store.reader)
    next = undefined
    if (!chosen.next) return
    store.transaction((db) => writeChosenModels(db, { serving: chosen.serving }))
    // A job that is gone from the list has ended long ago.
    if (jobs().get(chosen.next.jobId)) jobs().cancel(chosen.next.jobId)
  }

  const status = (): EmbeddingStatus => {
    const chosen = readChosenModels(store.reader)
    const job = chosen.next && jobs().get(chosen.next.jobId)
    const inUse = [serving?.embedder.identity, chosen.serving.identity, chosen.next?.identity]
    const { name, dimension } = serving?.embedder.identity ?? chosen.serving.identity ?? {}
    return {
      serving: {
        choice: chosen.serving.choice,
        state: serving ? 'ready' : 'missing',
        ...(name !== undefined && { name }),
        ...(dimension !== undefined && { dimension }),
        ...(missing && { message: missing.message }),
      },
      ...(chosen.next && {
        next: {
          choice: chosen.next.choice,
          name: chosen.next.identity.name,
          dimension: chosen.next.identity.dimension,
          ...(job && { job }),
        },
      }),
      kept: readKeptModels(store.reader).map((kept) => ({
        modelId: kept.modelId,
        name: kept.name,
        dimension: kept.dimension,
        vectorCount: kept.vectorCount,
        byteSize: Math.round(
          kept.vectorCount * (kept.dimension * BYTES_PER_COMPONENT + ROW_BYTES + tokenRowBytes(kept.tokenBytes)),
        ),
        inUse: inUse.some((identity) => identity && isSameModel(identity, kept)),
      })),
    }
  }

  async function use(choice: EmbeddingChoice): Promise<EmbeddingStatus> {
    const model = await open(choice)
    const { identity } = model.embedder
    endNext()
    if (serving && isSameModel(serving.embedder.identity, identity)) {
      store.transaction((db) => writeChosenModels(db, { serving: { choice, identity: { ...identity } } }))
      return status()
    }
    if (await isPrepared(model)) {
      store.transaction((db) => takeOver(db, model, choice))
      await nextTurn()
      return status()
    }
    next = model
    store.transaction((db) => {
      const { jobId } = jobs().enqueue(db, embedLibraryRequest(identity))
      const { serving: now } = readChosenModels(db)
      writeChosenModels(db, { serving: now, next: { choice, identity: { ...identity }, jobId } })
    })
    jobs().wake()
    return status()
  }

  const chosen = readChosenModels(store.reader)
  try {
    serving = await open(chosen.serving.choice, chosen.serving.identity, true)
  } catch (error) {
    if (!isModelAway(error)) throw error
    missing = error
  }
  if (chosen.next) {
    try {
      next = await open(chosen.next.choice, chosen.next.identity)
    } catch (error) {
      log?.warn({ err: error }, 'the embedding model that was chosen can not be opened')
    }
  }

  return {
    serving: () => serving,
    target(key) {
      if (serving && (key === undefined || embeddingModelKey(serving.embedder.identity) === key)) return serving
      if (key === undefined || !next || !isNext(key)) return undefined
      const model = next
      return {
        ...model,
        takeOver(db) {
          const chosen = readChosenModels(db)
          if (chosen.next && isSameModel(chosen.next.identity, model.embedder.identity)) {
            takeOver(db, model, chosen.next.choice)
          }
        },
      }
    },
    dropNext(db, key) {
      const chosen = readChosenModels(db)
      if (!chosen.next || key === undefined || embeddingModelKey(chosen.next.identity) !== key) return
      writeChosenModels(db, { serving: chosen.serving })
      queueMicrotask(() => {
        if (!readChosenModels(store.reader).next) next = undefined
      })
    },
    async letGo(identity) {
      const at = opened.findIndex((model) => isSameModel(model.embedder.identity, identity))
      const model = opened[at]
      if (!model || model === serving || model === next) return
      opened.splice(at, 1)
      await model.index.close()
      await model.embedder.close()
    },
    status,
    choices: (signal) => listChoices(readChosenModels(store.reader), options.listOllama, signal),
    use({ choice }) {
      const turn = tail.then(() => use(choice))
      tail = turn.catch(() => {})
      return turn
    },
    cancel() {
      endNext()
      return status()
    },
    forget({ modelId }) {
      const kept = status().kept.find((model) => model.modelId === modelId)
      if (!kept) throw new StudyError('not-found', 'No vectors are kept of that model.')
      if (kept.inUse) {
        throw new StudyError(
          'bad-input',
          `${kept.name} is in use. Choose another model first; then its vectors can be removed.`,
        )
      }
      store.transaction((db) => jobs().enqueue(db, forgetVectorsRequest(kept)))
      jobs().wake()
      return status()
    },
    embedMissing: () => inBackground(embedMissing()),
    tidy() {
      inBackground(embedMissing())
      buildIfWanted()
      inBackground(checkIndex())
      inBackground(forgetUnused())
    },
    health() {
      const { state, name, dimension, message } = status().serving
      return {
        state,
        ...(name !== undefined && { name }),
        ...(dimension !== undefined && { dimension }),
        ...(message !== undefined && { message }),
      }
    },
    async close() {
      closing.abort()
      for (const { index, embedder } of opened.toReversed()) {
        await index.close()
        await embedder.close()
      }
    },
  }
}
