import type { MainsQuestionId } from '#contract/ids.ts'
import type { MainsFileFormat, MainsFormat, MainsQuestion } from '#contract/mains.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import {
  countMainsAnswers,
  insertMainsQuestion,
  type MainsQuestionRow,
  readMainsQuestions,
  updateMainsQuestion,
} from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { Syllabus } from '../syllabus/read-syllabus.ts'
import { knownHead } from './known-head.ts'
import { readMainsFile, writeMainsFile } from './mains-file.ts'
import type { MainsQuestionRows, NewMainsQuestion } from './mains-question-rows.ts'
import type { MainsData } from './read-mains-data.ts'

/** The bank of Mains questions: listing, adding, importing, exporting, deleting. */
export function makeMainsQuestions({
  store,
  clock,
  data,
  syllabus,
  rows,
}: {
  store: Store
  clock: Pick<Clock, 'nowMs'>
  data: MainsData
  syllabus: Syllabus
  rows: MainsQuestionRows
}) {
  const db = store.reader
  return {
    /** Newest first. */
    questions(): MainsQuestion[] {
      const counts = countMainsAnswers(db)
      return readMainsQuestions(db).map((row) => rows.shown(row, counts))
    },

    addQuestion({ nodeId, ...question }: NewMainsQuestion & { nodeId?: string | undefined }): MainsQuestion {
      const chosen = nodeId === undefined ? {} : { nodeId: knownHead(syllabus, nodeId).id }
      const row = rows.rowOf(question, 'own', chosen)
      if (rows.isTaken(row.text)) {
        throw new StudyError('bad-input', 'This question is in the list already. Find it there, or word it otherwise.')
      }
      store.transaction((write) => insertMainsQuestion(write, row))
      return rows.shown(row)
    },

    /** What can't be used is told by its number and left out; so is what is in the list already. */
    importQuestions({ text }: { text: string }) {
      const duplicates: { number: number; question: string }[] = []
      const problems: { number: number; message: string }[] = []
      const added: MainsQuestionRow[] = []
      const keys = new Set<string>()
      for (const read of readMainsFile(text)) {
        const { number } = read
        if ('problem' in read) {
          problems.push({ number, message: read.problem })
          continue
        }
        const { question, marks, words, minutes, topic, source } = read.question
        const like = formatLike(data.formats, { marks, words })
        const row = rows.rowOf(
          {
            text: question,
            marks: marks ?? like.marks,
            wordLimit: words ?? like.words,
            minutes: minutes ?? like.minutes,
          },
          'imported',
          { ...(syllabus.nodes.has(topic) && { nodeId: topic }), ...(source && { source }) },
        )
        if (keys.has(row.textKey) || rows.isTaken(question)) duplicates.push({ number, question })
        else added.push(row)
        keys.add(row.textKey)
      }
      store.transaction((write) => {
        for (const row of added) insertMainsQuestion(write, row)
      })
      return { importedCount: added.length, duplicates, problems }
    },

    exportQuestions({ format }: { format: MainsFileFormat }): { text: string; fileName: string } {
      const questions = readMainsQuestions(db).map((row) => rows.shown(row))
      return { text: writeMainsFile(questions, format), fileName: `mains-questions.${format}` }
    },

    /** Can be taken back until the next start. */
    deleteQuestion({ questionId }: { questionId: MainsQuestionId }): void {
      rows.find(questionId)
      store.transaction((write) => updateMainsQuestion(write, questionId, { deletedAtMs: clock.nowMs() }))
    },

    restoreQuestion({ questionId }: { questionId: MainsQuestionId }): MainsQuestion {
      rows.find(questionId)
      store.transaction((write) => updateMainsQuestion(write, questionId, { deletedAtMs: null }))
      return rows.shown(rows.find(questionId))
    },
  }
}

/** The format nearest to what is known of a question. */
function formatLike(
  formats: readonly MainsFormat[],
  { marks, words }: { marks?: number | undefined; words?: number | undefined },
): MainsFormat {
  const away = (format: MainsFormat) =>
    marks !== undefined ? Math.abs(format.marks - marks) : Math.abs(format.words - (words ?? 150))
  return formats.reduce((a, b) => (away(b) < away(a) ? b : a))
}
