import { countWords } from '#contract/count-words.ts'
import { type DocumentId, type JobId, MainsAnswerId, MainsQuestionId } from '#contract/ids.ts'
import type {
  CheckTrend,
  Directive,
  MainsAnswer,
  MainsFileFormat,
  MainsFormat,
  MainsOrigin,
  MainsQuestion,
  PastAnswer,
} from '#contract/mains.ts'
import type { SearchHit } from '#contract/search.ts'
import { citeSentence } from '../ask/cite-sentence.ts'
import { StudyError } from '../errors.ts'
import type { AnyJobDefinition, JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import type { ReadDb, WriteDb } from '../store/connection.ts'
import {
  countMainsAnswers,
  findMainsAnswer,
  findMainsQuestion,
  findOpenMainsAnswer,
  hasMainsQuestion,
  insertMainsAnswer,
  insertMainsQuestion,
  type MainsAnswerRow,
  type MainsQuestionRow,
  readMainsQuestions,
  readPastMainsAnswers,
  updateMainsAnswer,
  updateMainsQuestion,
} from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import { readPageText, readPassages } from '../store/search.rows.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { answerAsMarkdown } from './answer-markdown.ts'
import { answerTrends } from './answer-trends.ts'
import { checkAnswer } from './check-answer.ts'
import { draftMainsQuestions } from './draft-questions.ts'
import { evaluateAnswerRequest, makeEvaluateAnswerJob } from './evaluate-answer-job.ts'
import { findDirective, withoutDirective } from './find-directive.ts'
import { findTerms } from './find-in-answer.ts'
import { readMainsFile, writeMainsFile } from './mains-file.ts'
import type { MainsData } from './read-mains-data.ts'
import { makeWriteQuestionsJob, type WrittenQuestion, writeQuestionsRequest } from './write-questions-job.ts'

/** Practice for the Mains: one method a procedure of mainsContract. Methods throw `not-found` for what is gone. */
export interface MainsPractice {
  directives(): { directives: Directive[]; formats: MainsFormat[] }
  questions(): MainsQuestion[]
  addQuestion(input: {
    text: string
    marks: number
    wordLimit: number
    minutes: number
    nodeId?: string | undefined
  }): MainsQuestion
  importQuestions(input: { text: string }): {
    importedCount: number
    duplicates: { number: number; question: string }[]
    problems: { number: number; message: string }[]
  }
  exportQuestions(input: { format: MainsFileFormat }): { text: string; fileName: string }
  makeQuestions(input: {
    nodeId: string
    count: number
    engine: 'rules' | 'model'
    documentIds?: DocumentId[] | undefined
  }): Promise<{ questions: MainsQuestion[]; jobId?: JobId }>
  deleteQuestion(input: { questionId: MainsQuestionId }): void
  restoreQuestion(input: { questionId: MainsQuestionId }): MainsQuestion
  begin(input: { questionId: MainsQuestionId }): MainsAnswer
  answer(input: { answerId: MainsAnswerId }): MainsAnswer
  save(input: { answerId: MainsAnswerId; text: string; elapsedMs: number; revision: number }): {
    savedAtMs: number
    revision: number
    wordCount: number
  }
  submit(input: { answerId: MainsAnswerId }): Promise<MainsAnswer>
  evaluateAgain(input: { answerId: MainsAnswerId }): Promise<MainsAnswer>
  answers(): { answers: PastAnswer[]; trends: CheckTrend[] }
  deleteAnswer(input: { answerId: MainsAnswerId }): void
  restoreAnswer(input: { answerId: MainsAnswerId }): void
  exportAnswer(input: { answerId: MainsAnswerId; language: 'en' | 'hi' }): { text: string; fileName: string }
  /** For the runner. */
  readonly jobs: AnyJobDefinition[]
}

export interface MainsPracticeParts {
  store: Store
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
  jobs: () => {
    enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }
    wake(): void
    cancel(jobId: JobId): unknown
  }
  data: MainsData
  syllabus: LibrarySyllabus
  searcher: Searcher
  embedder: () => Embedder | undefined
  model: LanguageModel
}

/** Passages of a head that questions are made from. */
const MOST_PASSAGES = 240

export function makeMainsPractice(parts: MainsPracticeParts): MainsPractice {
  const { store, ids, clock, jobs, data, syllabus, model } = parts
  const db = store.reader
  const { nodes } = syllabus.syllabus

  const questionOf = (questionId: MainsQuestionId): MainsQuestionRow => {
    const row = findMainsQuestion(db, questionId)
    if (!row) throw new StudyError('not-found', 'This question is no longer there. Choose another one from the list.')
    return row
  }
  const answerOf = (answerId: MainsAnswerId, from: ReadDb = db): MainsAnswerRow => {
    const row = findMainsAnswer(from, answerId)
    if (!row)
      throw new StudyError('not-found', 'This answer is no longer there. Begin a new one from the list of questions.')
    return row
  }
  const isTaken = (text: string) => hasMainsQuestion(db, keyOf(text))

  /** The row of a question, whole: its language and directive are read from its words. */
  function rowOf(
    question: { text: string; marks: number; wordLimit: number; minutes: number },
    origin: MainsOrigin,
    rest: Partial<MainsQuestionRow> = {},
  ): MainsQuestionRow {
    const text = question.text.trim()
    const language = isHindi(text) ? 'hi' : 'en'
    return {
      id: MainsQuestionId.parse(ids.next()),
      ...question,
      text,
      textKey: keyOf(text),
      language,
      directive: findDirective(data.directives, text)?.id ?? null,
      nodeId: guessNode(text, language) ?? null,
      origin,
      evidence: [],
      source: null,
      createdAtMs: clock.nowMs(),
      deletedAtMs: null,
      ...rest,
    }
  }

  /** The head whose terms a question holds most of; none where it holds none. Heads of the Mains alone. */
  function guessNode(text: string, language: 'en' | 'hi'): string | undefined {
    const topic = withoutDirective(data.directives, text)
    let best: { id: string; weight: number } | undefined
    for (const paper of syllabus.syllabus.papers) {
      if (paper.stage !== 'mains') continue
      for (const { id, terms } of paper.nodes) {
        const hits = new Set(findTerms(topic, terms?.[language] ?? []).map(({ term }) => term))
        const weight = [...hits].reduce((sum, term) => sum + wordsOf(term).length, 0)
        if (weight > (best?.weight ?? 0)) best = { id, weight }
      }
    }
    return best?.id
  }

  function knownNode(nodeId: string | undefined): string | undefined {
    if (nodeId !== undefined && !nodes.has(nodeId)) {
      throw new StudyError('not-found', 'This topic is not in the syllabus any more. Choose another one.')
    }
    return nodeId
  }

  function shown(row: MainsQuestionRow, counts = countMainsAnswers(db)): MainsQuestion {
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
  }

  function shownAnswer(row: MainsAnswerRow): MainsAnswer {
    const { questionId, submittedAtMs, evaluation, jobId, deletedAtMs: _deleted, ...rest } = row
    return {
      ...rest,
      question: shown(questionOf(questionId)),
      wordCount: countWords(row.text),
      ...(submittedAtMs !== null && { submittedAtMs }),
      ...(evaluation !== null && { evaluation }),
      ...(jobId !== null && { jobId }),
    }
  }

  function formatOf(id: string): MainsFormat {
    return data.formats.find((format) => format.id === id) ?? (data.formats[0] as MainsFormat)
  }

  /** The format nearest to what is known of a question. */
  function fillIn({ marks, words }: { marks?: number | undefined; words?: number | undefined }): MainsFormat {
    const [first] = data.formats
    const away = (format: MainsFormat) =>
      marks !== undefined ? Math.abs(format.marks - marks) : Math.abs(format.words - (words ?? 150))
    return data.formats.reduce((a, b) => (away(b) < away(a) ? b : a), first as MainsFormat)
  }

  async function passagesOf(nodeId: string, documentIds?: readonly DocumentId[]): Promise<SearchHit[]> {
    const scope = documentIds && documentIds.length > 0 ? { documentIds: [...documentIds] } : {}
    const { passages } = await syllabus.passagesOf(nodeId, { scope, limit: MOST_PASSAGES })
    const rows = readPassages(
      db,
      passages.map(({ chunkId }) => chunkId),
    )
    return rows.map(({ lead: _lead, ...row }) => ({ ...row, matches: [], score: 1 }))
  }

  /** The terms of a head and of all beneath it. */
  function termsOf(nodeId: string): { en: string[]; hi: string[] } {
    const all = syllabus.syllabus.within(nodeId).flatMap((id) => nodes.get(id)?.terms ?? [])
    return { en: [...new Set(all.flatMap(({ en }) => en))], hi: [...new Set(all.flatMap(({ hi }) => hi))] }
  }

  async function makeByRules(nodeId: string, count: number, documentIds?: DocumentId[]): Promise<MainsQuestion[]> {
    const passages = await passagesOf(nodeId, documentIds)
    const pageText = (hit: Pick<SearchHit, 'documentId' | 'page'>) => readPageText(db, hit.documentId, hit.page)
    const drafts = draftMainsQuestions({ passages, pageText, terms: termsOf(nodeId) }, data, { count, isTaken })
    if (drafts.length === 0) {
      throw new StudyError(
        'not-enough-material',
        passages.length === 0
          ? 'The library has nothing on this topic yet. Import a book that treats it, or write a question of your own.'
          : 'All questions that can be made on this topic are in the list. Import more on it, or write one of your own.',
      )
    }
    const rows = drafts.map((draft) => {
      const { marks, words, minutes } = formatOf(draft.format)
      const evidence = draft.evidence.map((sentence, i) => citeSentence(db, i + 1, sentence))
      const { language, directive } = draft
      return rowOf({ text: draft.text, marks, wordLimit: words, minutes }, 'rules', {
        language,
        directive,
        evidence,
        nodeId,
      })
    })
    // Newest first: the first one made is to be the first one shown.
    store.transaction((write) => {
      for (const row of rows.toReversed()) insertMainsQuestion(write, { ...row, id: MainsQuestionId.parse(ids.next()) })
    })
    return readMainsQuestions(db)
      .slice(0, rows.length)
      .map((row) => shown(row))
  }

  function keepWritten(write: WriteDb, written: WrittenQuestion, nodeId: string): void {
    const { marks, words, minutes } = formatOf(written.directive === 'comment' ? 'gs-10' : 'gs-15')
    const text = written.hit.text.slice(
      written.startOffset - written.hit.startOffset,
      written.endOffset - written.hit.startOffset,
    )
    const evidence = [citeSentence(db, 1, { ...written, text })]
    const { language, directive } = written
    const row = rowOf({ text: written.text, marks, wordLimit: words, minutes }, 'model', {
      language,
      directive,
      evidence,
      nodeId,
    })
    insertMainsQuestion(write, row)
  }

  function queueEvaluation(write: WriteDb, row: MainsAnswerRow, question: MainsQuestionRow): void {
    const { jobId } = jobs().enqueue(write, evaluateAnswerRequest(row.id, question.text.slice(0, 120)))
    updateMainsAnswer(write, row.id, { jobId })
  }

  async function rubricState(): Promise<'waiting' | 'none'> {
    return (await model.status()).state === 'ready' ? 'waiting' : 'none'
  }

  return {
    jobs: [
      makeEvaluateAnswerJob(parts),
      makeWriteQuestionsJob({
        model,
        directives: data.directives,
        passagesOf: ({ nodeId, documentIds }) => passagesOf(nodeId, documentIds),
        isTaken,
        keep: keepWritten,
      }),
    ],
    directives: () => ({
      directives: data.directives.map(({ phrases: _phrases, ...directive }) => directive),
      formats: [...data.formats],
    }),
    questions() {
      const counts = countMainsAnswers(db)
      return readMainsQuestions(db).map((row) => shown(row, counts))
    },
    addQuestion({ nodeId, ...question }) {
      const known = knownNode(nodeId)
      const row = rowOf(question, 'own', known === undefined ? {} : { nodeId: known })
      if (isTaken(row.text)) {
        throw new StudyError('bad-input', 'This question is in the list already. Find it there, or word it otherwise.')
      }
      store.transaction((write) => insertMainsQuestion(write, row))
      return shown(row)
    },
    importQuestions({ text }) {
      const outcome: ReturnType<MainsPractice['importQuestions']> = { importedCount: 0, duplicates: [], problems: [] }
      const rows: MainsQuestionRow[] = []
      const keys = new Set<string>()
      for (const read of readMainsFile(text)) {
        const { number } = read
        if ('problem' in read) {
          outcome.problems.push({ number, message: read.problem })
          continue
        }
        const { question, marks, words, minutes, topic, source } = read.question
        const like = fillIn({ marks, words })
        const row = rowOf(
          {
            text: question,
            marks: marks ?? like.marks,
            wordLimit: words ?? like.words,
            minutes: minutes ?? like.minutes,
          },
          'imported',
          { ...(nodes.has(topic) && { nodeId: topic }), ...(source && { source }) },
        )
        if (keys.has(row.textKey) || isTaken(question)) outcome.duplicates.push({ number, question })
        else rows.push(row)
        keys.add(row.textKey)
      }
      store.transaction((write) => {
        for (const row of rows) insertMainsQuestion(write, row)
      })
      return { ...outcome, importedCount: rows.length }
    },
    exportQuestions: ({ format }) => ({
      text: writeMainsFile(
        readMainsQuestions(db).map((row) => shown(row)),
        format,
      ),
      fileName: `mains-questions.${format}`,
    }),
    async makeQuestions({ nodeId, count, engine, documentIds }) {
      const node = nodes.get(knownNode(nodeId) ?? '')
      if (engine === 'rules') return { questions: await makeByRules(nodeId, count, documentIds) }
      if ((await passagesOf(nodeId, documentIds)).length === 0) {
        throw new StudyError(
          'not-enough-material',
          'The library has nothing on this topic yet. Import a book that treats it, or write a question of your own.',
        )
      }
      const payload = { nodeId, count, ...(documentIds && { documentIds }) }
      const { jobId } = store.transaction((write) =>
        jobs().enqueue(write, writeQuestionsRequest(payload, node?.name.en ?? nodeId)),
      )
      jobs().wake()
      return { questions: [], jobId }
    },
    deleteQuestion({ questionId }) {
      questionOf(questionId)
      store.transaction((write) => updateMainsQuestion(write, questionId, { deletedAtMs: clock.nowMs() }))
    },
    restoreQuestion({ questionId }) {
      questionOf(questionId)
      store.transaction((write) => updateMainsQuestion(write, questionId, { deletedAtMs: null }))
      return shown(questionOf(questionId))
    },
    begin({ questionId }) {
      questionOf(questionId)
      const id = store.transaction((write) => {
        const open = findOpenMainsAnswer(write, questionId)
        if (open) return open.id
        const answerId = MainsAnswerId.parse(ids.next())
        const nowMs = clock.nowMs()
        insertMainsAnswer(write, { id: answerId, questionId, text: '', startedAtMs: nowMs, savedAtMs: nowMs })
        return answerId
      })
      return shownAnswer(answerOf(id))
    },
    answer: ({ answerId }) => shownAnswer(answerOf(answerId)),
    save({ answerId, text, elapsedMs, revision }) {
      return store.transaction((write) => {
        const row = answerOf(answerId, write)
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
    async submit({ answerId }) {
      const before = answerOf(answerId)
      if (before.submittedAtMs !== null) return shownAnswer(before)
      const state = await rubricState()
      store.transaction((write) => {
        const row = answerOf(answerId, write)
        if (row.submittedAtMs !== null) return
        const question = questionOf(row.questionId)
        const checks = checkAnswer(row.text, asChecked(question), row.elapsedMs, data)
        const isEmpty = countWords(row.text) === 0
        updateMainsAnswer(write, answerId, {
          submittedAtMs: clock.nowMs(),
          evaluation: {
            checks,
            points: { state: 'waiting', points: [] },
            rubric: { state: isEmpty ? 'none' : state, points: [], droppedCount: 0 },
          },
        })
        queueEvaluation(write, row, question)
      })
      jobs().wake()
      return shownAnswer(answerOf(answerId))
    },
    async evaluateAgain({ answerId }) {
      const before = answerOf(answerId)
      if (before.submittedAtMs === null || !before.evaluation) {
        throw new StudyError('not-ready', 'This answer was not handed in yet. Hand it in to have it checked.')
      }
      const state = await rubricState()
      store.transaction((write) => {
        const row = answerOf(answerId, write)
        const question = questionOf(row.questionId)
        const checks = checkAnswer(row.text, asChecked(question), row.elapsedMs, data)
        updateMainsAnswer(write, answerId, {
          evaluation: {
            checks,
            points: { state: 'waiting', points: row.evaluation?.points.points ?? [] },
            rubric: { state: countWords(row.text) === 0 ? 'none' : state, points: [], droppedCount: 0 },
          },
        })
        queueEvaluation(write, row, question)
      })
      jobs().wake()
      return shownAnswer(answerOf(answerId))
    },
    answers() {
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
    deleteAnswer({ answerId }) {
      const { jobId, evaluation } = answerOf(answerId)
      const isRead = evaluation?.points.state === 'waiting' || evaluation?.rubric.state === 'waiting'
      if (jobId !== null && isRead) jobs().cancel(jobId)
      store.transaction((write) => updateMainsAnswer(write, answerId, { deletedAtMs: clock.nowMs() }))
    },
    restoreAnswer({ answerId }) {
      store.transaction((write) => updateMainsAnswer(write, answerId, { deletedAtMs: null }))
      answerOf(answerId)
    },
    exportAnswer({ answerId, language }) {
      const answer = shownAnswer(answerOf(answerId))
      const day = new Date(answer.submittedAtMs ?? answer.savedAtMs).toISOString().slice(0, 10)
      return { text: answerAsMarkdown(answer, language), fileName: `mains-answer-${day}.md` }
    },
  }

  function asChecked(question: MainsQuestionRow) {
    const { language, wordLimit, minutes } = question
    return {
      topic: withoutDirective(data.directives, question.text),
      language,
      wordLimit,
      minutes,
      directive: data.directives.find(({ id }) => id === question.directive),
      terms: question.nodeId === null ? [] : termsOf(question.nodeId)[language],
    }
  }
}

/** Questions with the same words are the same, whatever their marks and case are. */
function keyOf(text: string): string {
  return wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ')
}
