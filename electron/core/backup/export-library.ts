import { existsSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { z } from 'zod'
import type { Collection } from '#contract/documents.ts'
import type { MainsAnswer, MainsQuestion } from '#contract/mains.ts'
import type { Question, QuizSummary } from '#contract/quiz.ts'
import type { JobContext, JobDefinition } from '../jobs/job-definition.ts'
import type { BlobStore } from '../ports.ts'
import { syncFolder } from '../store/blobs.ts'
import { listConversations, readTurns } from '../store/conversations.rows.ts'
import { listDocuments } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { showConversations, showQuiz } from './show-as-markdown.ts'
import { explainWriteError, makeFolder, writeWhole } from './write-whole.ts'

export const EXPORT_LIBRARY = 'export-library'

const Payload = z.object({ target: z.string() })
const ALL = 1_000_000_000

export interface ExportParts {
  store: Store
  blobs: Pick<BlobStore, 'pathOf'>
  collections: () => Collection[]
  quizzes: () => { summary: QuizSummary; questions: Question[] }[]
  mains: () => { questions: MainsQuestion[]; answers: { answer: MainsAnswer; markdown: string }[] }
}

/**
 * The job that writes the library as files that other programs read: the originals under their titles, conversations and
 * quizzes and Mains answers as Markdown, and all of it as JSON. The folder is there when it is whole. A run that was ended begins anew.
 */
export function makeExportJob(parts: ExportParts): JobDefinition<z.infer<typeof Payload>> {
  return {
    kind: EXPORT_LIBRARY,
    payload: Payload,
    cursor: z.unknown(),
    limit: 1,
    priority: 60,
    maxAttempts: 3,
    async run({ target }, context) {
      const dir = `${target}.part`
      try {
        if (existsSync(target)) return { type: 'done' } // renamed just before a crash
        await rm(dir, { recursive: true, force: true })
        await makeFolder(join(dir, 'documents'))
        await makeFolder(join(dir, 'quizzes'))
        await makeFolder(join(dir, 'mains'))
        await exportDocuments(parts, dir, context)
        await exportWork(parts, dir)
        await rename(dir, target)
        await syncFolder(dirname(target))
        return { type: 'done' }
      } catch (error) {
        throw explainWriteError(error, target)
      }
    },
  }
}

async function exportDocuments(
  { store, blobs, collections }: ExportParts,
  dir: string,
  { signal, progress }: JobContext<unknown>,
): Promise<void> {
  const documents = listDocuments(store.reader)
  const listed: object[] = []
  for (const [index, document] of documents.entries()) {
    signal.throwIfAborted()
    const path = blobs.pathOf(document.sha256)
    const file = path ? join('documents', fileName(index, document.title, extname(document.path))) : undefined
    if (path && file) await copyFile(path, join(dir, file))
    listed.push({ ...document, file })
    progress({ stage: 'export', done: index + 1, total: documents.length, unit: 'documents' })
  }
  await writeJson(join(dir, 'library.json'), { documents: listed, collections: collections() })
}

async function exportWork({ store, quizzes, mains }: ExportParts, dir: string): Promise<void> {
  const conversations = listConversations(store.reader, ALL).map((conversation) => ({
    ...conversation,
    turns: readTurns(store.reader, conversation.id),
  }))
  await writeJson(join(dir, 'conversations.json'), conversations)
  await writeWhole(join(dir, 'conversations.md'), showConversations(conversations))
  for (const [index, quiz] of quizzes().entries()) {
    const file = join(dir, 'quizzes', fileName(index, quiz.summary.title, ''))
    await writeJson(`${file}.json`, quiz)
    await writeWhole(`${file}.md`, showQuiz(quiz.summary, quiz.questions))
  }
  const { questions, answers } = mains()
  await writeJson(join(dir, 'mains.json'), { questions, answers: answers.map(({ answer }) => answer) })
  for (const [index, { answer, markdown }] of answers.entries()) {
    await writeWhole(join(dir, 'mains', fileName(index, answer.question.text, '.md')), markdown)
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeWhole(path, `${JSON.stringify(value, null, 2)}\n`)
}

/** A name that every file system takes: numbered, so that two of one title stay two. */
function fileName(index: number, title: string, extension: string): string {
  const plain = title
    .normalize('NFC')
    .replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const short = [...plain]
    .slice(0, 60)
    .join('')
    .replace(/[. ]+$/, '')
  return `${String(index + 1).padStart(3, '0')} ${short || 'untitled'}${extension.toLowerCase()}`
}
