import { askContract } from './ask.ts'
import { dataContract } from './data.ts'
import { documentsContract } from './documents.ts'
import { embeddingContract } from './embedding.ts'
import { foldersContract } from './folders.ts'
import { jobsContract } from './jobs.ts'
import { mainsContract } from './mains.ts'
import { modelsContract } from './models.ts'
import { quizContract } from './quiz.ts'
import { searchContract } from './search.ts'
import { studyContract } from './study.ts'
import { syllabusContract } from './syllabus.ts'
import { systemContract } from './system.ts'
import { usageContract } from './usage.ts'

/** Every procedure and stream between the renderer and the core, the same over both hosts. */
export const contract = {
  documents: documentsContract,
  folders: foldersContract,
  jobs: jobsContract,
  data: dataContract,
  search: searchContract,
  ask: askContract,
  quiz: quizContract,
  embedding: embeddingContract,
  study: studyContract,
  syllabus: syllabusContract,
  mains: mainsContract,
  system: systemContract,
  models: modelsContract,
  usage: usageContract,
}
export type Contract = typeof contract
