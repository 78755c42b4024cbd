import Papa from 'papaparse'
import { z } from 'zod'
import type { MainsFileFormat, MainsQuestion } from '#contract/mains.ts'
import { readQuestionList } from '../quiz/read-question-list.ts'

const positive = (most: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1).max(most).optional())

/** A question as a file has it: docs/mains.md. What is missing is filled in from the marks, and those from the words. */
export const FiledMainsQuestion = z.object({
  question: z.string().trim().min(8).max(4000),
  marks: positive(300),
  words: positive(3000),
  minutes: positive(300),
  topic: z.string().trim().default(''),
  source: z.string().trim().default(''),
})
export type FiledMainsQuestion = z.infer<typeof FiledMainsQuestion>

export type ReadMainsQuestion = { number: number } & ({ question: FiledMainsQuestion } | { problem: string })

const FORMAT = 'abhyas-mains-questions'
const COLUMNS = ['question', 'marks', 'words', 'minutes', 'topic', 'source']

/** Writes questions as JSON or CSV: what `readMainsFile` reads back the same. */
export function writeMainsFile(questions: readonly MainsQuestion[], format: MainsFileFormat): string {
  const filed = questions.map(({ text, marks, wordLimit, minutes, nodeId, source }) => ({
    question: text,
    marks,
    words: wordLimit,
    minutes,
    topic: nodeId ?? '',
    source: source ?? '',
  }))
  if (format === 'json') return `${JSON.stringify({ format: FORMAT, version: 1, questions: filed }, null, 2)}\n`
  // A byte-order mark, without which spreadsheets read Hindi as Latin-1.
  return `\ufeff${Papa.unparse(filed, { columns: COLUMNS, newline: '\r\n' })}\r\n`
}

/**
 * Reads a file of questions by its content: JSON, or CSV with a first row of names. Throws `bad-input` where it is
 * neither; single questions that are wrong are told by number.
 */
export function readMainsFile(text: string): ReadMainsQuestion[] {
  const list = readQuestionList(text, { name: 'a file of Mains questions', needs: ['question'] })
  const raw = 'json' in list ? list.json : list.rows
  return raw.map((value, at) => {
    const parsed = FiledMainsQuestion.safeParse(typeof value === 'string' ? { question: value } : value)
    return parsed.success
      ? { number: at + 1, question: parsed.data }
      : { number: at + 1, problem: z.prettifyError(parsed.error) }
  })
}
