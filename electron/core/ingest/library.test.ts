import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CollectionId, DocumentId } from '#contract/ids.ts'
import { discardBlob, readDiscardedBlobs } from '../store/discarded-blobs.rows.ts'
import { countLibrary } from '../store/library.rows.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { buildBookPdf, buildPdf } from '../testing/build-pdf.ts'
import { noteFile } from '../testing/note-file.ts'
import { contentOf } from '../testing/open-import.ts'
import { openRunningLibrary } from '../testing/open-library.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { TRASH_KEPT_MS } from './trash.ts'

const readers = shareReaders()

const NOBODY = DocumentId.parse('nobody')

describe('keeping a library', () => {
  async function withNote() {
    const opened = openRunningLibrary({ readers })
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
    const { library, jobs, store, purge, profileDir } = openRunningLibrary({ readers })
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
    const { library, jobs, store } = openRunningLibrary({ readers })
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
    const { library, jobs } = openRunningLibrary({ readers })
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

describe('a locked file', () => {
  async function withLocked() {
    const opened = openRunningLibrary({ readers })
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
