import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import {
  AnswerId,
  ConversationId,
  DocumentId,
  MainsAnswerId,
  MainsQuestionId,
  QuestionId,
  QuizId,
} from '#contract/ids.ts'
import type { MainsAnswer, MainsQuestion } from '#contract/mains.ts'
import type { Question, QuizSummary } from '#contract/quiz.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { saveTurn, touchConversation } from '../store/conversations.rows.ts'
import { updateDocument } from '../store/documents.rows.ts'
import { openImport } from '../testing/open-import.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeExportJob } from './export-library.ts'
import { makeLibraryData } from './library-data.ts'

it('writes originals, answers and quizzes as files that other programs read', async () => {
  const { parts, keep, profileDir } = openImport()
  const { store, blobs } = parts
  const folder = temporaryFolder()
  const text = '# Preamble\n\nWe, the people of India.'
  const documentIds: DocumentId[] = []
  for (const name of ['one', 'two']) {
    writeFileSync(join(folder, `${name}.md`), `${text} ${name}`)
    documentIds.push(await keep(join(folder, `${name}.md`), 'text/markdown'))
  }
  const [documentId = DocumentId.parse('x')] = documentIds
  const source = {
    documentId,
    path: '/one.md',
    title: 'Preamble',
    page: 1,
    quote: 'We, the people',
    startOffset: 0,
    endOffset: 14,
    boxes: [],
  }
  store.transaction((db) => {
    // Two of one title, and a title that no file system takes as it is.
    for (const id of documentIds) updateDocument(db, id, { title: 'Who/what: “हम”? ', updatedAtMs: 1 })
    const conversationId = ConversationId.parse('c')
    touchConversation(db, { id: conversationId, title: 'The Preamble', atMs: 1 })
    saveTurn(db, {
      id: AnswerId.parse('a'),
      conversationId,
      question: 'Who speaks?',
      scope: {},
      answer: 'The people. [1]',
      sentences: [],
      refused: false,
      partial: false,
      engine: 'extractive',
      citations: [{ ...source, number: 1 }],
      passages: [],
      createdAtMs: 1,
      tookMs: 1,
    })
  })
  const question: Question = {
    id: QuestionId.parse('q'),
    style: 'direct',
    engine: 'rules',
    stem: 'Who gives the Constitution?',
    statements: [],
    labels: [],
    otherSources: [],
    prompt: '',
    options: ['Parliament', 'The people'],
    answerIndex: 1,
    explanation: 'So says the Preamble.',
    keyVersion: 1,
    source,
  }
  const summary: QuizSummary = {
    id: QuizId.parse('z'),
    title: 'Preamble',
    style: 'direct',
    examId: 'upsc-gs1',
    difficulty: 'exam',
    only: 'all',
    engine: 'rules',
    status: 'ready',
    requestedCount: 1,
    questionCount: 1,
    droppedCount: 0,
    documentIds,
    durationMs: 1,
    createdAtMs: 1,
  }
  const mainsQuestion: MainsQuestion = {
    id: MainsQuestionId.parse('m'),
    text: 'Discuss: why a Preamble?',
    language: 'en',
    marks: 10,
    wordLimit: 150,
    minutes: 7,
    origin: 'own',
    evidence: [],
    createdAtMs: 1,
    answerCount: 1,
  }
  const answer: MainsAnswer = {
    id: MainsAnswerId.parse('n'),
    question: mainsQuestion,
    text: 'It names the source of power.',
    wordCount: 6,
    elapsedMs: 1,
    revision: 1,
    startedAtMs: 1,
    savedAtMs: 1,
    submittedAtMs: 1,
  }
  const job = makeExportJob({
    store,
    blobs,
    collections: () => [],
    quizzes: () => [{ summary, questions: [question] }],
    mains: () => ({ questions: [mainsQuestion], answers: [{ answer, markdown: '# Why?\n' }] }),
  })
  const runner = makeJobRunner({ store, clock: systemClock, ids: makeIds({ clock: systemClock }) }, [job])
  onTestFinished(() => runner.stop())
  runner.start()
  const data = makeLibraryData({ store, jobs: runner, clock: systemClock, profileDir })
  const dir = temporaryFolder()
  const ended = await runner.finished(data.exportAll({ dir }).id)
  expect(ended).toMatchObject({ state: 'done', progress: { done: 2, total: 2, unit: 'documents' } })
  expect(readdirSync(dir)).toHaveLength(1)

  const read = (...names: string[]) => readFileSync(join(ended.title, ...names), 'utf8')
  expect(readdirSync(ended.title).sort()).toEqual([
    'conversations.json',
    'conversations.md',
    'documents',
    'library.json',
    'mains',
    'mains.json',
    'quizzes',
  ])
  const names = ['001 Who what “हम”.md', '002 Who what “हम”.md']
  expect(readdirSync(join(ended.title, 'documents')).sort()).toEqual(names)
  expect(names.map((name) => read('documents', name)).sort()).toEqual([`${text} one`, `${text} two`])
  const { documents } = JSON.parse(read('library.json')) as { documents: { id: string; file: string }[] }
  expect(documents.map(({ file }) => file)).toEqual(names.map((name) => join('documents', name)))
  expect(JSON.parse(read('conversations.json'))).toMatchObject([{ turns: [{ question: 'Who speaks?' }] }])
  expect(read('conversations.md')).toBe(
    '# The Preamble\n\n## Who speaks?\n\nThe people. [1]\n\n[1] Preamble, p. 1: “We, the people”\n',
  )
  expect(JSON.parse(read('quizzes', '001 Preamble.json'))).toEqual({ summary, questions: [question] })
  expect(read('quizzes', '001 Preamble.md')).toContain(
    '**1.** (b) So says the Preamble.\n\n> We, the people (Preamble, p. 1)',
  )
  expect(JSON.parse(read('mains.json'))).toEqual({ questions: [mainsQuestion], answers: [answer] })
  expect(read('mains', '001 Discuss why a Preamble.md')).toBe('# Why?\n')
})
