import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ImportOutcome } from '#contract/documents.ts'
import { CollectionId, DocumentId } from '#contract/ids.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeFeed } from '../ops/make-feed.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { discardBlob, readDiscardedBlobs } from '../store/discarded-blobs.rows.ts'
import { countLibrary } from '../store/library.rows.ts'
import { buildPng } from '../testing/build-image.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { buildBookPdf, buildPdf } from '../testing/build-pdf.ts'
import { buildZip } from '../testing/build-zip.ts'
import { corpusFile } from '../testing/corpus.ts'
import { contentOf, copyTo, openImport } from '../testing/open-import.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeImportJob } from './import-document.ts'
import { makeLibrary } from './library.ts'
import { TRASH_KEPT_MS } from './trash.ts'

/** A whole library in a profile of its own, its jobs running. */
function openLibrary() {
  const changes = makeFeed<DocumentId[]>()
  const { parts, profileDir } = openImport({ changed: changes.publish })
  const ids = makeIds({ clock: systemClock })
  const jobs = makeJobRunner({ store: parts.store, clock: systemClock, ids }, [makeImportJob(parts)])
  onTestFinished(() => jobs.stop())
  const sampleDir = join(profileDir, 'sample')
  const uploadsDir = join(profileDir, 'uploads')
  for (const dir of [sampleDir, uploadsDir]) mkdirSync(dir)
  const { store, blobs, passwords } = parts
  let laterMs = 0
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + laterMs }
  const unlocker = makeExtractor({ clock, idleMs: 1 })
  onTestFinished(() => unlocker.close())
  const shared = { store, blobs, clock, ids, jobs, changes, openArchive, unlocker, passwords }
  const library = makeLibrary({ ...shared, sampleDir, uploadsDir })
  /** Lets time pass and does what a start of the app does then. */
  const purge = async (durationMs: number) => {
    laterMs += durationMs
    await library.keepPurging(AbortSignal.abort()).catch(() => {})
  }
  return { library, jobs, store, blobs, passwords, purge, sampleDir, uploadsDir, profileDir }
}

function openRunningLibrary() {
  const opened = openLibrary()
  opened.jobs.start()
  return opened
}

function noteFile(name = 'Notes.md', text = '# Rights\n\nEquality comes first.\n'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

const NOBODY = DocumentId.parse('nobody')

describe('importing files', () => {
  it('takes files in and reads them, under the path that was given', async () => {
    const { library, jobs } = openRunningLibrary()
    const note = noteFile()
    const book = join(temporaryFolder(), 'A book on polity.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 3 }))
    const outcomes = await library.importPaths({ paths: [note, book] })
    expect(outcomes).toMatchObject([
      {
        path: note,
        duplicate: false,
        document: { path: note, title: 'Notes', status: 'queued', mediaType: 'text/markdown' },
      },
      { path: book, duplicate: false, document: { path: book, mediaType: 'application/pdf' } },
    ])
    await jobs.whenIdle()
    const documents = library.list()
    expect(documents.map(({ title, status }) => [title, status])).toEqual([
      ['A book on polity', 'ready'],
      ['Rights', 'ready'],
    ])
    expect(documents.map(({ pageCount }) => pageCount)).toEqual([3, 1])
    expect(library.get({ documentId: documents[1]?.id ?? NOBODY })).toMatchObject({ chunkCount: 1 })
  })

  it('knows the same bytes again, under whatever name', async () => {
    const { library, jobs } = openRunningLibrary()
    const note = noteFile()
    const [first] = await library.importPaths({ paths: [note] })
    await jobs.whenIdle()
    const again = await library.importPaths({ paths: [note, copyTo(temporaryFolder(), note, 'Other name.md')] })
    for (const outcome of again) {
      expect(outcome).toMatchObject({ duplicate: true, document: { id: first?.document?.id, status: 'ready' } })
      expect(outcome.jobId).toBeUndefined()
    }
    expect(library.list()).toHaveLength(1)
  })

  it('says of each file why it was not taken in, and takes the others', async () => {
    const { library, profileDir } = openLibrary()
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'table.xlsx'), 'PK')
    writeFileSync(join(dir, 'empty.txt'), '')
    mkdirSync(join(dir, 'nothing here'))
    const note = noteFile()
    const paths = [
      join(dir, 'gone.pdf'),
      join(dir, 'table.xlsx'),
      join(dir, 'empty.txt'),
      join(dir, 'nothing here'),
      note,
    ]
    const outcomes = await library.importPaths({ paths })
    expect(outcomes.map(({ path, failure }) => [path, failure?.code])).toEqual([
      [paths[0], 'file-missing'],
      [paths[1], 'file-unsupported'],
      [paths[2], 'file-empty'],
      [paths[3], 'bad-input'],
      [note, undefined],
    ])
    expect(library.list()).toHaveLength(1)
    expect(readdirSync(join(profileDir, 'blobs', 'incoming'))).toEqual([])
  })

  it('takes a folder by what is in it, and a PDF by its content', async () => {
    const { library } = openLibrary()
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'inner', '.git'), { recursive: true })
    writeFileSync(join(dir, 'b 10.md'), '# Ten')
    writeFileSync(join(dir, 'b 9.md'), '# Nine')
    writeFileSync(join(dir, 'inner', 'c.txt'), 'Text')
    writeFileSync(join(dir, 'inner', '.git', 'd.txt'), 'Hidden')
    writeFileSync(join(dir, 'drawing.svg'), 'not read')
    writeFileSync(join(dir, 'misnamed.txt'), await buildPdf([{ texts: [{ text: 'Words', x: 50, y: 50 }] }]))
    const outcomes = await library.importPaths({ paths: [dir] })
    expect(outcomes.map(({ path, document }) => [path.slice(dir.length + 1), document?.mediaType])).toEqual([
      ['b 9.md', 'text/markdown'],
      ['b 10.md', 'text/markdown'],
      [join('inner', 'c.txt'), 'text/plain'],
      ['misnamed.txt', 'application/pdf'],
    ])
  })

  it('takes an archive in as the documents in it, by path and by upload', async () => {
    const { library, uploadsDir } = openLibrary()
    const zip = buildZip([
      { name: 'polity/rights.md', data: '# Rights' },
      { name: 'photo.txt', data: buildPng(2, 2) },
      { name: 'inner.zip', data: buildZip([{ name: 'duties.txt', data: 'Duties' }]) },
      { name: '../out.md', data: 'x' },
    ])
    const path = join(temporaryFolder(), 'course.zip')
    writeFileSync(path, zip)
    writeFileSync(join(uploadsDir, 'upload-1'), zip)
    const seen = (outcomes: ImportOutcome[], dir: string) =>
      outcomes.map(({ path: given, document, failure, duplicate }) => [
        given.replace(dir, ''),
        document?.mediaType ?? failure?.code,
        duplicate,
      ])
    expect(seen(await library.importPaths({ paths: [path] }), dirname(path))).toEqual([
      ['/course.zip/../out.md', 'file-unsupported', false],
      ['/course.zip/inner.zip/duties.txt', 'text/plain', false],
      ['/course.zip/photo.txt', 'image/png', false],
      ['/course.zip/polity/rights.md', 'text/markdown', false],
    ])
    const again = await library.importUploads({ uploads: [{ uploadId: 'upload-1', fileName: 'Downloads/../c.zip' }] })
    expect(seen(again, '')).toEqual([
      ['Downloads/c.zip/../out.md', 'file-unsupported', false],
      ['Downloads/c.zip/inner.zip/duties.txt', 'text/plain', true],
      ['Downloads/c.zip/photo.txt', 'image/png', true],
      ['Downloads/c.zip/polity/rights.md', 'text/markdown', true],
    ])
    expect(readdirSync(uploadsDir)).toEqual([])
  })

  it('takes uploads in under the name they had, and clears them away', async () => {
    const { library, uploadsDir } = openLibrary()
    writeFileSync(join(uploadsDir, 'upload-1'), '# Rights\n\nText.')
    const uploads = [
      { uploadId: 'upload-1', fileName: 'My notes.md' },
      { uploadId: 'upload-2', fileName: 'Lost.md' },
    ]
    const outcomes = await library.importUploads({ uploads })
    expect(outcomes).toMatchObject([
      { path: 'My notes.md', document: { title: 'My notes', path: 'My notes.md' } },
      { path: 'Lost.md', failure: { code: 'file-missing' } },
    ])
    expect(readdirSync(uploadsDir)).toEqual([])
    const outside = { uploads: [{ uploadId: '../library', fileName: 'x.md' }] }
    await expect(library.importUploads(outside)).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('imports the sample notes into a collection of their own, once', async () => {
    const { library, sampleDir } = openLibrary()
    writeFileSync(join(sampleDir, 'one.md'), '# One\n\nText.')
    writeFileSync(join(sampleDir, 'two.md'), '# Two\n\nText.')
    expect(await library.importSample()).toHaveLength(2)
    expect((await library.importSample()).every(({ duplicate }) => duplicate)).toBe(true)
    expect(library.collections()).toMatchObject([{ name: 'Sample notes', documentCount: 2 }])
  })

  it('stops an import where it is, and goes on from there when tried again', async () => {
    const { library, jobs, store } = openRunningLibrary()
    const book = join(temporaryFolder(), 'Long book.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 60 }))
    const [outcome] = await library.importPaths({ paths: [book] })
    const documentId = outcome?.document?.id ?? NOBODY
    for await (const _ of library.changes()) {
      if (store.reader.$client.prepare('SELECT count(*) FROM pages').pluck().get() !== 0) break
    }
    expect(library.cancel({ documentId })).toMatchObject({ status: 'cancelled' })
    await jobs.whenIdle()
    const kept = contentOf(store).pages
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(60)

    expect(library.retry({ documentId })).toMatchObject({ status: 'queued' })
    await jobs.whenIdle()
    expect(library.get({ documentId })).toMatchObject({ status: 'ready', pageCount: 60 })
    expect(contentOf(store).pages.slice(0, kept.length)).toEqual(kept)
    expect(() => library.retry({ documentId })).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })

  it('tries a failed file again when it is given again', async () => {
    const { library, jobs } = openRunningLibrary()
    const broken = join(temporaryFolder(), 'broken.pdf')
    writeFileSync(broken, '%PDF-1.7 and nothing more')
    await library.importPaths({ paths: [broken] })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ status: 'failed', failure: { code: 'file-damaged' } }])
    const [again] = await library.importPaths({ paths: [broken] })
    expect(again).toMatchObject({ duplicate: true, document: { status: 'queued' } })
    expect(again?.jobId).toBeDefined()
  })

  const locked = corpusFile('nasty', 'password-openpassword.pdf')
  it.skipIf(!locked)('says that a file is locked with a password', async () => {
    const { library, jobs } = openRunningLibrary()
    await library.importPaths({ paths: [locked ?? ''] })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ status: 'failed', failure: { code: 'file-encrypted' } }])
  })
})

describe('a locked file', () => {
  async function withLocked() {
    const opened = openRunningLibrary()
    const path = join(temporaryFolder(), 'Locked.pdf')
    writeFileSync(path, buildLockedPdf('The Preamble begins with We, the people of India.', 'swaraj 1947'))
    await opened.library.importPaths({ paths: [path] })
    await opened.jobs.whenIdle()
    const [document] = opened.library.list()
    return { ...opened, path, documentId: document?.id ?? NOBODY }
  }

  it('waits for its password, asks again for a wrong one, and is read with the right one', async () => {
    const { library, jobs, documentId } = await withLocked()
    expect(jobs.list()).toMatchObject([{ state: 'parked', failure: { code: 'file-encrypted' } }])
    await expect(library.unlock({ documentId, password: 'guess' })).rejects.toMatchObject({ code: 'wrong-password' })
    expect(library.get({ documentId })).toMatchObject({ status: 'failed', failure: { code: 'file-encrypted' } })
    await library.unlock({ documentId, password: 'swaraj 1947' })
    await jobs.whenIdle()
    expect(library.get({ documentId })).toMatchObject({ status: 'ready', chunkCount: 1 })
    expect(library.page({ documentId, pageNumber: 1 }).text).toContain('We, the people of India')
    expect(jobs.list()).toMatchObject([{ state: 'done' }])
  })

  it('keeps the password for that import only, and writes it nowhere', async () => {
    const { library, jobs, passwords, profileDir, documentId } = await withLocked()
    await library.unlock({ documentId, password: 'swaraj 1947' })
    expect(passwords.get(documentId)).toBe('swaraj 1947')
    await jobs.whenIdle()
    expect(passwords.get(documentId)).toBeUndefined()
    const written = readdirSync(profileDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(written.length).toBeGreaterThan(2)
    for (const { parentPath, name } of written) {
      expect(readFileSync(join(parentPath, name)).includes('swaraj 1947'), name).toBe(false)
    }
  })

  it('asks anew when it is added again or tried again, and can be stopped', async () => {
    const { library, jobs, path, documentId } = await withLocked()
    const [again] = await library.importPaths({ paths: [path] })
    await jobs.whenIdle()
    expect(again).toMatchObject({ duplicate: true })
    expect(library.retry({ documentId })).toMatchObject({ status: 'queued' })
    await jobs.whenIdle()
    expect(jobs.list()).toMatchObject([{ state: 'parked' }])
    library.cancel({ documentId })
    expect(jobs.list()).toMatchObject([{ state: 'cancelled' }])
    await library.unlock({ documentId, password: 'swaraj 1947' })
    await jobs.whenIdle()
    expect(library.get({ documentId }).status).toBe('ready')
  })
})

describe('keeping a library', () => {
  async function withNote() {
    const opened = openRunningLibrary()
    const [outcome] = await opened.library.importPaths({ paths: [noteFile()] })
    await opened.jobs.whenIdle()
    return { ...opened, documentId: outcome?.document?.id ?? NOBODY }
  }

  it('deletes a document with all that was made of it', async () => {
    const { library, store, blobs, purge, documentId } = await withNote()
    const { sha256 } = library.get({ documentId })
    await library.delete({ documentIds: [documentId] })
    await purge(TRASH_KEPT_MS)
    expect(library.list()).toEqual([])
    expect(contentOf(store)).toMatchObject({ documents: [], pages: [], chunks: [] })
    const words = store.reader.$client.prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?').pluck()
    expect(words.get('equality')).toBe(0)
    const changes = store.reader.$client.prepare('SELECT operation FROM vector_changes ORDER BY seq').pluck()
    expect(changes.all()).toEqual(['add', 'remove'])
    expect(blobs.pathOf(sha256)).toBeUndefined()
    expect(() => library.get({ documentId })).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('keeps the vector of a text that another document has too', async () => {
    const { library, jobs, store, purge, documentId } = await withNote()
    await library.importPaths({
      paths: [noteFile('Longer.md', '# Rights\n\nEquality comes first.\n\n# More\n\nThen liberty.')],
    })
    await jobs.whenIdle()
    await library.delete({ documentIds: [documentId] })
    await purge(TRASH_KEPT_MS)
    expect(contentOf(store).vectors).toHaveLength(2)
  })

  it('deletes a document in the middle of its import', async () => {
    const { library, jobs, store, purge, profileDir } = openRunningLibrary()
    const book = join(temporaryFolder(), 'Long book.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 60 }))
    const [outcome] = await library.importPaths({ paths: [book] })
    for await (const _ of library.changes()) {
      if (store.reader.$client.prepare('SELECT count(*) FROM pages').pluck().get() !== 0) break
    }
    const { id, sha256 } = outcome?.document ?? { id: NOBODY, sha256: '' }
    await library.delete({ documentIds: [id] })
    await jobs.whenIdle()
    await purge(TRASH_KEPT_MS)
    expect(contentOf(store)).toEqual({ documents: [], pages: [], chunks: [], vectors: [] })
    expect(existsSync(join(profileDir, 'blobs', sha256.slice(0, 2), sha256))).toBe(false)
    expect(jobs.list()).toMatchObject([{ state: 'cancelled' }])
  })

  it('hides a deleted document from everything at once, and brings it back as it was', async () => {
    const { library, jobs, store, documentId } = await withNote()
    const before = { content: contentOf(store), document: library.get({ documentId }) }
    const words = () => store.reader.$client.prepare("SELECT count(*) FROM chunk_words('equality')").pluck().get()
    await library.delete({ documentIds: [documentId] })
    expect(library.list()).toEqual([])
    expect(() => library.page({ documentId, pageNumber: 1 })).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect([words(), contentOf(store).chunks, countLibrary(store.reader).pageCount]).toEqual([0, [], 0])
    const [back] = await library.restore({ documentIds: [documentId] })
    expect(back).toEqual({ ...before.document, updatedAtMs: back?.updatedAtMs })
    expect(contentOf(store)).toEqual(before.content)
    expect([words(), jobs.list({ states: ['queued', 'running'] })]).toEqual([1, []])
    const changes = store.reader.$client.prepare('SELECT operation FROM vector_changes ORDER BY seq').pluck()
    expect(changes.all()).toEqual(['add', 'remove', 'add'])
  })

  it('keeps a deletion undoable for an hour, over restarts, and no longer', async () => {
    const { library, blobs, purge, documentId } = await withNote()
    const { sha256 } = library.get({ documentId })
    await library.delete({ documentIds: [documentId] })
    await purge(TRASH_KEPT_MS / 2)
    expect(blobs.pathOf(sha256)).toBeDefined()
    await purge(TRASH_KEPT_MS / 2)
    expect(blobs.pathOf(sha256)).toBeUndefined()
    await expect(library.restore({ documentIds: [documentId] })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('goes on with the import of a document whose deletion is undone', async () => {
    const { library, jobs, store } = openRunningLibrary()
    const book = join(temporaryFolder(), 'Long book.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 60 }))
    const [outcome] = await library.importPaths({ paths: [book] })
    for await (const _ of library.changes()) {
      if (store.reader.$client.prepare('SELECT count(*) FROM pages').pluck().get() !== 0) break
    }
    const documentIds = [outcome?.document?.id ?? NOBODY]
    await library.delete({ documentIds })
    await library.restore({ documentIds })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ status: 'ready', pageCount: 60 }])
    expect(contentOf(store).pages).toHaveLength(60)
  })

  it('takes a deleted document out of the trash when its file is added again', async () => {
    const { library, jobs, store, documentId } = await withNote()
    await library.delete({ documentIds: [documentId] })
    const [again] = await library.importPaths({ paths: [noteFile('Same again.md')] })
    expect(again).toMatchObject({ duplicate: true, document: { id: documentId, status: 'ready' } })
    expect(contentOf(store).chunks).toHaveLength(1)
    expect(jobs.list({ states: ['queued', 'running'] })).toEqual([])
  })

  it('keeps the file of a content that was added again while its old copy awaited removal', async () => {
    const { library, blobs, store, purge, documentId } = await withNote()
    const { sha256 } = library.get({ documentId })
    store.transaction((db) => discardBlob(db, sha256))
    await purge(0)
    expect(blobs.pathOf(sha256)).toBeDefined()
    expect(readDiscardedBlobs(store.reader)).toEqual([])
  })

  it('finds a renamed document by its new title alone', async () => {
    const { library, store, documentId } = await withNote()
    const search = (word: string) =>
      store.reader.$client
        .prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?')
        .pluck()
        .get(`title : ${word}`)
    expect([search('rights'), search('freedoms')]).toEqual([1, 0])
    expect(library.rename({ documentId, title: 'Freedoms' })).toMatchObject({ title: 'Freedoms' })
    expect([search('rights'), search('freedoms')]).toEqual([0, 1])
  })

  it('shows pages and highlights', async () => {
    const { library, jobs } = openRunningLibrary()
    const path = join(temporaryFolder(), 'One page.pdf')
    writeFileSync(path, await buildPdf([{ texts: [{ text: 'We, the people of India', x: 60, y: 100 }] }]))
    const [outcome] = await library.importPaths({ paths: [path] })
    await jobs.whenIdle()
    const documentId = outcome?.document?.id ?? NOBODY
    const page = library.page({ documentId, pageNumber: 1 })
    expect(page).toEqual({
      documentId,
      pageNumber: 1,
      width: 595,
      height: 842,
      text: 'We, the people of India',
      headings: [],
    })
    const { boxes } = library.highlight({ documentId, pageNumber: 1, startOffset: 4, endOffset: 14 })
    expect(boxes).toHaveLength(1)
    expect(boxes[0]?.x).toBeGreaterThan(60)
    expect(() => library.page({ documentId, pageNumber: 2 })).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('sorts documents into collections with unique names', async () => {
    const { library, documentId } = await withNote()
    const polity = library.createCollection({ name: 'Polity' })
    expect(() => library.createCollection({ name: 'POLITY' })).toThrow(expect.objectContaining({ code: 'bad-input' }))
    library.move({ documentIds: [documentId], collectionId: polity.id })
    expect(library.get({ documentId }).collectionId).toBe(polity.id)
    expect(library.renameCollection({ collectionId: polity.id, name: 'polity' })).toMatchObject({
      name: 'polity',
      documentCount: 1,
    })
    library.deleteCollection({ collectionId: polity.id })
    expect(library.get({ documentId }).collectionId).toBeUndefined()
    const unknown = { documentIds: [documentId], collectionId: CollectionId.parse('nowhere') }
    expect(() => library.move(unknown)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('tells what changed', async () => {
    const { library, documentId } = await withNote()
    const changes = library.changes()[Symbol.asyncIterator]()
    library.rename({ documentId, title: 'New' })
    expect((await changes.next()).value).toEqual({ documentIds: [documentId] })
    await changes.return?.()
  })
})
