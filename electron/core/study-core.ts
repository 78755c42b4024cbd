import { mkdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { DocumentId } from '#contract/ids.ts'
import type { Health, ModelStatus } from '#contract/system.ts'
import { makeCheckpointer } from './adapters/checkpoint-worker.ts'
import { makeChunker } from './adapters/chunk-worker.ts'
import { databaseCopier } from './adapters/database-worker.ts'
import { makeExtractor } from './adapters/extract-worker.ts'
import { listOllamaEmbedders } from './adapters/ollama-embedder.ts'
import { makeOnnxAnswerJudge } from './adapters/onnx-minilm.ts'
import { makeRecogniser } from './adapters/recognise-worker.ts'
import { shareOllama } from './adapters/share-ollama.ts'
import { openArchive } from './adapters/yauzl-archive.ts'
import { type Asker, makeAsker } from './ask/answer-question.ts'
import { makeBackupJob } from './backup/back-up-library.ts'
import { makeExportJob } from './backup/export-library.ts'
import { type LibraryData, makeLibraryData } from './backup/library-data.ts'
import { finishRestore, makeRestoreJob } from './backup/restore-backup.ts'
import { type EmbeddingModels, openEmbeddingModels } from './embedding/embedding-models.ts'
import { makeForgetVectorsJob } from './embedding/forget-vectors.ts'
import { ANSWER_JUDGE, BUILT_IN_MODEL, openEmbedder } from './embedding/open-embedder.ts'
import { makeEmbedLibraryJob } from './ingest/embed-library.ts'
import { makeImportJob } from './ingest/import-document.ts'
import { keepPasswords } from './ingest/keep-passwords.ts'
import { type Library, makeLibrary } from './ingest/library.ts'
import { readAgain } from './ingest/read-again.ts'
import { makeRecogniseJob, recogniseMissingRequests, recogniseRequest } from './ingest/recognise-document.ts'
import { type FolderWatcher, makeFolderWatcher } from './ingest/watch-folders.ts'
import { type HeavyWorkKeeper, makeHeavyWork } from './jobs/hold-heavy-work.ts'
import { type JobRunner, makeJobRunner } from './jobs/job-runner.ts'
import { type MainsPractice, makeMainsPractice } from './mains/mains-practice.ts'
import { readMainsData } from './mains/read-mains-data.ts'
import type { ModelShelf } from './models/model-shelf.ts'
import { openLanguageModels } from './models/open-language-models.ts'
import type { UsageReporter } from './models/report-usage.ts'
import { isSmallMemory } from './models/small-memory.ts'
import { boundHeap } from './ops/bound-heap.ts'
import { keepSettings, type SettingsKeeper } from './ops/keep-settings.ts'
import { makeFeed } from './ops/make-feed.ts'
import { makeIds } from './ops/make-ids.ts'
import { type Log, openLog } from './ops/open-log.ts'
import { readPowerSupply } from './ops/read-power-supply.ts'
import { systemClock } from './ops/system-clock.ts'
import type { Clock, Embedder, Ids, LanguageModel, SecretKeeper, TextRecogniser } from './ports.ts'
import { readExamProfiles } from './quiz/exam-profiles.ts'
import { makeQuizJob } from './quiz/make-quiz-job.ts'
import { readQuestionStyles } from './quiz/question-styles.ts'
import { makeQuizzes, type Quizzes } from './quiz/quizzes.ts'
import { makeBuildIndexJob } from './search/build-index.ts'
import { keepSearchHistory, type SearchHistoryKeeper } from './search/search-history.ts'
import { makeSearcher, type Searcher } from './search/search-library.ts'
import { keepSearchTerms, type SearchTermsKeeper } from './search/search-terms.ts'
import { readShippedTerms } from './search/shipped-terms.ts'
import { makeBlobStore } from './store/blobs.ts'
import type { WriteDb } from './store/connection.ts'
import { findDocument } from './store/documents.rows.ts'
import { countLibrary } from './store/library.rows.ts'
import { lockProfile, type ProfileHolder } from './store/lock-profile.ts'
import { purgeMains } from './store/mains.rows.ts'
import { DATABASE_FILE, openStore } from './store/open-store.ts'
import { purgeStudy } from './store/study.rows.ts'
import { type Briefs, makeBriefs } from './study/briefs.ts'
import { type Cards, makeCards } from './study/cards.ts'
import { makeBriefJob } from './study/make-brief-job.ts'
import { type LibrarySyllabus, makeLibrarySyllabus } from './syllabus/library-syllabus.ts'
import { makeMatchSyllabusJob } from './syllabus/match-syllabus-job.ts'
import { readSyllabus } from './syllabus/read-syllabus.ts'

export interface StudyCoreConfig {
  /** The folder of one person's data; made when missing. */
  profileDir: string
  host: ProfileHolder['host']
  appVersion: string
  /** Holds models/, sample-library/, exams/, question-styles/, syllabus/ and mains/. */
  resourcesDir: string
  /** False for a look at the profile that leaves queued work alone. */
  runJobs?: boolean
}

/** What tests and other hosts may put in the place of the real thing. */
export interface StudyCorePorts {
  clock?: Clock
  ids?: Ids
  embedder?: Embedder
  model?: LanguageModel
  /** Keys of paid servers; kept for the session where absent. */
  secrets?: SecretKeeper
  recogniser?: TextRecogniser
  /** The system's dialog for a folder. */
  chooseFolder?: () => Promise<string | undefined>
}

/** The whole app without a window. Each part has one method a procedure of the contract. */
export interface StudyCore {
  readonly documents: Library
  readonly folders: FolderWatcher
  readonly jobs: JobRunner
  readonly heavyWork: HeavyWorkKeeper
  readonly data: LibraryData
  readonly search: Searcher
  readonly searchTerms: SearchTermsKeeper
  readonly searchHistory: SearchHistoryKeeper
  readonly ask: Asker
  readonly quiz: Quizzes
  readonly embedding: EmbeddingModels
  readonly study: Briefs & Cards
  readonly syllabus: LibrarySyllabus
  readonly mains: MainsPractice
  readonly settings: SettingsKeeper
  readonly models: ModelShelf
  readonly usage: UsageReporter
  /** For what hosts must not pass over in silence. */
  readonly log: Log
  health(): Promise<Health>
  modelStatus(): Promise<ModelStatus>
  /** Where hosts put files on their way in. */
  readonly uploadsDir: string
  /** A document's original file, for the host's file route. */
  fileOf(documentId: DocumentId): { path: string; mediaType: string; sha256: string; title: string } | undefined
  /** Writes down where this host answers, for a second start. */
  announce(address: string): void
  /** Stops within 5 s; what was running resumes at the next start. */
  close(): Promise<void>
}

/**
 * Opens a profile and starts its work, in the order the data flows:
 * import → extract → chunk → embed → index (→ recognise) → search → ask / quiz.
 * Throws StudyError: profile-locked, database-newer, database-damaged, disk-full.
 */
export async function openStudyCore(config: StudyCoreConfig, ports: StudyCorePorts = {}): Promise<StudyCore> {
  boundHeap()
  const clock = ports.clock ?? systemClock
  const ids = ports.ids ?? makeIds({ clock })
  const { profileDir, resourcesDir } = config
  const lock = lockProfile(profileDir, { pid: process.pid, host: config.host, sinceMs: clock.nowMs() })
  // Closed last to first, so that nothing outlives what it stands on.
  const closers: (() => void | Promise<void>)[] = [() => lock.release()]
  const close = async () => {
    while (closers.length > 0) await closers.pop()?.()
  }
  try {
    const log = openLog(profileDir)
    closers.push(() => log.flush())
    const replaced = finishRestore(profileDir)
    if (replaced) log.info({ replaced }, 'a backup took the library’s place')
    const checkpointer = makeCheckpointer({ clock, databaseFile: join(profileDir, DATABASE_FILE), log })
    const store = openStore({ profileDir, committed: checkpointer.committed })
    closers.push(() => store.close())
    closers.push(() => checkpointer.close())
    const settings = keepSettings({ store })
    const blobsDir = join(profileDir, 'blobs')
    const blobs = makeBlobStore({ dir: blobsDir, ids })
    const uploadsDir = join(profileDir, 'uploads')
    mkdirSync(uploadsDir, { recursive: true })

    const sparesMemory = () => isSmallMemory(settings.read(), totalmem())
    const shared = shareOllama(sparesMemory)
    const sources = {
      resourcesDir,
      settings: settings.read,
      clock,
      shared,
      ...(ports.embedder && { builtIn: ports.embedder }),
    }
    const embedding = await openEmbeddingModels({
      store,
      profileDir,
      clock,
      log,
      jobs: () => jobs,
      openEmbedder: (choice, known) => openEmbedder(choice, sources, known),
      warm: config.runJobs ?? true,
      listOllama: (signal) => listOllamaEmbedders(sources, signal),
    })
    closers.push(() => embedding.close())
    const embedder = () => embedding.serving()?.embedder
    const index = () => embedding.serving()?.index
    const languageModels = openLanguageModels({
      store,
      clock,
      settings: settings.read,
      shared,
      secrets: ports.secrets,
      given: ports.model,
    })
    const { model } = languageModels

    const extractor = makeExtractor({ clock })
    closers.push(() => extractor.close())
    const chunker = makeChunker({ clock, modelDir: join(resourcesDir, 'models', BUILT_IN_MODEL) })
    closers.push(() => chunker.close())
    const recogniser = ports.recogniser ?? makeRecogniser({ clock })
    closers.push(() => recogniser.close())
    const changes = makeFeed<DocumentId[]>()
    const passwords = keepPasswords()
    const unlocker = makeExtractor({ clock, idleMs: 1000 })
    closers.push(() => unlocker.close())
    const reading = { store, blobs, clock, passwords }
    const vectorsMissing = () => embedding.embedMissing()
    const changed = changes.publish
    const importing = { ...reading, chunker, searchModel: embedding.serving, vectorsMissing, changed, log }
    const canRecognise = recogniser.languages.length > 0
    const queueRecognition = (db: WriteDb, { id, title }: { id: DocumentId; title: string }) =>
      void jobs.enqueue(db, recogniseRequest(id, title))
    const styles = readQuestionStyles(join(resourcesDir, 'question-styles'))
    const exams = readExamProfiles(join(resourcesDir, 'exams'))
    const searchTerms = keepSearchTerms({ store, shipped: readShippedTerms(resourcesDir), ids, clock })
    const search = makeSearcher({ store, embedder, index, clock, terms: searchTerms.lookup })
    const syllabus = makeLibrarySyllabus({
      store,
      syllabus: readSyllabus(join(resourcesDir, 'syllabus')),
      serving: embedding.serving,
      jobs: () => jobs,
    })
    const mains = makeMainsPractice({
      store,
      ids,
      clock,
      jobs: () => jobs,
      data: readMainsData(join(resourcesDir, 'mains')),
      syllabus,
      searcher: search,
      embedder,
      model,
    })
    const tuning = { oneHeavyKind: sparesMemory }
    const jobs: JobRunner = makeJobRunner({ store, clock, ids, log, tuning }, [
      makeImportJob({ ...importing, extractor, ...(canRecognise && { queueRecognition }) }),
      makeRecogniseJob({ ...importing, recogniser }),
      makeEmbedLibraryJob({ store, models: embedding, clock }),
      makeBuildIndexJob({ index, clock }),
      makeForgetVectorsJob({ store, profileDir, models: embedding }),
      makeQuizJob({ store, model, embedder, ids, clock, styles, exams }),
      makeBriefJob({ store, searcher: search, model, embedder }),
      makeMatchSyllabusJob(syllabus),
      ...mains.jobs,
      ...languageModels.jobs,
      makeBackupJob({ store, blobsDir, copier: databaseCopier, clock, ids, appVersion: config.appVersion }),
      makeRestoreJob({ profileDir, copier: databaseCopier, ids }),
      makeExportJob({
        store,
        blobs,
        collections: () => documents.collections(),
        quizzes: () => wholeQuizzes(quiz),
        mains: () => wholeMains(mains),
      }),
    ])
    closers.push(() => jobs.stop())
    // A command was given to be done now, and has no page to say that it waits for the charger.
    const heedBattery = config.host === 'cli' ? () => ({ heavyWork: 'always' as const }) : settings.read
    const heavyWork = makeHeavyWork({ jobs, settings: heedBattery, clock, readPower: readPowerSupply })
    closers.push(() => heavyWork.close())

    const sampleDir = join(resourcesDir, 'sample-library')
    const places = { uploadsDir, sampleDir }
    const documents = makeLibrary({ ...reading, ids, jobs, changes, openArchive, unlocker, recogniser, ...places })
    const searchHistory = keepSearchHistory({ store, clock })
    const { importPaths } = documents
    const folders = makeFolderWatcher({ store, ids, clock, importPaths, log, chooseFolder: ports.chooseFolder })
    const judge = makeOnnxAnswerJudge({ modelDir: join(resourcesDir, 'models', ANSWER_JUDGE), clock })
    closers.push(() => judge.close())
    const ask = makeAsker({
      store,
      searcher: search,
      embedder,
      judge,
      model,
      answering: heavyWork.answering,
      provider: () => settings.read().provider,
      cache: languageModels.cache,
      ids,
      clock,
    })
    await ask.recover()
    store.transaction(purgeStudy)
    store.transaction(purgeMains)
    const study = { ...makeBriefs({ store, ids, clock, jobs, model }), ...makeCards({ store, model, ids, clock }) }
    const quiz = makeQuizzes({ store, ids, clock, jobs, model, embedder, styles, exams, syllabus })
    const data = makeLibraryData({ store, jobs, clock, profileDir })
    if (config.runJobs ?? true) {
      store.transaction((db) => {
        for (const request of recogniseMissingRequests({ store, recogniser })) jobs.enqueue(db, request)
      })
      readAgain({ store, clock, jobs, recogniser })
      jobs.start()
      embedding.tidy()
      syllabus.tidy()
      const tending = new AbortController()
      const tended = Promise.allSettled([
        documents.keepPurging(tending.signal).catch((err) => {
          if (!tending.signal.aborted) log.error({ err }, 'what was deleted could not be removed')
        }),
        // A command does what it was told, and looks into folders when it is told to.
        config.host === 'cli' || folders.keepWatching(tending.signal),
      ])
      closers.push(async () => {
        tending.abort()
        await tended
      })
    }
    log.info({ host: config.host, version: config.appVersion, databaseVersion: store.version }, 'opened')

    return {
      documents,
      folders,
      jobs,
      heavyWork,
      data,
      search,
      searchTerms,
      searchHistory,
      ask,
      quiz,
      embedding,
      study,
      syllabus,
      mains,
      settings: {
        read: settings.read,
        update(patch) {
          const updated = settings.update(patch)
          heavyWork.reconsider()
          return updated
        },
      },
      models: languageModels.shelf(jobs),
      usage: languageModels.usage,
      log,
      uploadsDir,
      modelStatus: () => model.status(),
      async health() {
        const counts = countLibrary(store.reader)
        return {
          host: config.host,
          version: config.appVersion,
          nodeVersion: process.version,
          platform: `${process.platform} ${process.arch}`,
          profileDir,
          databaseVersion: store.version,
          ...counts,
          embedding: embedding.health(),
          index: index()?.status() ?? { state: 'absent', vectorCount: 0, pendingCount: counts.chunkCount },
          model: await model.status(),
          residentBytes: process.memoryUsage.rss(),
        }
      },
      fileOf(documentId) {
        const document = findDocument(store.reader, documentId)
        const path = document && blobs.pathOf(document.sha256)
        return path
          ? { path, mediaType: document.mediaType, sha256: document.sha256, title: document.title }
          : undefined
      },
      announce: lock.announce,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function wholeMains(mains: MainsPractice) {
  const answers = mains.answers().answers.map(({ id: answerId }) => ({
    answer: mains.answer({ answerId }),
    markdown: mains.exportAnswer({ answerId, language: 'en' }).text,
  }))
  return { questions: mains.questions(), answers }
}

function wholeQuizzes(quiz: Quizzes) {
  return quiz.list().map((summary) => ({ summary, questions: quiz.questions({ quizId: summary.id }) }))
}
