import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { makeRecogniser } from '../adapters/recognise-worker.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { RecogniseRequest, TextRecogniser } from '../ports.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { drawScan } from '../testing/build-scan.ts'
import { importAndKill } from '../testing/import-and-kill.ts'
import { contentOf } from '../testing/open-import.ts'
import { openLibrary } from '../testing/open-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { recogniseMissingRequests } from './recognise-document.ts'

const PASSWORD = 'swaraj 1947'
const PRINTED = 'The Preamble begins with We, the people of India, and ends with the date.'
const SCANNED = [
  'Scheduled areas have councils.',
  'Treaties are the business of the Union.',
  'Panchayats sit for five years.',
]

/** A locked book: a printed page, then scans. */
function lockedBook(): string {
  const path = join(temporaryFolder(), 'Locked notes.pdf')
  const scans = SCANNED.map((line) => drawScan({ lines: [line], size: 16 }).jpeg())
  writeFileSync(path, buildLockedPdf([PRINTED, ...scans], PASSWORD))
  return path
}

/** A profile with its library, jobs and a recogniser that really opens and reads the pages; it writes down what it was asked. */
function open(profileDir?: string) {
  const real = makeRecogniser({ clock: systemClock })
  onTestFinished(() => real.close())
  const requests: RecogniseRequest[] = []
  const recogniser: TextRecogniser = {
    ...real,
    recognise(request, signal) {
      requests.push(request)
      return real.recognise(request, signal)
    },
  }
  const opened = openLibrary({ recogniser, ...(profileDir && { profileDir }) })
  const search = (word: string): number[] =>
    opened.store.reader.$client
      .prepare(
        'SELECT c.page_number FROM chunk_words w JOIN chunks c ON c.id = w.rowid WHERE chunk_words MATCH ? ORDER BY 1',
      )
      .pluck()
      .all(word) as number[]
  return { ...opened, recogniser, requests, search }
}

function expectPasswordNowhere(profileDir: string): void {
  const written = readdirSync(profileDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(written.length).toBeGreaterThan(2)
  for (const { parentPath, name } of written) {
    expect(readFileSync(join(parentPath, name)).includes(PASSWORD), name).toBe(false)
  }
}

/** What a book comes to whose recognition nothing disturbed. */
let expected: ReturnType<typeof contentOf> | undefined

describe('scans of a locked file', () => {
  it('are recognised with the password of the import, which is kept until then and written nowhere', async () => {
    const { library, jobs, store, passwords, requests, search, profileDir } = open()
    jobs.start()
    await library.importPaths({ paths: [lockedBook()] })
    await jobs.whenIdle()
    const documentId = library.list()[0]?.id ?? DocumentId.parse('nobody')
    await library.unlock({ documentId, password: PASSWORD })
    await jobs.whenIdle()
    expect(requests.map(({ pageNumber }) => pageNumber)).toEqual([2, 3, 4])
    expect(library.get({ documentId })).toMatchObject({
      status: 'ready',
      unreadablePageCount: 0,
      recognition: { waitingCount: 0, doneCount: 3, unreadPages: [] },
    })
    expect([search('preamble'), search('councils'), search('treaties'), search('panchayats')]).toEqual([
      [1],
      [2],
      [3],
      [4],
    ])
    expect(passwords.get(documentId)).toBeUndefined()
    expectPasswordNowhere(profileDir)
    expected = contentOf(store)
  })

  it('wait for the password again where the app was killed in between, and go on with what is left', {
    timeout: 180_000,
  }, async () => {
    const profileDir = temporaryFolder()
    await importAndKill(profileDir, lockedBook(), 'recognise', 2, { password: PASSWORD, recognises: true })
    expectPasswordNowhere(profileDir)
    const { library, jobs, store, recogniser, requests, search, passwords } = open(profileDir)
    const documentId = library.list()[0]?.id ?? DocumentId.parse('nobody')
    jobs.start()
    for (const { id, state } of jobs.list()) if (state !== 'done' && state !== 'cancelled') jobs.retry(id)
    await jobs.whenIdle()
    // One look at the next page tells that it is locked.
    expect(requests.map(({ pageNumber }) => pageNumber)).toEqual([3])
    const waiting = library.get({ documentId })
    expect(waiting).toMatchObject({
      status: 'ready',
      recognition: { waitingCount: 2, doneCount: 1, awaitsPassword: true },
    })
    expect([search('preamble'), search('councils'), search('treaties')]).toEqual([[1], [2], []])
    // Neither the next start nor the person's wish to go on asks for what can't be opened without an end.
    expect(recogniseMissingRequests({ store, recogniser })).toEqual([])
    expect(jobs.list().every(({ state }) => state === 'done')).toBe(true)

    await expect(library.unlock({ documentId, password: 'guess' })).rejects.toMatchObject({ code: 'wrong-password' })
    expect(library.get({ documentId })).toEqual(waiting)
    await library.unlock({ documentId, password: PASSWORD })
    await jobs.whenIdle()
    expect(requests.map(({ pageNumber }) => pageNumber)).toEqual([3, 3, 4])
    const after = library.get({ documentId })
    expect(after.recognition).toMatchObject({ waitingCount: 0, doneCount: 3 })
    expect(after.recognition?.awaitsPassword).toBeUndefined()
    expect(contentOf(store)).toEqual(expected)
    expect(passwords.get(documentId)).toBeUndefined()
    expectPasswordNowhere(profileDir)
  })

  it('ask for the password when one is to be read again, and say what they had meanwhile', async () => {
    const { library, jobs, search } = open()
    jobs.start()
    await library.importPaths({ paths: [lockedBook()] })
    await jobs.whenIdle()
    const documentId = library.list()[0]?.id ?? DocumentId.parse('nobody')
    await library.unlock({ documentId, password: PASSWORD })
    await jobs.whenIdle()
    library.recognise({ documentId, pageNumber: 3 })
    await jobs.whenIdle()
    expect(library.get({ documentId }).recognition).toMatchObject({ waitingCount: 1, awaitsPassword: true })
    expect(search('treaties')).toEqual([3])
    await library.unlock({ documentId, password: PASSWORD })
    await jobs.whenIdle()
    expect(library.get({ documentId }).recognition).toMatchObject({ waitingCount: 0, doneCount: 3 })
    expect(search('treaties')).toEqual([3])
  })
})
