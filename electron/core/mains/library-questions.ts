import { type DocumentId, type JobId, MainsQuestionId } from '#contract/ids.ts'
import type { MainsFormat, MainsQuestion } from '#contract/mains.ts'
import type { SearchHit } from '#contract/search.ts'
import { citeSentence } from '../ask/cite-sentence.ts'
import { StudyError } from '../errors.ts'
import type { AnyJobDefinition, JobRequest } from '../jobs/job-definition.ts'
import type { Ids, LanguageModel } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import { insertMainsQuestion, readMainsQuestions } from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import { readPageText, readPassages } from '../store/search.rows.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { draftMainsQuestions } from './draft-questions.ts'
import { knownHead } from './known-head.ts'
import type { MainsQuestionRows } from './mains-question-rows.ts'
import type { MainsData } from './read-mains-data.ts'
import { termsWithin } from './terms-within.ts'
import { makeWriteQuestionsJob, type WrittenQuestion, writeQuestionsRequest } from './write-questions-job.ts'

/** Passages of a head that questions are made from. */
const MOST_PASSAGES = 240

/** Questions that are made from the library on a head of the syllabus: by rules at once, by a model in a job. */
export function makeLibraryQuestions({
  store,
  ids,
  jobs,
  data,
  syllabus,
  model,
  rows,
}: {
  store: Store
  ids: Ids
  jobs: () => { enqueue(db: WriteDb, request: JobRequest): { jobId: JobId }; wake(): void }
  data: MainsData
  syllabus: LibrarySyllabus
  model: LanguageModel
  rows: MainsQuestionRows
}) {
  const db = store.reader

  async function passagesOf(nodeId: string, documentIds?: readonly DocumentId[]): Promise<SearchHit[]> {
    const scope = documentIds && documentIds.length > 0 ? { documentIds: [...documentIds] } : {}
    const { passages } = await syllabus.passagesOf(nodeId, { scope, limit: MOST_PASSAGES })
    const found = readPassages(
      db,
      passages.map(({ chunkId }) => chunkId),
    )
    return found.map(({ lead: _lead, ...row }) => ({ ...row, matches: [], score: 1 }))
  }

  const formatOf = (id: string) => data.formats.find((format) => format.id === id) ?? (data.formats[0] as MainsFormat)

  function makeByRules(passages: readonly SearchHit[], nodeId: string, count: number): MainsQuestion[] {
    const pageText = (hit: Pick<SearchHit, 'documentId' | 'page'>) => readPageText(db, hit.documentId, hit.page)
    const drafts = draftMainsQuestions({ passages, pageText, terms: termsWithin(syllabus.syllabus, nodeId) }, data, {
      count,
      isTaken: rows.isTaken,
    })
    if (drafts.length === 0) {
      throw new StudyError(
        'not-enough-material',
        'All questions that can be made on this topic are in the list. Import more on it, or write one of your own.',
      )
    }
    const made = drafts.map(({ text, format, evidence, language, directive }) => {
      const { marks, words, minutes } = formatOf(format)
      const cited = evidence.map((sentence, i) => citeSentence(db, i + 1, sentence))
      const known = { language, directive, evidence: cited, nodeId }
      return rows.rowOf({ text, marks, wordLimit: words, minutes }, 'rules', known)
    })
    // Newest first: the first one made is to be the first one shown.
    store.transaction((write) => {
      for (const row of made.toReversed()) insertMainsQuestion(write, { ...row, id: MainsQuestionId.parse(ids.next()) })
    })
    return readMainsQuestions(db)
      .slice(0, made.length)
      .map((row) => rows.shown(row))
  }

  function keepWritten(write: WriteDb, written: WrittenQuestion, nodeId: string): void {
    const { hit, language, directive } = written
    const { marks, words, minutes } = formatOf(directive === 'comment' ? 'gs-10' : 'gs-15')
    const text = hit.text.slice(written.startOffset - hit.startOffset, written.endOffset - hit.startOffset)
    const known = { language, directive, evidence: [citeSentence(db, 1, { ...written, text })], nodeId }
    insertMainsQuestion(write, rows.rowOf({ text: written.text, marks, wordLimit: words, minutes }, 'model', known))
  }

  const job: AnyJobDefinition = makeWriteQuestionsJob({
    model,
    directives: data.directives,
    passagesOf: ({ nodeId, documentIds }) => passagesOf(nodeId, documentIds),
    isTaken: rows.isTaken,
    keep: keepWritten,
  })

  return {
    /** For the runner. */
    job,

    /** Throws `not-enough-material` where the library has nothing on the head, or nothing new. */
    async makeQuestions({
      nodeId,
      count,
      engine,
      documentIds,
    }: {
      nodeId: string
      count: number
      engine: 'rules' | 'model'
      documentIds?: DocumentId[] | undefined
    }): Promise<{ questions: MainsQuestion[]; jobId?: JobId }> {
      const head = knownHead(syllabus.syllabus, nodeId)
      const passages = await passagesOf(nodeId, documentIds)
      if (passages.length === 0) {
        throw new StudyError(
          'not-enough-material',
          'The library has nothing on this topic yet. Import a book that treats it, or write a question of your own.',
        )
      }
      if (engine === 'rules') return { questions: makeByRules(passages, nodeId, count) }
      const payload = { nodeId, count, ...(documentIds && { documentIds }) }
      const { jobId } = store.transaction((write) =>
        jobs().enqueue(write, writeQuestionsRequest(payload, head.name.en)),
      )
      jobs().wake()
      return { questions: [], jobId }
    },
  }
}
