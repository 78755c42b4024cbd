import { MainsQuestionId } from '#contract/ids.ts'
import type { MainsOrigin, MainsQuestion } from '#contract/mains.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import { countMainsAnswers, findMainsQuestion, hasMainsQuestion, type MainsQuestionRow } from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { Syllabus } from '../syllabus/read-syllabus.ts'
import { findDirective, withoutDirective } from './find-directive.ts'
import { guessHead } from './guess-head.ts'
import type { MainsData } from './read-mains-data.ts'

/** What a question is made of before its row has been filled in. */
export interface NewMainsQuestion {
  text: string
  marks: number
  wordLimit: number
  minutes: number
}

export type MainsQuestionRows = ReturnType<typeof makeMainsQuestionRows>

/** How a question of the Mains stands in the database, and how it is shown. */
export function makeMainsQuestionRows({
  store,
  ids,
  clock,
  data,
  syllabus,
}: {
  store: Store
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
  data: MainsData
  syllabus: Syllabus
}) {
  const db = store.reader
  return {
    /** Deleted ones too. Throws `not-found`. */
    find(questionId: MainsQuestionId): MainsQuestionRow {
      const row = findMainsQuestion(db, questionId)
      if (!row) throw new StudyError('not-found', 'This question is no longer there. Choose another one from the list.')
      return row
    },

    isTaken: (text: string): boolean => hasMainsQuestion(db, keyOf(text)),

    /** The row of a question, whole: its language, directive and head are read from its words unless `rest` has them. */
    rowOf(question: NewMainsQuestion, origin: MainsOrigin, rest: Partial<MainsQuestionRow> = {}): MainsQuestionRow {
      const text = question.text.trim()
      const language = isHindi(text) ? 'hi' : 'en'
      return {
        id: MainsQuestionId.parse(ids.next()),
        ...question,
        text,
        textKey: keyOf(text),
        language,
        directive: findDirective(data.directives, text)?.id ?? null,
        nodeId: guessHead(syllabus, withoutDirective(data.directives, text), language) ?? null,
        origin,
        evidence: [],
        source: null,
        createdAtMs: clock.nowMs(),
        deletedAtMs: null,
        ...rest,
      }
    },

    shown(row: MainsQuestionRow, counts = countMainsAnswers(db)): MainsQuestion {
      const { textKey: _key, deletedAtMs: _deleted, directive, nodeId, source, ...rest } = row
      const { answerCount = 0, openAnswerId } = counts.get(row.id) ?? {}
      return {
        ...rest,
        ...(directive !== null && { directive }),
        ...(nodeId !== null && { nodeId }),
        ...(source !== null && { source }),
        answerCount,
        ...(openAnswerId && { openAnswerId }),
      }
    },
  }
}

/** Questions with the same words are the same, whatever their marks and case are. */
function keyOf(text: string): string {
  return wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ')
}
