import { onTestFinished } from 'vitest'
import { makeJobRunner } from '../jobs/job-runner.ts'
import type { LanguageModel } from '../ports.ts'
import { makeQuizJob } from '../quiz/make-quiz-job.ts'
import { makeQuizzes } from '../quiz/quizzes.ts'
import { openStore } from '../store/open-store.ts'
import { makeLibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { manualClock } from './manual-clock.ts'
import { absentModel, countingIds, SHIPPED_EXAMS, SHIPPED_STYLES, SHIPPED_SYLLABUS } from './quiz-bench.ts'
import { documentId, seedLibrary } from './seed-library.ts'
import { GEOGRAPHY, HISTORY, POLITY } from './study-prose.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wordEmbedder } from './word-embedder.ts'

const DOCUMENTS = [POLITY, GEOGRAPHY, HISTORY]
export const ALL_IDS = DOCUMENTS.map(({ id }) => documentId(id))
export const WISH = { documentIds: ALL_IDS, count: 8, style: 'mixed', engine: 'rules' } as const

/** Quizzes over the real queue, in a profile of their own, with three documents. Call inside a test. */
export async function openQuizzes({
  model = absentModel,
  profileDir = temporaryFolder(),
}: {
  model?: LanguageModel
  profileDir?: string
} = {}) {
  const store = openStore({ profileDir })
  const clock = manualClock()
  const ids = countingIds()
  if (store.reader.$client.prepare('SELECT count(*) FROM documents').pluck().get() === 0) {
    await seedLibrary(store, wordEmbedder(), DOCUMENTS)
  }
  const jobs = makeJobRunner({ store, clock, ids }, [
    makeQuizJob({
      store,
      model,
      embedder: () => undefined,
      ids,
      clock,
      styles: SHIPPED_STYLES,
      exams: SHIPPED_EXAMS,
    }) as never,
  ])
  const quizzes = makeQuizzes({
    store,
    ids,
    clock,
    jobs,
    model,
    embedder: () => undefined,
    styles: SHIPPED_STYLES,
    exams: SHIPPED_EXAMS,
    syllabus: makeLibrarySyllabus({
      store,
      syllabus: SHIPPED_SYLLABUS,
      // Key terms alone decide, as for a library without vectors.
      serving: () => undefined,
      jobs: () => jobs,
    }),
  })
  let isStarted = false
  const close = async () => {
    await jobs.stop()
    store.close()
  }
  onTestFinished(close)
  return {
    store,
    clock,
    jobs,
    quizzes,
    profileDir,
    async made(wish: Partial<Parameters<typeof quizzes.create>[0]> = {}) {
      const { id, jobId } = await quizzes.create({ ...WISH, documentIds: [...ALL_IDS], ...wish })
      if (!isStarted) jobs.start()
      isStarted = true
      if (jobId) await jobs.finished(jobId)
      return id
    },
  }
}
