import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Citation } from './ask.ts'
import { DocumentId, JobId, MainsAnswerId, MainsQuestionId } from './ids.ts'
import { TextRange } from './search.ts'
import { InBothLanguages } from './syllabus.ts'

/** A shape of question in a paper: 10 marks for 150 words in 7 minutes. */
export const MainsFormat = z.object({
  id: z.string(),
  marks: z.number().int().positive(),
  words: z.number().int().positive(),
  minutes: z.number().int().positive(),
  /** gs: a question of General Studies · case: a case study of ethics · essay */
  stage: z.enum(['gs', 'case', 'essay']),
})
export type MainsFormat = z.infer<typeof MainsFormat>

/** What a question tells the candidate to do, and what an answer to it must show. */
export const Directive = z.object({
  id: z.string(),
  name: InBothLanguages,
  demand: InBothLanguages,
  /** What is looked for in an answer: otherSide, judgement, comparison, reasons, examples, measures, parts. */
  wants: z.array(z.string()),
})
export type Directive = z.infer<typeof Directive>

/** own: the person's · imported: from a file · rules: made from the library by rules · model: by a language model from the library */
export const MainsOrigin = z.enum(['own', 'imported', 'rules', 'model'])
export type MainsOrigin = z.infer<typeof MainsOrigin>

export const MainsQuestion = z.object({
  id: MainsQuestionId,
  text: z.string(),
  language: z.enum(['en', 'hi']),
  /** A directive's id; undefined where the question has none that is known. */
  directive: z.string().optional(),
  marks: z.number().int(),
  wordLimit: z.number().int(),
  minutes: z.number().int(),
  /** The head of the syllabus it is of. */
  nodeId: z.string().optional(),
  origin: MainsOrigin,
  /** Where the library speaks of it, for a question made from the library. */
  evidence: z.array(Citation),
  /** What an imported file says of where it comes from: "UPSC 2023 GS II". */
  source: z.string().optional(),
  createdAtMs: z.number(),
  /** Answers that were handed in. */
  answerCount: z.number().int(),
  /** The answer that is being written. */
  openAnswerId: MainsAnswerId.optional(),
})
export type MainsQuestion = z.infer<typeof MainsQuestion>

export const CheckId = z.enum([
  'length',
  'time',
  'introduction',
  'body',
  'conclusion',
  'directive',
  'relevance',
  'keywords',
  'specifics',
  'sentences',
])
export type CheckId = z.infer<typeof CheckId>

/** met · partly · unmet · none: it does not apply here. */
export const Verdict = z.enum(['met', 'partly', 'unmet', 'none'])
export type Verdict = z.infer<typeof Verdict>

/** What one check found. The window says it in words: by `id` and `finding`, with `values` put in. */
export const AnswerCheck = z.object({
  id: CheckId,
  verdict: Verdict,
  /** What was found, as a short name: over, under, within, missing, one-block. */
  finding: z.string(),
  values: z.record(z.string(), z.number()),
  /** Stretches of the answer it is about. */
  places: z.array(TextRange),
  /** Words it names: terms that were found. */
  found: z.array(z.string()),
  /** Words or wants that are missing. */
  missing: z.array(z.string()),
})
export type AnswerCheck = z.infer<typeof AnswerCheck>

/** A point of the rubric. It is ticked only by a stretch of the answer that says it. */
export const RubricPoint = z.object({
  text: z.string(),
  ticked: z.boolean(),
  /** Verbatim from the answer, and where it stands. */
  quote: z.string().optional(),
  place: TextRange.optional(),
})
export type RubricPoint = z.infer<typeof RubricPoint>

export const Rubric = z.object({
  /** waiting: a model will read it · none: there is no model · failed: what it replied was of no use */
  state: z.enum(['waiting', 'none', 'done', 'failed']),
  model: z.string().optional(),
  points: z.array(RubricPoint),
  /** Ticks of the model that were left out, because their quote is not in the answer. */
  droppedCount: z.number().int(),
})
export type Rubric = z.infer<typeof Rubric>

/** What the library says on the question: sentences of documents, each with its page. */
export const ModelPoints = z.object({
  state: z.enum(['waiting', 'done']),
  points: z.array(
    z.object({
      citation: Citation,
      /** The answer says the same, as far as words and meaning tell. */
      covered: z.boolean(),
    }),
  ),
})
export type ModelPoints = z.infer<typeof ModelPoints>

export const Evaluation = z.object({ checks: z.array(AnswerCheck), points: ModelPoints, rubric: Rubric })
export type Evaluation = z.infer<typeof Evaluation>

export const MainsAnswer = z.object({
  id: MainsAnswerId,
  question: MainsQuestion,
  text: z.string(),
  wordCount: z.number().int(),
  /** Time it was written in; it stands while the page is closed. */
  elapsedMs: z.number(),
  /** Goes up with every save: a late save never takes the place of a newer one. */
  revision: z.number().int(),
  startedAtMs: z.number(),
  savedAtMs: z.number(),
  submittedAtMs: z.number().optional(),
  evaluation: Evaluation.optional(),
  /** The job that reads on, where one does. */
  jobId: JobId.optional(),
})
export type MainsAnswer = z.infer<typeof MainsAnswer>

/** An answer that was handed in, as the history shows it. */
export const PastAnswer = z.object({
  id: MainsAnswerId,
  questionId: MainsQuestionId,
  question: z.string(),
  marks: z.number().int(),
  wordLimit: z.number().int(),
  wordCount: z.number().int(),
  elapsedMs: z.number(),
  submittedAtMs: z.number(),
  verdicts: z.array(z.object({ id: CheckId, verdict: Verdict })),
})
export type PastAnswer = z.infer<typeof PastAnswer>

/** How one check went over the answers, the oldest first. */
export const CheckTrend = z.object({
  id: CheckId,
  verdicts: z.array(Verdict),
  /** Share of the last five that met it, and of the five before; undefined where there are none. */
  recentShare: z.number().optional(),
  earlierShare: z.number().optional(),
})
export type CheckTrend = z.infer<typeof CheckTrend>

export const MainsFileFormat = z.enum(['json', 'csv'])
export type MainsFileFormat = z.infer<typeof MainsFileFormat>

const questionText = z.string().trim().min(8).max(4000)
const ofAnswer = z.object({ answerId: MainsAnswerId })
const ofQuestion = z.object({ questionId: MainsQuestionId })

export const mainsContract = {
  /** The directives and formats that are known. */
  directives: oc.output(z.object({ directives: z.array(Directive), formats: z.array(MainsFormat) })),
  /** Newest first. */
  questions: oc.output(z.array(MainsQuestion)),
  /** A question of the person's own. The directive is read from the text; the head of the syllabus is the one given. */
  addQuestion: oc
    .input(
      z.object({
        text: questionText,
        marks: z.number().int().min(1).max(300),
        wordLimit: z.number().int().min(20).max(3000),
        minutes: z.number().int().min(1).max(300),
        nodeId: z.string().optional(),
      }),
    )
    .output(MainsQuestion),
  /** Takes questions from a file (docs/mains.md), told by its content. Wrong ones and doubles are told by number. */
  importQuestions: oc.input(z.object({ text: z.string().max(5_000_000) })).output(
    z.object({
      importedCount: z.number().int(),
      duplicates: z.array(z.object({ number: z.number().int(), question: z.string() })),
      problems: z.array(z.object({ number: z.number().int(), message: z.string() })),
    }),
  ),
  /** All questions as a file that `importQuestions` reads back. */
  exportQuestions: oc
    .input(z.object({ format: MainsFileFormat }))
    .output(z.object({ text: z.string(), fileName: z.string() })),
  /**
   * Makes questions on a head of the syllabus from what the library says of it: by rules at once, by a model as a job.
   * Throws `not-enough-material` where the library has too little on it.
   */
  makeQuestions: oc
    .input(
      z.object({
        nodeId: z.string(),
        count: z.number().int().min(1).max(20).default(5),
        engine: z.enum(['rules', 'model']).default('rules'),
        documentIds: z.array(DocumentId).optional(),
      }),
    )
    .output(z.object({ questions: z.array(MainsQuestion), jobId: JobId.optional() })),
  /** Out of the list at once; what was answered stays in the history. */
  deleteQuestion: oc.input(ofQuestion),
  restoreQuestion: oc.input(ofQuestion).output(MainsQuestion),
  /** Begins an answer, or goes on with the one that is open. */
  begin: oc.input(ofQuestion).output(MainsAnswer),
  answer: oc.input(ofAnswer).output(MainsAnswer),
  /** Keeps the text and the time; both are on the disk when this returns. Older revisions than the kept one change nothing. */
  save: oc
    .input(
      ofAnswer.extend({
        text: z.string().max(100_000),
        elapsedMs: z.number().nonnegative(),
        revision: z.number().int().positive(),
      }),
    )
    .output(z.object({ savedAtMs: z.number(), revision: z.number().int(), wordCount: z.number().int() })),
  /** Hands the answer in and checks it. Again, it gives what was found the first time. */
  submit: oc.input(ofAnswer).output(MainsAnswer),
  /** Asks the model and the library once more. */
  evaluateAgain: oc.input(ofAnswer).output(MainsAnswer),
  /** Handed in, newest first. */
  answers: oc.output(z.object({ answers: z.array(PastAnswer), trends: z.array(CheckTrend) })),
  deleteAnswer: oc.input(ofAnswer),
  restoreAnswer: oc.input(ofAnswer),
  /** An answer with its evaluation, as Markdown in a language. */
  exportAnswer: oc
    .input(ofAnswer.extend({ language: z.enum(['en', 'hi']).default('en') }))
    .output(z.object({ text: z.string(), fileName: z.string() })),
}
