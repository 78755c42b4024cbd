import type { JobId } from '#contract/ids.ts'
import type { Directive, MainsFormat } from '#contract/mains.ts'
import type { AnyJobDefinition, JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { Searcher } from '../search/search-library.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { makeEvaluateAnswerJob } from './evaluate-answer-job.ts'
import { makeLibraryQuestions } from './library-questions.ts'
import { makeMainsAnswers } from './mains-answers.ts'
import { makeMainsQuestionRows } from './mains-question-rows.ts'
import { makeMainsQuestions } from './mains-questions.ts'
import type { MainsData } from './read-mains-data.ts'

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

/** Practice for the Mains: one method a procedure of mainsContract. */
export type MainsPractice = ReturnType<typeof makeMainsPractice>

/** The Mains practice of a profile. Methods throw StudyError as the contract's procedures do, `not-found` for what is gone. */
export function makeMainsPractice(parts: MainsPracticeParts) {
  const { store, clock, data } = parts
  const { syllabus } = parts.syllabus
  const rows = makeMainsQuestionRows({ ...parts, syllabus })
  const { job: writeQuestionsJob, ...libraryQuestions } = makeLibraryQuestions({ ...parts, rows })
  const jobs: AnyJobDefinition[] = [makeEvaluateAnswerJob(parts), writeQuestionsJob]
  return {
    /** For the runner. */
    jobs,
    directives: (): { directives: Directive[]; formats: MainsFormat[] } => ({
      directives: data.directives.map(({ phrases: _phrases, ...directive }) => directive),
      formats: [...data.formats],
    }),
    ...makeMainsQuestions({ store, clock, data, syllabus, rows }),
    ...libraryQuestions,
    ...makeMainsAnswers({ ...parts, syllabus, rows }),
  }
}
