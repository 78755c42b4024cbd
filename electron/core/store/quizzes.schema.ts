import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Box } from '#contract/documents.ts'
import type { AttemptId, DocumentId, JobId, QuestionId, QuizId } from '#contract/ids.ts'
import type {
  Difficulty,
  DifficultyWish,
  MarkingScheme,
  QuestionEngine,
  QuestionStyle,
  QuizOnly,
  QuizStyle,
  Score,
} from '#contract/quiz.ts'

// Types of the tables in migrations/0004_quizzes.sql, 0008_question_styles.sql, 0012_question_keys.sql and
// 0022_quiz_scopes.sql, which alone make them.

/** A page, or a stretch of one, that a quiz is narrowed to. */
export interface QuizPlace {
  documentId: DocumentId
  pageNumber: number
  /** UTF-16, into the page's text; both or neither. */
  startOffset?: number
  endOffset?: number
}

export const quizzes = sqliteTable('quizzes', {
  id: text('id').$type<QuizId>().primaryKey(),
  title: text('title').notNull(),
  style: text('style').$type<QuizStyle>().notNull(),
  examId: text('exam_id').notNull(),
  optionCount: integer('option_count').notNull(),
  engine: text('engine').$type<QuestionEngine>().notNull(),
  status: text('status').$type<'making' | 'ready' | 'failed' | 'cancelled'>().notNull(),
  note: text('note'),
  requestedCount: integer('requested_count').notNull(),
  dropped: text('dropped', { mode: 'json' }).$type<Record<string, number>>().notNull(),
  durationMs: integer('duration_ms').notNull(),
  perQuestionMs: integer('per_question_ms'),
  onlyFrom: text('only_from').$type<QuizOnly>().notNull().default('all'),
  syllabusId: text('syllabus_id'),
  places: text('places', { mode: 'json' }).$type<QuizPlace[]>(),
  difficulty: text('difficulty').$type<DifficultyWish>().notNull().default('exam'),
  seed: integer('seed').notNull(),
  jobId: text('job_id').$type<JobId>(),
  createdAtMs: integer('created_at_ms').notNull(),
})

export const quizDocuments = sqliteTable(
  'quiz_documents',
  {
    quizId: text('quiz_id').$type<QuizId>().notNull(),
    ordinal: integer('ordinal').notNull(),
    documentId: text('document_id').$type<DocumentId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.quizId, table.ordinal] })],
)

export const questions = sqliteTable('questions', {
  id: text('id').$type<QuestionId>().primaryKey(),
  quizId: text('quiz_id').$type<QuizId>().notNull(),
  ordinal: integer('ordinal').notNull(),
  seat: integer('seat').notNull(),
  style: text('style').$type<QuestionStyle>().notNull(),
  engine: text('engine').$type<QuestionEngine>().notNull(),
  stem: text('stem').notNull(),
  statements: text('statements', { mode: 'json' }).$type<string[]>().notNull(),
  labels: text('labels', { mode: 'json' }).$type<string[]>().notNull(),
  prompt: text('prompt').notNull(),
  options: text('options', { mode: 'json' }).$type<string[]>().notNull(),
  answerIndex: integer('answer_index').notNull(),
  explanation: text('explanation').notNull(),
  documentId: text('document_id').$type<DocumentId>().notNull(),
  documentPath: text('document_path').notNull(),
  documentTitle: text('document_title').notNull(),
  pageNumber: integer('page_number').notNull(),
  quote: text('quote').notNull(),
  startOffset: integer('start_offset').notNull(),
  endOffset: integer('end_offset').notNull(),
  boxes: text('boxes', { mode: 'json' }).$type<Box[]>().notNull(),
  sourceLost: integer('source_lost', { mode: 'boolean' }).notNull().default(false),
  facts: text('facts', { mode: 'json' }).$type<string[]>().notNull(),
  answer: text('answer').notNull(),
  topic: text('topic').notNull().default(''),
  difficulty: text('difficulty').$type<Difficulty>(),
  vector: blob('vector', { mode: 'buffer' }),
  vectorModel: text('vector_model'),
  createdAtMs: integer('created_at_ms').notNull(),
})

export const questionSources = sqliteTable(
  'question_sources',
  {
    questionId: text('question_id').$type<QuestionId>().notNull(),
    ordinal: integer('ordinal').notNull(),
    documentId: text('document_id').$type<DocumentId>().notNull(),
    documentPath: text('document_path').notNull(),
    documentTitle: text('document_title').notNull(),
    pageNumber: integer('page_number').notNull(),
    quote: text('quote').notNull(),
    startOffset: integer('start_offset').notNull(),
    endOffset: integer('end_offset').notNull(),
    boxes: text('boxes', { mode: 'json' }).$type<Box[]>().notNull(),
    sourceLost: integer('source_lost', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.ordinal] })],
)

export type KeyReason = 'key' | 'dropped' | 'reported' | 'kin' | 'restored'

export const questionKeys = sqliteTable(
  'question_keys',
  {
    questionId: text('question_id').$type<QuestionId>().notNull(),
    version: integer('version').notNull(),
    answerIndex: integer('answer_index'),
    reason: text('reason').$type<KeyReason>().notNull(),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.version] })],
)

export const attempts = sqliteTable('attempts', {
  id: text('id').$type<AttemptId>().primaryKey(),
  quizId: text('quiz_id').$type<QuizId>().notNull(),
  scheme: text('scheme', { mode: 'json' }).$type<MarkingScheme>().notNull(),
  questionCount: integer('question_count').notNull(),
  durationMs: integer('duration_ms').notNull(),
  elapsedMs: integer('elapsed_ms').notNull().default(0),
  startedAtMs: integer('started_at_ms').notNull(),
  submittedAtMs: integer('submitted_at_ms'),
  score: text('score', { mode: 'json' }).$type<Score>(),
})

export const responses = sqliteTable(
  'responses',
  {
    attemptId: text('attempt_id').$type<AttemptId>().notNull(),
    questionId: text('question_id').$type<QuestionId>().notNull(),
    chosenIndex: integer('chosen_index'),
    marked: integer('marked', { mode: 'boolean' }).notNull(),
    spentMs: integer('spent_ms').notNull().default(0),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.questionId] })],
)
