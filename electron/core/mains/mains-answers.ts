import { countWords } from '#contract/count-words.ts'
import { type JobId, MainsAnswerId, type MainsQuestionId } from '#contract/ids.ts'
import type { CheckTrend, Evaluation, MainsAnswer, PastAnswer } from '#contract/mains.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Ids, LanguageModel } from '../ports.ts'
import type { ReadDb, WriteDb } from '../store/connection.ts'
import {
  findMainsAnswer,
  findOpenMainsAnswer,
  insertMainsAnswer,
  type MainsAnswerRow,
  readPastMainsAnswers,
  updateMainsAnswer,
} from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { Syllabus } from '../syllabus/read-syllabus.ts'
import { answerAsMarkdown } from './answer-markdown.ts'
import { answerTrends } from './answer-trends.ts'
import { checkAnswer } from './check-answer.ts'
import { evaluateAnswerRequest } from './evaluate-answer-job.ts'
import { withoutDirective } from './find-directive.ts'
import type { MainsQuestionRows } from './mains-question-rows.ts'
import type { MainsData } from './read-mains-data.ts'
import { termsWithin } from './terms-within.ts'

/** Answers to questions of the Mains: begun, kept as they are typed, handed in, checked, looked back on. */
export function makeMainsAnswers({
  store,
  ids,
  clock,
  jobs,
  data,
  syllabus,
  model,
  rows,
}: {
  store: Store
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
  jobs: () => {
    enqueue(db: WriteDb, request: JobRequest): { jobId: JobId }
    wake(): void
    cancel(jobId: JobId): unknown
  }
  data: MainsData
  syllabus: Syllabus
  model: LanguageModel
  rows: MainsQuestionRows
}) {
  const db = store.reader

  function find(answerId: MainsAnswerId, from: ReadDb = db): MainsAnswerRow {
    const row = findMainsAnswer(from, answerId)
    if (!row)
      throw new StudyError('not-found', 'This answer is no longer there. Begin a new one from the list of questions.')
    return row
  }

  function shown(row: MainsAnswerRow): MainsAnswer {
    const { questionId, submittedAtMs, evaluation, jobId, deletedAtMs: _deleted, ...rest } = row
    return {
      ...rest,
      question: rows.shown(rows.find(questionId)),
      wordCount: countWords(row.text),
      ...(submittedAtMs !== null && { submittedAtMs }),
      ...(evaluation !== null && { evaluation }),
      ...(jobId !== null && { jobId }),
    }
  }

  /** Checks an answer at once, and asks for the job that reads on. */
  function evaluate(
    write: WriteDb,
    row: MainsAnswerRow,
    rubricState: Evaluation['rubric']['state'],
    change: Partial<MainsAnswerRow> = {},
  ): void {
    const question = rows.find(row.questionId)
    const { language, wordLimit, minutes } = question
    const asked = {
      topic: withoutDirective(data.directives, question.text),
      language,
      wordLimit,
      minutes,
      directive: data.directives.find(({ id }) => id === question.directive),
      terms: question.nodeId === null ? [] : termsWithin(syllabus, question.nodeId)[language],
    }
    const { jobId } = jobs().enqueue(write, evaluateAnswerRequest(row.id, question.text.slice(0, 120)))
    updateMainsAnswer(write, row.id, {
      ...change,
      evaluation: {
        checks: checkAnswer(row.text, asked, row.elapsedMs, data),
        points: { state: 'waiting', points: row.evaluation?.points.points ?? [] },
        rubric: { state: countWords(row.text) === 0 ? 'none' : rubricState, points: [], droppedCount: 0 },
      },
      jobId,
    })
  }

  const rubricWithModel = async () =>
    (await model.status(undefined, { patient: true })).state === 'ready' ? 'waiting' : 'none'

  return {
    /** The open answer to a question, or a new one. */
    begin({ questionId }: { questionId: MainsQuestionId }): MainsAnswer {
      rows.find(questionId)
      const id = store.transaction((write) => {
        const open = findOpenMainsAnswer(write, questionId)
        if (open) return open.id
        const answerId = MainsAnswerId.parse(ids.next())
        const nowMs = clock.nowMs()
        insertMainsAnswer(write, { id: answerId, questionId, text: '', startedAtMs: nowMs, savedAtMs: nowMs })
        return answerId
      })
      return shown(find(id))
    },

    answer: ({ answerId }: { answerId: MainsAnswerId }): MainsAnswer => shown(find(answerId)),

    save({
      answerId,
      text,
      elapsedMs,
      revision,
    }: {
      answerId: MainsAnswerId
      text: string
      elapsedMs: number
      revision: number
    }): { savedAtMs: number; revision: number; wordCount: number } {
      return store.transaction((write) => {
        const row = find(answerId, write)
        if (row.submittedAtMs !== null) {
          throw new StudyError(
            'bad-input',
            'This answer was handed in and can’t be changed any more. Begin a new one to write again.',
          )
        }
        // Saves may overtake each other on their way: only the newest counts.
        if (revision <= row.revision) {
          return { savedAtMs: row.savedAtMs, revision: row.revision, wordCount: countWords(row.text) }
        }
        const savedAtMs = clock.nowMs()
        updateMainsAnswer(write, answerId, {
          text,
          revision,
          savedAtMs,
          elapsedMs: Math.max(row.elapsedMs, Math.round(elapsedMs)),
        })
        return { savedAtMs, revision, wordCount: countWords(text) }
      })
    },

    async submit({ answerId }: { answerId: MainsAnswerId }): Promise<MainsAnswer> {
      const before = find(answerId)
      if (before.submittedAtMs !== null) return shown(before)
      const state = await rubricWithModel()
      store.transaction((write) => {
        const row = find(answerId, write)
        if (row.submittedAtMs === null) evaluate(write, row, state, { submittedAtMs: clock.nowMs() })
      })
      jobs().wake()
      return shown(find(answerId))
    },

    async evaluateAgain({ answerId }: { answerId: MainsAnswerId }): Promise<MainsAnswer> {
      const before = find(answerId)
      if (before.submittedAtMs === null || !before.evaluation) {
        throw new StudyError('not-ready', 'This answer was not handed in yet. Hand it in to have it checked.')
      }
      const state = await rubricWithModel()
      store.transaction((write) => evaluate(write, find(answerId, write), state))
      jobs().wake()
      return shown(find(answerId))
    },

    /** What was handed in, newest first, and how each check went over time. */
    answers(): { answers: PastAnswer[]; trends: CheckTrend[] } {
      const past = readPastMainsAnswers(db).flatMap(({ answer, question }): PastAnswer[] => {
        const { id, submittedAtMs, elapsedMs, evaluation, text } = answer
        if (submittedAtMs === null || !evaluation) return []
        return [
          {
            id,
            questionId: question.id,
            question: question.text,
            marks: question.marks,
            wordLimit: question.wordLimit,
            wordCount: countWords(text),
            elapsedMs,
            submittedAtMs,
            verdicts: evaluation.checks.map(({ id: check, verdict }) => ({ id: check, verdict })),
          },
        ]
      })
      return { trends: answerTrends(past), answers: past.toReversed() }
    },

    /** Can be taken back until the next start; what still read it is stopped. */
    deleteAnswer({ answerId }: { answerId: MainsAnswerId }): void {
      const { jobId, evaluation } = find(answerId)
      const isRead = evaluation?.points.state === 'waiting' || evaluation?.rubric.state === 'waiting'
      if (jobId !== null && isRead) jobs().cancel(jobId)
      store.transaction((write) => updateMainsAnswer(write, answerId, { deletedAtMs: clock.nowMs() }))
    },

    restoreAnswer({ answerId }: { answerId: MainsAnswerId }): void {
      store.transaction((write) => updateMainsAnswer(write, answerId, { deletedAtMs: null }))
      find(answerId)
    },

    exportAnswer({ answerId, language }: { answerId: MainsAnswerId; language: 'en' | 'hi' }): {
      text: string
      fileName: string
    } {
      const answer = shown(find(answerId))
      const day = new Date(answer.submittedAtMs ?? answer.savedAtMs).toISOString().slice(0, 10)
      return { text: answerAsMarkdown(answer, language), fileName: `mains-answer-${day}.md` }
    },
  }
}
