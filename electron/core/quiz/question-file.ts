import Papa from 'papaparse'
import { z } from 'zod'
import { PAIR_MARK, type Question, type QuestionFormat } from '#contract/quiz.ts'
import { readQuestionList } from './read-question-list.ts'

/** A question as a file has it: docs/question-bank.md. Letters stand for options, (a) the first. */
export const FiledQuestion = z.object({
  question: z.string().trim().min(1),
  statements: z.array(z.string().trim().min(1)).default([]),
  labels: z.array(z.string()).default([]),
  prompt: z.string().trim().default(''),
  options: z.array(z.string().trim().min(1)).min(2).max(5),
  answer: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^\(?[a-e]\)?$/)
    .transform((letter) => letter.replace(/[()]/g, '')),
  explanation: z.string().trim().default(''),
  style: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]*$/)
    .default(''),
  topic: z.string().trim().default(''),
  source: z
    .object({
      title: z.string().default(''),
      page: z.coerce.number().int().positive().optional(),
      quote: z.string().default(''),
    })
    .optional(),
})
export type FiledQuestion = z.infer<typeof FiledQuestion>

const FORMAT = 'abhyas-questions'
const LETTERS = ['a', 'b', 'c', 'd', 'e'] as const
const MOST_STATEMENTS = 6

/** Questions read from a file, each sound or with what is wrong with it. */
export type ReadQuestion = { number: number } & ({ question: FiledQuestion } | { problem: string })

/** Writes questions as JSON or CSV: what `readQuestionFile` reads back the same. */
export function writeQuestionFile(title: string, questions: readonly Question[], format: QuestionFormat): string {
  const filed = questions.map(toFiled)
  if (format === 'json') return `${JSON.stringify({ format: FORMAT, version: 1, title, questions: filed }, null, 2)}\n`
  const rows = filed.map(toRow)
  // A byte-order mark, without which spreadsheets read Hindi as Latin-1.
  return `\ufeff${Papa.unparse(rows, { columns: COLUMNS, newline: '\r\n' })}\r\n`
}

/**
 * Reads a file of questions by its content: JSON, or CSV with a first row of names. Throws `bad-input`
 * where it is neither; single questions that are wrong are told by number instead.
 */
export function readQuestionFile(text: string): ReadQuestion[] {
  const needs = ['question', 'option_a', 'option_b', 'answer']
  const list = readQuestionList(text, { name: 'a file of questions', needs })
  const raw = 'json' in list ? list.json : list.rows.map(fromRow)
  return raw.map((value, at) => {
    const parsed = FiledQuestion.safeParse(value)
    const number = at + 1
    if (!parsed.success) return { number, problem: z.prettifyError(parsed.error) }
    const { options, answer } = parsed.data
    return LETTERS.indexOf(answer as 'a') < options.length
      ? { number, question: parsed.data }
      : { number, problem: `The answer is (${answer}), but there are only ${options.length} options.` }
  })
}

export function answerIndexOf({ answer }: FiledQuestion): number {
  return LETTERS.indexOf(answer as 'a')
}

function toFiled(question: Question): FiledQuestion {
  const { stem, statements, labels, prompt, options, answerIndex, explanation, style, topic = '', source } = question
  return {
    question: stem,
    statements,
    labels,
    prompt,
    options,
    answer: LETTERS[answerIndex] ?? 'a',
    explanation,
    style,
    topic,
    ...(source && { source: { title: source.title, page: source.page, quote: source.quote } }),
  }
}

const numbered = (name: string) => Array.from({ length: MOST_STATEMENTS }, (_, at) => `${name}_${at + 1}`)
const COLUMNS = [
  'question',
  ...numbered('statement'),
  ...numbered('label'),
  'prompt',
  ...LETTERS.map((letter) => `option_${letter}`),
  'answer',
  'explanation',
  'style',
  'topic',
  'source_title',
  'source_page',
  'source_quote',
]

function toRow({
  question,
  statements,
  labels,
  prompt,
  options,
  answer,
  explanation,
  style,
  topic,
  source,
}: FiledQuestion) {
  const row: Record<string, string> = { question, prompt, answer, explanation, style, topic }
  statements.forEach((statement, at) => {
    row[`statement_${at + 1}`] = statement
  })
  labels.forEach((label, at) => {
    row[`label_${at + 1}`] = label
  })
  options.forEach((option, at) => {
    row[`option_${LETTERS[at]}`] = option
  })
  if (source) {
    row.source_title = source.title
    row.source_page = source.page === undefined ? '' : String(source.page)
    row.source_quote = source.quote
  }
  return row
}

function fromRow(row: Record<string, string>) {
  const list = (columns: readonly string[]) =>
    columns.map((name) => row[name]?.trim() ?? '').filter((value) => value !== '')
  const hasSource = ['source_title', 'source_page', 'source_quote'].some((name) => row[name]?.trim())
  return {
    question: row.question,
    statements: list(numbered('statement')),
    labels: list(numbered('label')),
    prompt: row.prompt ?? '',
    options: list(LETTERS.map((letter) => `option_${letter}`)),
    answer: row.answer ?? '',
    explanation: row.explanation ?? '',
    style: row.style ?? '',
    topic: row.topic ?? '',
    ...(hasSource && {
      source: {
        title: row.source_title ?? '',
        ...(row.source_page?.trim() ? { page: row.source_page } : {}),
        quote: row.source_quote ?? '',
      },
    }),
  }
}

/** The style of a question that does not say: by what it is made of. */
export function guessStyle({ style, statements }: FiledQuestion): string {
  if (style !== '') return style
  if (statements.length === 0) return 'direct'
  return statements.every((statement) => statement.includes(PAIR_MARK)) ? 'pairs' : 'statements'
}
