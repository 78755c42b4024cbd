import { CardId, type DocumentId, type JobId, type QuestionId, QuizId } from '#contract/ids.ts'
import {
  DEFAULT_EXAM,
  type DifficultyWish,
  type Exam,
  MIXED,
  type Question,
  type QuizEngine,
  type QuizOnly,
  type QuizReach,
  type QuizStyle,
  type QuizSummary,
  type StyleChoice,
} from '#contract/quiz.ts'
import type { Card } from '#contract/study.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { readChunkPlaces, readRecentPages, readWrongQuestions } from '../store/quiz-reach.rows.ts'
import {
  deleteQuiz,
  findQuestion,
  insertQuiz,
  type QuizRow,
  readQuiz,
  readQuizzes,
  readSourceDocuments,
  type SourceDocument,
  updateQuiz,
} from '../store/quizzes.rows.ts'
import type { QuizPlace } from '../store/quizzes.schema.ts'
import { insertCards, readCards } from '../store/study.rows.ts'
import { toCard } from '../study/cards.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { cardOfQuestion } from './card-of-question.ts'
import { makeKeyChanges } from './change-keys.ts'
import { type ExamProfile, markingScheme } from './exam-profiles.ts'
import { makeQuestionExchange } from './exchange-questions.ts'
import { MAKE_QUIZ, type MakeQuizPayload } from './make-quiz-job.ts'
import { LEVELS_OF_SHAPE } from './question-difficulty.ts'
import type { QuestionStyles } from './question-styles.ts'
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
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS

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

  /**
   * Where the sentences of a narrowed quiz must stand; null where it is not narrowed. Throws
   * `not-enough-material` where there is no such place yet, and `not-found` for a head that is in no syllabus.
   */
  async function placesOf(
    only: QuizOnly,
    syllabusId: string | undefined,
    isChosen: (documentId: DocumentId) => boolean,
  ): Promise<QuizPlace[] | null> {
    const some = only === 'all' ? undefined : placesOfOnly(only).filter(({ documentId }) => isChosen(documentId))
    if (some?.length === 0) throw nothingIn(only)
    if (syllabusId === undefined) return some ?? null
    const { passages, isComplete } = await syllabus.passagesOf(syllabusId)
    const ofHead = readChunkPlaces(
      store.reader,
      passages.map(({ chunkId }) => chunkId),
    ).filter(({ documentId }) => isChosen(documentId))
    const both = some ? ofHead.filter((place) => some.some((other) => doOverlap(place, other))) : ofHead
    if (both.length > 0) return both
    throw new StudyError(
      'not-enough-material',
      isComplete
        ? 'No passage that was chosen belongs to this head of the syllabus. No quiz was made. Choose more documents or a wider head.'
        : 'The library is still being matched with the syllabus, and no passage of this head was found yet. No quiz was made. Try again when the work is done.',
    )
  }

  function placesOfOnly(only: Exclude<QuizOnly, 'all'>): QuizPlace[] {
    return only === 'wrong'
      ? readWrongQuestions(store.reader).flatMap(({ spans }) => spans)
      : readRecentPages(store.reader, clock.nowMs() - WEEK_MS)
  }

  return {
    /** Newest first. */
    list(): QuizSummary[] {
      return readQuizzes(store.reader).map((row) => toQuizSummary(store.reader, row))
    },

    /** In the order a person is shown them. */
    styles(): StyleChoice[] {
      return [...styles.values()].map(({ id, name, is, example }) => ({ id, name, is, example }))
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

    /** What a quiz narrowed to it would be made from now. */
    reach(): QuizReach {
      const wrong = readWrongQuestions(store.reader)
      const week = readRecentPages(store.reader, clock.nowMs() - WEEK_MS)
      return {
        wrong: { count: wrong.length, documentIds: documentsOf(wrong.flatMap(({ spans }) => spans)) },
        week: { count: week.length, documentIds: documentsOf(week) },
      }
    },

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
      const shape = styles.get(style)?.shape
      if (level && shape && !LEVELS_OF_SHAPE[shape].includes(level)) {
        const levels = LEVELS_OF_SHAPE[shape].join(', ')
        const message = `Questions of the style “${style}” can’t be ${level}: they are ${levels}. No quiz was made.`
        throw new StudyError('bad-input', message)
      }
      const { syllabusId } = input
      const chosen = new Set(input.documentIds)
      const places = await placesOf(only, syllabusId, (documentId) => chosen.size === 0 || chosen.has(documentId))
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

    makeCard({ questionId }: { questionId: QuestionId }): { card: Card; isNew: boolean } {
      const row = findQuestion(store.reader, questionId)
      const question = row && readWholeQuestions(store.reader, row.quizId).find(({ id }) => id === questionId)
      if (!row || !question) {
        throw new StudyError(
          'not-found',
          'That question is not there any more: its quiz was deleted. No card was made.',
        )
      }
      const sides = cardOfQuestion(question)
      const known = readCards(store.reader).find(
        ({ front, back, documentId }) => front === sides.front && back === sides.back && documentId === row.documentId,
      )
      if (known) return { card: toCard(store.reader, known), isNew: false }
      const { documentId, documentTitle, documentPath, pageNumber, quote, startOffset, endOffset, sourceLost } = row
      const nowMs = clock.nowMs()
      const id = CardId.parse(ids.next())
      const card = {
        id,
        ...sides,
        kind: 'question' as const,
        engine: row.engine === 'imported' ? ('person' as const) : row.engine,
        model: null,
        ...{ documentId, documentTitle, documentPath, pageNumber, quote, startOffset, endOffset, sourceLost },
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        deletedAtMs: null,
      }
      store.transaction((db) => insertCards(db, [card]))
      return { card: toCard(store.reader, card), isNew: true }
    },

    /** Removes a quiz with its attempts; stops its making first. */
    delete({ quizId }: { quizId: QuizId }): void {
      const { status, jobId } = rowOf(quizId)
      if (status === 'making' && jobId !== null) jobs.cancel(jobId)
      store.transaction((db) => deleteQuiz(db, quizId))
    },

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

function nothingIn(only: QuizOnly): StudyError {
  return new StudyError(
    'not-enough-material',
    only === 'wrong'
      ? 'No question about the chosen documents was answered wrong when it was last asked. No quiz was made. Take a test first, or ask about all of the documents.'
      : 'Nothing of the chosen documents was added or read in the last seven days. No quiz was made. Read a page or add a document first, or ask about all of the documents.',
  )
}

function doOverlap(one: QuizPlace, other: QuizPlace): boolean {
  if (one.documentId !== other.documentId || one.pageNumber !== other.pageNumber) return false
  if (one.startOffset === undefined || other.startOffset === undefined) return true
  return one.startOffset < (other.endOffset ?? 0) && other.startOffset < (one.endOffset ?? 0)
}

function documentsOf(places: readonly { documentId: DocumentId }[]): DocumentId[] {
  return [...new Set(places.map(({ documentId }) => documentId))]
}

async function engineOf(engine: QuizEngine, model: LanguageModel): Promise<'ollama' | 'rules'> {
  if (engine !== 'auto') return engine
  const { state } = await model.status()
  return state === 'ready' ? 'ollama' : 'rules'
}

function titleOf([first, second, ...rest]: readonly SourceDocument[]): string {
  if (!first) return ''
  if (!second) return first.title
  return rest.length === 0 ? `${first.title}, ${second.title}` : `${first.title}, ${second.title} +${rest.length}`
}
