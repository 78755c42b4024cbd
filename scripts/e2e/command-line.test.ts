import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { buildBookPdf } from '../../electron/core/testing/build-pdf.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { runAbhyas, startAbhyas } from './run-abhyas.ts'

const NOTES = fileURLToPath(
  new URL('../../resources/sample-library/the-making-of-the-constitution.md', import.meta.url),
)

interface Imported {
  id: string
  path: string
  pages: number
  chunks: number
  status: string
  duplicate?: boolean
  error?: { code: string; message: string }
}
const documentsOf = (result: Record<string, unknown>) => result.documents as Imported[]

describe('abhyas', () => {
  it('imports, finds, answers, refuses, and makes a quiz whose quotes stand on their pages', async () => {
    const profile = join(temporaryFolder(), 'profile')
    const imported = await runAbhyas('import', NOTES, '--profile', profile)
    expect(imported.stderr).toBe('')
    expect(imported.exitCode).toBe(0)
    const [document] = documentsOf(imported.result)
    expect(document).toMatchObject({ path: NOTES, status: 'ready' })
    expect(document?.chunks).toBeGreaterThan(4)
    expect(imported.lines.some(({ type, stage }) => type === 'progress' && stage === 'extract')).toBe(true)

    const again = await runAbhyas('import', NOTES, '--profile', profile)
    expect(documentsOf(again.result)).toMatchObject([{ id: document?.id, status: 'ready', duplicate: true }])

    const found = await runAbhyas('search', 'drafting committee chairman', '--limit', '3', '--profile', profile)
    const hits = found.result.hits as { text: string; path: string; page: number }[]
    expect(hits).toHaveLength(3)
    expect(hits[0]).toMatchObject({ path: NOTES, text: expect.stringContaining('Ambedkar') })

    const answered = await runAbhyas(
      'ask',
      'Who chaired the Drafting Committee?',
      '--engine',
      'extractive',
      '--profile',
      profile,
    )
    expect(answered.result).toMatchObject({
      refused: false,
      engine: 'extractive',
      answer: expect.stringContaining('Ambedkar'),
    })
    const citations = answered.result.citations as { quote: string; path: string }[]
    expect(citations[0]).toMatchObject({ path: NOTES, quote: expect.stringContaining('Ambedkar') })

    const refused = await runAbhyas('ask', 'What is the boiling point of tungsten?', '--profile', profile)
    expect(refused.exitCode).toBe(0)
    expect(refused.result).toMatchObject({ refused: true, citations: [] })

    const created = await runAbhyas(
      'quiz',
      'create',
      '--documents',
      document?.id ?? '',
      '--count',
      '5',
      '--engine',
      'rules',
      '--profile',
      profile,
    )
    expect(created.exitCode).toBe(0)
    const questions = created.result.questions as { source: { quote: string; page: number; documentId: string } }[]
    expect(questions).toHaveLength(5)
    const database = new Database(join(profile, 'abhyas.sqlite'), { readonly: true })
    for (const { source } of questions) {
      const page = database
        .prepare('SELECT text FROM pages WHERE document_id = ? AND page_number = ?')
        .get(source.documentId, source.page) as { text: string }
      expect(page.text.replaceAll(/\s+/g, ' ')).toContain(source.quote)
    }
    database.close()

    const shown = await runAbhyas('quiz', 'show', String(created.result.quizId), '--profile', profile)
    expect(shown.result.questions).toEqual(questions)
  })

  it.each([
    [['frobnicate'], 64, 'bad-input'],
    [['search', 'x', '--colour', 'red'], 64, 'bad-input'],
    [['search', 'x', '--limit', '0'], 64, 'bad-input'],
    [['ask', 'x', '--engine', 'oracle'], 64, 'bad-input'],
    [['search'], 64, 'bad-input'],
    [['import', '/nowhere/at/all.pdf'], 66, 'file-missing'],
    [['quiz', 'show', 'no-such-quiz'], 64, 'not-found'],
  ] as const)('%j ends with %i and one clear line', async (args, exitCode, code) => {
    const ran = await runAbhyas(...args, '--profile', join(temporaryFolder(), 'profile'))
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.result).toMatchObject({ error: { code, message: expect.any(String) } })
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('says which file of several failed, keeps the rest, and exits 2', async () => {
    const dir = temporaryFolder()
    const broken = join(dir, 'broken.pdf')
    writeFileSync(broken, '%PDF-1.7\nthis is where the file was cut off')
    const ran = await runAbhyas('import', NOTES, broken, '--profile', join(dir, 'profile'))
    expect(ran.exitCode).toBe(2)
    expect(documentsOf(ran.result)).toMatchObject([
      { path: NOTES, status: 'ready' },
      { path: broken, status: 'failed', error: { code: 'file-damaged' } },
    ])
  })

  it('names who holds a profile that is in use, and exits 75', async () => {
    const profile = join(temporaryFolder(), 'profile')
    mkdirSync(profile)
    const server = startAbhyas('serve', '--profile', profile)
    try {
      await once(server.stdout, 'data')
      const second = await runAbhyas('documents', '--profile', profile)
      expect(second.exitCode).toBe(75)
      expect(second.stderr).toContain(`process ${server.pid}`)
    } finally {
      server.kill('SIGTERM')
      expect((await once(server, 'exit'))[0]).toBe(0)
    }
  })

  it('goes on with an import that was killed, and ends as an undisturbed one', async () => {
    const dir = temporaryFolder()
    const book = join(dir, 'book.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 120 }))

    const calm = join(dir, 'calm')
    expect((await runAbhyas('import', book, '--profile', calm)).exitCode).toBe(0)

    const killed = join(dir, 'killed')
    const stages = ['extract', 'embed']
    for (const stage of stages) {
      const child = startAbhyas('import', book, '--profile', killed)
      for await (const line of createInterface({ input: child.stdout })) {
        const progress = JSON.parse(line) as { stage?: string; done?: number; total?: number }
        if (progress.stage === stage && (progress.done ?? 0) > (progress.total ?? 0) / 4) break
      }
      expect(child.exitCode).toBe(null)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const before = contentOf(killed)
    expect(before.pages.length).toBeGreaterThan(0)

    const resumed = await runAbhyas('import', book, '--profile', killed)
    expect(resumed.exitCode).toBe(0)
    expect(resumed.lines.some(({ stage }) => stage === 'extract')).toBe(false) // that stage was over: it is not done again
    expect(contentOf(killed)).toEqual(contentOf(calm))
  })
})

/** All that an import leaves, without ids and times. */
function contentOf(profile: string) {
  const database = new Database(join(profile, 'abhyas.sqlite'), { readonly: true })
  const all = (sql: string) => database.prepare(sql).all()
  const content = {
    pages: all('SELECT page_number, status, text, hex(boxes) AS boxes, headings FROM pages ORDER BY page_number'),
    chunks: all(
      'SELECT ordinal, page_number, start_offset, end_offset, heading, text, text_hash FROM chunks ORDER BY ordinal',
    ),
    words: all('SELECT count(*) AS n FROM chunk_words'),
    vectors: all('SELECT text_hash, hex(vector) AS vector FROM embeddings ORDER BY text_hash'),
  }
  database.close()
  return content
}
