import Papa from 'papaparse'
import { StudyError } from '../errors.ts'

/** How a kind of file of questions differs from others. */
export interface QuestionListKind {
  /** As a person calls it: "a file of Mains questions". */
  name: string
  /** Columns that a CSV must have. */
  needs: readonly string[]
}

/**
 * What a file of questions has, told by its content: the values of a JSON list, bare or under `questions`, or the rows of
 * a CSV with a first row of names, in any case. Throws StudyError `bad-input` where it is neither.
 */
export function readQuestionList(
  text: string,
  kind: QuestionListKind,
): { json: unknown[] } | { rows: Record<string, string>[] } {
  const bare = text.replace(/^\ufeff/, '').trim()
  return /^[[{]/.test(bare) ? { json: readJson(bare, kind) } : { rows: readCsv(bare, kind) }
}

function readJson(text: string, kind: QuestionListKind): unknown[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw unreadable(kind, 'It begins like JSON, but it is not whole.', cause)
  }
  const list = Array.isArray(json) ? json : (json as { questions?: unknown }).questions
  if (!Array.isArray(list)) throw unreadable(kind, 'It has no list of questions.')
  return list
}

function readCsv(text: string, kind: QuestionListKind): Record<string, string>[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  const missing = kind.needs.filter((name) => !meta.fields?.includes(name))
  if (missing.length > 0) throw unreadable(kind, `Its first row lacks: ${missing.join(', ')}.`)
  return data
}

function unreadable({ name }: QuestionListKind, why: string, cause?: unknown): StudyError {
  return new StudyError(
    'bad-input',
    `This is not ${name}. ${why} Nothing was imported. Give a JSON or CSV file as “Export” writes it.`,
    { cause },
  )
}
