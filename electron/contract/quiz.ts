import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { AttemptId, DocumentId, JobId, QuestionId, QuizId } from './ids.ts'
import { QuotedPlace } from './quoted-place.ts'
import { Card } from './study.ts'

/** The exam that quizzes follow unless told otherwise. */
export const DEFAULT_EXAM = 'upsc-gs1'
/** The most questions of one quiz: the longest paper among the exams has 150. */
export const MOST_QUESTIONS = 150
/** What stands between the halves of a pair, as papers print it. */
export const PAIR_MARK = ' : '

/** Some of each style, in the shares of an exam. */
export const MIXED = 'mixed'
/** The id of a style of question, as `styles` lists them; never `mixed`. */
export const QuestionStyle = z
  .string()
  .regex(/^[a-z0-9-]+$/)
  .refine((id) => id !== MIXED)
export type QuestionStyle = z.infer<typeof QuestionStyle>
/** What a quiz is made of: one style, or `mixed`. */
export const QuizStyle = z.union([z.literal(MIXED), QuestionStyle])
export type QuizStyle = z.infer<typeof QuizStyle>

const InBoth = z.object({ en: z.string(), hi: z.string() })

/** How hard a question is: by the fewest facts that must be known for one option to be left (docs/decisions/0008). */
export const Difficulty = z.enum(['easy', 'medium', 'hard'])
export type Difficulty = z.infer<typeof Difficulty>

/** A style as a person chooses it, with the levels its questions can have. */
export const StyleChoice = z.object({
  id: QuestionStyle,
  name: InBoth,
  is: InBoth,
  example: InBoth,
  levels: z.array(Difficulty),
})
export type StyleChoice = z.infer<typeof StyleChoice>

/** exam: as the exam's styles come · mixed: 30 % easy, 50 % medium, 20 % hard · or of one level alone. */
export const DifficultyWish = z.enum(['exam', 'mixed', 'easy', 'medium', 'hard'])
export type DifficultyWish = z.infer<typeof DifficultyWish>

/**
 * From which passages: all of the documents · wrong: those whose questions were answered wrong when last asked ·
 * week: pages read in the last seven days, and documents added in them.
 */
export const QuizOnly = z.enum(['all', 'wrong', 'week'])
export type QuizOnly = z.infer<typeof QuizOnly>

export const QuizEngine = z.enum(['auto', 'ollama', 'rules'])
export type QuizEngine = z.infer<typeof QuizEngine>

/** Where a question's fact stands. */
export const QuestionSource = QuotedPlace
export type QuestionSource = z.infer<typeof QuestionSource>

/** Who made a question. */
export const QuestionEngine = z.enum(['ollama', 'rules', 'imported'])
export type QuestionEngine = z.infer<typeof QuestionEngine>

export const Question = z.object({
  id: QuestionId,
  style: QuestionStyle,
  engine: QuestionEngine,
  /** The whole stem; numbered statements stand in `statements`. */
  stem: z.string(),
  /** Numbered statements shown between the stem's two halves; empty for other styles. A pair is "left : right". */
  statements: z.array(z.string()),
  /** What stands before each statement ("Statement-I:"); empty for plain numbers. */
  labels: z.array(z.string()),
  /** The line after the statements ("Which of the statements given above is/are correct?"), else ''. */
  prompt: z.string(),
  options: z.array(z.string()).min(2).max(5),
  /** Index into `options` of the key, from 0. */
  answerIndex: z.number().int().nonnegative(),
  explanation: z.string(),
  /** From 1; a corrected key is a new version. */
  keyVersion: z.number().int().positive(),
  /** Why it counts in no score any more: reported as wrong, akin to one that was, or dropped from the key. */
  dropped: z.enum(['dropped', 'reported', 'kin']).optional(),
  /** Absent for questions that were brought in from elsewhere. */
  difficulty: Difficulty.optional(),
  /** What it is about: the nearest heading above its source. */
  topic: z.string().optional(),
  /** Absent for questions that were brought in from elsewhere. */
  source: QuestionSource.optional(),
  /** Further sources, where its statements stand on several pages. */
  otherSources: z.array(QuestionSource),
})
export type Question = z.infer<typeof Question>

/** All places a question rests on, the first one first; none for a question from elsewhere. */
export function sourcesOf({ source, otherSources }: Pick<Question, 'source' | 'otherSources'>): QuestionSource[] {
  return source ? [source, ...otherSources] : otherSources
}

/** A question as a test shows it before it is submitted. */
export const OpenQuestion = Question.omit({
  answerIndex: true,
  explanation: true,
  source: true,
  otherSources: true,
  keyVersion: true,
  dropped: true,
  difficulty: true,
  topic: true,
})
export type OpenQuestion = z.infer<typeof OpenQuestion>

export const QuizStatus = z.enum(['making', 'ready', 'failed', 'cancelled'])

export const QuizSummary = z.object({
  id: QuizId,
  title: z.string(),
  style: QuizStyle,
  /** Whose paper it is shaped after and marked as. */
  examId: z.string(),
  difficulty: DifficultyWish,
  only: QuizOnly,
  syllabusId: z.string().optional(),
  engine: QuestionEngine,
  status: QuizStatus,
  /** Why fewer than asked, or none. */
  note: z.string().optional(),
  requestedCount: z.number().int(),
  questionCount: z.number().int(),
  /** Candidates tried and dropped by the checks. */
  droppedCount: z.number().int(),
  documentIds: z.array(DocumentId),
  durationMs: z.number().int(),
  jobId: JobId.optional(),
  createdAtMs: z.number(),
  /** The newest submitted attempt. */
  lastAttempt: z
    .object({ id: AttemptId, scoreUnits: z.number().int(), maxUnits: z.number().int(), submittedAtMs: z.number() })
    .optional(),
  /** An attempt begun and not submitted. */
  openAttemptId: AttemptId.optional(),
})
export type QuizSummary = z.infer<typeof QuizSummary>

/** Into how many parts a mark is cut: the thirds, sixths, ninths and quarters of every exam are whole in them. */
export const UNITS_PER_MARK = 36

/** Marks in whole units of 1/36 (GS: +72, −24, 0), so that a score is exact. */
export const MarkingScheme = z.object({
  name: z.string(),
  correctUnits: z.number().int().positive(),
  wrongUnits: z.number().int().nonpositive(),
  blankUnits: z.number().int(),
})
export type MarkingScheme = z.infer<typeof MarkingScheme>

/** An exam's paper: how long, how many, and how it is marked. */
export const Exam = z.object({
  id: z.string(),
  name: z.string(),
  questionCount: z.number().int(),
  optionCount: z.number().int(),
  durationMs: z.number().int(),
  scheme: MarkingScheme,
})
export type Exam = z.infer<typeof Exam>

export const Response = z.object({
  questionId: QuestionId,
  /** Index into the options; null is a blank. */
  chosenIndex: z.number().int().nonnegative().nullable(),
  marked: z.boolean(),
  /** How long the question was in view so far. */
  spentMs: z.number().int().nonnegative().optional(),
})
export type Response = z.infer<typeof Response>

export const Attempt = z.object({
  id: AttemptId,
  quizId: QuizId,
  startedAtMs: z.number(),
  /** Time used so far: the clock stands while the app is closed. */
  elapsedMs: z.number().int(),
  durationMs: z.number().int(),
  submittedAtMs: z.number().optional(),
  scheme: MarkingScheme,
  responses: z.array(Response),
})
export type Attempt = z.infer<typeof Attempt>

export const Score = z.object({
  scoreUnits: z.number().int(),
  maxUnits: z.number().int(),
  correctCount: z.number().int(),
  wrongCount: z.number().int(),
  blankCount: z.number().int(),
  /** Questions that count no more. */
  droppedCount: z.number().int().default(0),
})
export type Score = z.infer<typeof Score>

/** A test that was handed in, for the trend over all of them. */
export const PastAttempt = z.object({
  id: AttemptId,
  quizId: QuizId,
  quizTitle: z.string(),
  examId: z.string(),
  submittedAtMs: z.number(),
  elapsedMs: z.number().int(),
  score: Score,
})
export type PastAttempt = z.infer<typeof PastAttempt>

/** What a change of the key did. */
export const KeyChange = z.object({
  question: Question,
  /** Questions that rest on the same fact and went the same way. */
  kinCount: z.number().int(),
  /** Tests that were marked again. */
  rescoredCount: z.number().int(),
})
export type KeyChange = z.infer<typeof KeyChange>

export const QuestionFormat = z.enum(['json', 'csv'])
export type QuestionFormat = z.infer<typeof QuestionFormat>

/** What became of a file of questions. */
export const QuestionImport = z.object({
  /** Absent when no question of the file could be taken. */
  quiz: QuizSummary.optional(),
  importedCount: z.number().int(),
  /** Left out: they are in a quiz already, or twice in the file. `number` counts the file's questions from 1. */
  duplicates: z.array(z.object({ number: z.number().int(), stem: z.string(), sameAs: z.string() })),
  /** Left out: what is wrong with each, in words. */
  problems: z.array(z.object({ number: z.number().int(), message: z.string() })),
})
export type QuestionImport = z.infer<typeof QuestionImport>

/** How far the reading of a file is, in its questions; the last event has the outcome. */
export const QuestionImportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('imported'), outcome: QuestionImport }),
])
export type QuestionImportEvent = z.infer<typeof QuestionImportEvent>

const Reach = z.object({
  /** Documents with such passages. */
  documentIds: z.array(DocumentId),
  /** Wrong: questions answered wrong when last asked · week: pages. */
  count: z.number().int(),
})
/** What there is to practise from. */
export const QuizReach = z.object({ wrong: Reach, week: Reach })
export type QuizReach = z.infer<typeof QuizReach>

export const quizContract = {
  list: oc.output(z.array(QuizSummary)),
  /** Every style of question there is, in the order to show them. */
  styles: oc.output(z.array(StyleChoice)),
  /** Every exam a quiz can be shaped after and marked as; UPSC GS Paper I first. */
  exams: oc.output(z.array(Exam)),
  /** What each `only` would reach now. */
  reach: oc.output(QuizReach),
  /** Queues the making of a quiz; its questions appear as they pass the checks. */
  create: oc
    .input(
      z.object({
        /** May be empty where `only` or `syllabusId` narrows it: then every document that has such passages. */
        documentIds: z.array(DocumentId).default([]),
        only: QuizOnly.default('all'),
        /** A head of the syllabus: then only passages that belong to it or to a head beneath it. */
        syllabusId: z.string().optional(),
        difficulty: DifficultyWish.default('exam'),
        count: z.number().int().min(1).max(MOST_QUESTIONS).default(10),
        style: QuizStyle.default(MIXED),
        examId: z.string().default(DEFAULT_EXAM),
        engine: QuizEngine.default('auto'),
        title: z.string().trim().max(200).optional(),
        /** Test time; by default the exam's time a question (UPSC: 2 h for 100). */
        durationMs: z.number().int().positive().optional(),
      }),
    )
    .output(QuizSummary),
  get: oc.input(z.object({ quizId: QuizId })).output(QuizSummary),
  /** Whole questions with keys: for review and for the command line. */
  questions: oc.input(z.object({ quizId: QuizId })).output(z.array(Question)),
  delete: oc.input(z.object({ quizId: QuizId })),
  /** Begins an attempt, or goes on with the open one. */
  begin: oc
    .input(z.object({ quizId: QuizId }))
    .output(z.object({ attempt: Attempt, questions: z.array(OpenQuestion) })),
  /** Saves one response and the time used, at once. */
  respond: oc
    .input(z.object({ attemptId: AttemptId, response: Response, elapsedMs: z.number().int().nonnegative() }))
    .output(Attempt),
  /** Saves the time used. */
  tick: oc.input(z.object({ attemptId: AttemptId, elapsedMs: z.number().int().nonnegative() })),
  submit: oc
    .input(z.object({ attemptId: AttemptId, elapsedMs: z.number().int().nonnegative() }))
    .output(z.object({ attempt: Attempt, score: Score })),
  /** A quiz's questions with keys and sources, as docs/question-bank.md describes them. */
  exportQuestions: oc
    .input(z.object({ quizId: QuizId, format: QuestionFormat }))
    .output(z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() })),
  /**
   * Makes a quiz of a file's questions (past papers, a friend's); what is wrong or there already is left out and
   * told. All or nothing: aborted before its end, it leaves everything as it was.
   */
  importQuestions: oc
    .input(
      z.object({
        fileName: z.string().min(1),
        text: z.string().max(20_000_000),
        examId: z.string().default(DEFAULT_EXAM),
      }),
    )
    .output(eventIterator(QuestionImportEvent)),
  /** Corrects the key of a question; every test with it is marked again. */
  changeKey: oc
    .input(z.object({ questionId: QuestionId, answerIndex: z.number().int().nonnegative() }))
    .output(KeyChange),
  /** Takes a question out of every score, as a commission drops one; every test with it is marked again. */
  drop: oc.input(z.object({ questionId: QuestionId })).output(KeyChange),
  /** The question itself is wrong: takes it, and others that rest on the same fact, out of every score. */
  report: oc.input(z.object({ questionId: QuestionId })).output(KeyChange),
  /** Keeps a flashcard that asks what the question asks, with its source; the one that is there where it was made before. */
  makeCard: oc.input(z.object({ questionId: QuestionId })).output(z.object({ card: Card, isNew: z.boolean() })),
  /** Takes back `changeKey`, `drop` or `report`. */
  restoreKey: oc.input(z.object({ questionId: QuestionId })).output(KeyChange),
  /** Tests handed in, the newest first; 100 at the most. */
  attempts: oc.output(z.array(PastAttempt)),
  review: oc
    .input(z.object({ attemptId: AttemptId }))
    .output(z.object({ quiz: QuizSummary, attempt: Attempt, score: Score, questions: z.array(Question) })),
}
