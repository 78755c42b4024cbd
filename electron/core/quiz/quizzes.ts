import { type DocumentId, type JobId, QuizId } from '#contract/ids.ts'
import {
  DEFAULT_EXAM,
  type DifficultyWish,
  type Exam,
  MIXED,
  type Question,
  type QuizEngine,
  type QuizOnly,
  type QuizStyle,
  type QuizSummary,
  type StyleChoice,
} from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import {
  deleteQuiz,
  insertQuiz,
  type QuizRow,
  readQuiz,
  readQuizzes,
  readSourceDocuments,
  type SourceDocument,
  updateQuiz,
} from '../store/quizzes.rows.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { makeKeyChanges } from './change-keys.ts'
import { type ExamProfile, markingScheme } from './exam-profiles.ts'
import { makeQuestionExchange } from './exchange-questions.ts'
import { makeCardKeeper } from './keep-card.ts'
import { levelsOf } from './levels-of-style.ts'
import { MAKE_QUIZ, type MakeQuizPayload } from './make-quiz-job.ts'
import type { QuestionStyles } from './question-styles.ts'
import { documentsOf, makeQuizReach } from './quiz-reach.ts'
import { hashText } from './seeded-random.ts'
import { takeQuizzes } from './take-quiz.ts'
import { readWholeQuestions, toQuizSummary } from './to-quiz.ts'

/** What quizzes ask of the job runner. */
export interface QuizJobs {
  enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }
  wake(): void
  cancel(jobId: JobId): unknown
}

export interface QuizzesParts {
  store: Store
  ids: Ids
  clock: Clock
  jobs: QuizJobs
  /** Decides whether `auto` means the model or the rules. */
  model: LanguageModel
  /** The one in use, to tell duplicates by. */
  embedder: () => Embedder | undefined
  styles: QuestionStyles
  exams: ReadonlyMap<string, ExamProfile>
  /** Which passages a head of the syllabus has. */
  syllabus: Pick<LibrarySyllabus, 'passagesOf'>
}

const MINUTE_MS = 60_000

/** Quizzes and attempts at them: one method a procedure of quizContract. */
export type Quizzes = ReturnType<typeof makeQuizzes>

/** The quizzes of a profile. Methods throw StudyError as the contract's procedures do: mostly not-found, not-ready and bad-input. */
export function makeQuizzes({ store, ids, clock, jobs, model, embedder, styles, exams, syllabus }: QuizzesParts) {
  const examOf = (examId: string): ExamProfile => {
    const exam = exams.get(examId)
    if (exam) return exam
    const known = [...exams.keys()].join(', ')
    throw new StudyError('bad-input', `There is no exam “${examId}” here. Choose one of: ${known}.`)
  }
  const rowOf = (quizId: QuizId): QuizRow => {
    const row = readQuiz(store.reader, quizId)
    if (!row) throw new StudyError('not-found', 'That quiz is not there any more.')
    return row
  }

  const { reach, placesOf } = makeQuizReach({ store, clock, syllabus })

  return {
    /** Newest first. */
    list(): QuizSummary[] {
      return readQuizzes(store.reader).map((row) => toQuizSummary(store.reader, row))
    },

    /** In the order a person is shown them. */
    styles(): StyleChoice[] {
      return [...styles.values()].map((style) => {
        const { id, name, is, example } = style
        return { id, name, is, example, levels: levelsOf(style) }
      })
    },

    /** The one that quizzes follow unless told otherwise first, the rest by name. */
    exams(): Exam[] {
      return [...exams.values()]
        .sort((a, b) => Number(b.id === DEFAULT_EXAM) - Number(a.id === DEFAULT_EXAM) || (a.name < b.name ? -1 : 1))
        .map((exam) => ({
          id: exam.id,
          name: exam.name,
          questionCount: exam.questionCount,
          optionCount: exam.optionCount,
          durationMs: exam.durationMinutes * MINUTE_MS,
          scheme: markingScheme(exam),
        }))
    },

    reach,

    async create(input: {
      documentIds: DocumentId[]
      count: number
      style: QuizStyle
      examId?: string | undefined
      engine: QuizEngine
      title?: string | undefined
      durationMs?: number | undefined
      only?: QuizOnly | undefined
      syllabusId?: string | undefined
      difficulty?: DifficultyWish | undefined
    }): Promise<QuizSummary> {
      const { count, style, title, durationMs, examId = DEFAULT_EXAM, only = 'all', difficulty = 'exam' } = input
      const exam = examOf(examId)
      if (style !== MIXED && !styles.has(style)) {
        const known = [MIXED, ...styles.keys()].join(', ')
        throw new StudyError('bad-input', `There is no style “${style}” of question. Choose one of: ${known}.`)
      }
      const perQuestionMs = (exam.durationMinutes * MINUTE_MS) / exam.questionCount
      const level = difficulty === 'exam' || difficulty === 'mixed' ? undefined : difficulty
      const file = styles.get(style)
      if (level && file && !levelsOf(file).includes(level)) {
        const levels = levelsOf(file).join(' or ')
        const message = `Questions of the style “${style}” can’t be ${level}: they are ${levels}. No quiz was made. Choose another level, or another style.`
        throw new StudyError('bad-input', message)
      }
      const { syllabusId } = input
      const chosen = new Set(input.documentIds)
      const places = await placesOf({ only, syllabusId }, (documentId) => chosen.size === 0 || chosen.has(documentId))
      const documentIds = input.documentIds.length > 0 || !places ? input.documentIds : documentsOf(places)
      const documents = chosenDocuments(store, documentIds)
      const engine = await engineOf(input.engine, model)
      const id = QuizId.parse(ids.next())
      store.transaction((db) => {
        insertQuiz(
          db,
          {
            id,
            title: title || titleOf(documents),
            style,
            examId,
            optionCount: exam.optionCount,
            engine,
            status: 'making',
            requestedCount: count,
            dropped: {},
            durationMs: durationMs ?? Math.round(count * perQuestionMs),
            perQuestionMs: durationMs === undefined ? Math.round(perQuestionMs) : null,
            onlyFrom: only,
            syllabusId: syllabusId ?? null,
            places,
            difficulty,
            seed: hashText(id),
            createdAtMs: clock.nowMs(),
          },
          documents.map((document) => document.id),
        )
        const payload: MakeQuizPayload = { quizId: id }
        const { jobId } = jobs.enqueue(db, { kind: MAKE_QUIZ, key: id, payload, title: title || titleOf(documents) })
        updateQuiz(db, id, { jobId })
      })
      jobs.wake()
      return toQuizSummary(store.reader, rowOf(id))
    },

    get({ quizId }: { quizId: QuizId }): QuizSummary {
      return toQuizSummary(store.reader, rowOf(quizId))
    },

    /** Whole, with keys, in the order they were made; while the quiz is being made, those that are there. */
    questions({ quizId }: { quizId: QuizId }): Question[] {
      rowOf(quizId)
      return readWholeQuestions(store.reader, quizId)
    },

    /** Removes a quiz with its attempts; stops its making first. */
    delete({ quizId }: { quizId: QuizId }): void {
      const { status, jobId } = rowOf(quizId)
      if (status === 'making' && jobId !== null) jobs.cancel(jobId)
      store.transaction((db) => deleteQuiz(db, quizId))
    },

    ...makeCardKeeper({ store, ids, clock }),
    ...makeKeyChanges({ store, clock }),
    ...makeQuestionExchange({ store, ids, clock, embedder, examOf }),
    ...takeQuizzes({ store, ids, clock, scheme: (examId) => markingScheme(examOf(examId)) }),
  }
}

/** The documents to ask about, once each. Throws `not-found` and `not-ready`, naming the document. */
function chosenDocuments(store: Store, documentIds: readonly DocumentId[]): SourceDocument[] {
  if (documentIds.length === 0) {
    throw new StudyError('bad-input', 'No document was chosen. No quiz was made. Choose at least one.')
  }
  const documents = readSourceDocuments(store.reader, documentIds)
  if (documents.length < new Set(documentIds).size) {
    throw new StudyError('not-found', 'One of the chosen documents is not in the library any more. No quiz was made.')
  }
  const waiting = documents.find((document) => !document.ready)
  if (waiting) {
    throw new StudyError(
      'not-ready',
      `“${waiting.title}” has not been read to its end. No quiz was made. Try again when its import is done.`,
    )
  }
  return documents
}

async function engineOf(engine: QuizEngine, model: LanguageModel): Promise<'ollama' | 'rules'> {
  if (engine !== 'auto') return engine
  const { state } = await model.status(undefined, { patient: true })
  return state === 'ready' ? 'ollama' : 'rules'
}

function titleOf([first, second, ...rest]: readonly SourceDocument[]): string {
  if (!first) return ''
  if (!second) return first.title
  return rest.length === 0 ? `${first.title}, ${second.title}` : `${first.title}, ${second.title} +${rest.length}`
}
