import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { DocumentId, JobId, QuizId } from '#contract/ids.ts'
import { DEFAULT_EXAM, type DifficultyWish, MIXED, type QuizStyle } from '#contract/quiz.ts'
import type { Embedder, Ids, LanguageModel } from '../ports.ts'
import { readExamProfiles } from '../quiz/exam-profiles.ts'
import { makeQuizJob } from '../quiz/make-quiz-job.ts'
import { readQuestionStyles } from '../quiz/question-styles.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { insertQuiz, readQuestions, readQuiz } from '../store/quizzes.rows.ts'
import { readSyllabus } from '../syllabus/read-syllabus.ts'
import { driveJob } from './drive-job.ts'
import { manualClock } from './manual-clock.ts'
import { documentId, type SeedDocument, seedLibrary } from './seed-library.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wordEmbedder } from './word-embedder.ts'

const resources = (folder: string) => fileURLToPath(new URL(`../../../resources/${folder}/`, import.meta.url))

/** The styles, exams and syllabus that ship with the app. */
export const SHIPPED_STYLES = readQuestionStyles(resources('question-styles'))
export const SHIPPED_EXAMS = readExamProfiles(resources('exams'))
export const SHIPPED_SYLLABUS = readSyllabus(resources('syllabus'))

/** Ids that count up: the same in every run. */
export function countingIds(): Ids {
  let last = 0
  return { next: () => `id-${String(++last).padStart(5, '0')}` }
}

/** A model that no rule-made quiz may ask. */
export const absentModel: LanguageModel = {
  status: async () => ({ state: 'unreachable', url: 'http://127.0.0.1:1', models: [], message: 'Nothing answers.' }),
  chat: () => {
    throw new Error('the model was asked')
  },
}

export interface QuizBenchOptions {
  documents?: readonly SeedDocument[]
  store?: Store
  model?: LanguageModel
  embedder?: Embedder
  /** Of an earlier bench on the same store, so that its ids go on. */
  ids?: Ids
}

/** A store with documents and the making of quizzes over them, without a queue. Call inside a test. */
export async function openQuizBench({
  documents = [],
  model = absentModel,
  embedder,
  ...given
}: QuizBenchOptions = {}) {
  const store = given.store ?? openStore({ profileDir: temporaryFolder() })
  if (!given.store) onTestFinished(() => store.close())
  if (documents.length > 0) await seedLibrary(store, wordEmbedder(), documents)
  const ids = given.ids ?? countingIds()
  const clock = manualClock()
  const job = makeQuizJob({
    store,
    model,
    embedder: () => embedder,
    ids,
    clock,
    styles: SHIPPED_STYLES,
    exams: SHIPPED_EXAMS,
  })
  let quizCount = 0
  return {
    store,
    ids,
    clock,
    job,
    /** A quiz's row, as `create` leaves it, without a job. */
    addQuiz(
      options: {
        style?: QuizStyle
        examId?: string
        count?: number
        engine?: 'rules' | 'ollama'
        seed?: number
        difficulty?: DifficultyWish
        of?: readonly string[]
      } = {},
    ): QuizId {
      const quizId = `quiz-${++quizCount}` as QuizId
      const chosen: DocumentId[] = (options.of ?? documents.map(({ id }) => id)).map(documentId)
      store.transaction((db) =>
        insertQuiz(
          db,
          {
            id: quizId,
            title: 'Practice',
            style: options.style ?? MIXED,
            examId: options.examId ?? DEFAULT_EXAM,
            optionCount: SHIPPED_EXAMS.get(options.examId ?? DEFAULT_EXAM)?.optionCount ?? 4,
            engine: options.engine ?? 'rules',
            status: 'making',
            requestedCount: options.count ?? 10,
            dropped: {},
            durationMs: 720_000,
            perQuestionMs: 72_000,
            seed: options.seed ?? 1,
            difficulty: options.difficulty ?? 'exam',
            jobId: 'driven' as JobId,
            createdAtMs: clock.nowMs(),
          },
          chosen,
        ),
      )
      return quizId
    },
    make: (quizId: QuizId, driving: Parameters<typeof driveJob>[3] = {}) =>
      driveJob(store, job, { quizId }, driving as object),
    questions: (quizId: QuizId) => readQuestions(store.reader, quizId),
    quiz: (quizId: QuizId) => readQuiz(store.reader, quizId),
  }
}
