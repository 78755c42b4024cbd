import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportOutcome } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { buildPng } from '../testing/build-image.ts'
import { buildBookPdf, buildPdf } from '../testing/build-pdf.ts'
import { buildZip } from '../testing/build-zip.ts'
import { corpusFile } from '../testing/corpus.ts'
import { noteFile } from '../testing/note-file.ts'
import { contentOf, copyTo } from '../testing/open-import.ts'
import { openLibrary, openRunningLibrary } from '../testing/open-library.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const readers = shareReaders()

const NOBODY = DocumentId.parse('nobody')

describe('importing files', () => {
  it('takes files in and reads them, under the path that was given', async () => {
    const { library, jobs } = openRunningLibrary({ readers })
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
    const { library, jobs } = openRunningLibrary({ readers })
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
    const { library, profileDir } = openLibrary({ readers })
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
    const { library } = openLibrary({ readers })
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
    const { library, uploadsDir } = openLibrary({ readers })
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
    const { library, uploadsDir } = openLibrary({ readers })
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
    const { library, sampleDir } = openLibrary({ readers })
    writeFileSync(join(sampleDir, 'one.md'), '# One\n\nText.')
    writeFileSync(join(sampleDir, 'two.md'), '# Two\n\nText.')
    expect(await library.importSample()).toHaveLength(2)
    expect((await library.importSample()).every(({ duplicate }) => duplicate)).toBe(true)
    expect(library.collections()).toMatchObject([{ name: 'Sample notes', documentCount: 2 }])
  })

  it('stops an import where it is, and goes on from there when tried again', async () => {
    const { library, jobs, store } = openRunningLibrary({ readers })
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
    const { library, jobs } = openRunningLibrary({ readers })
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
    const { library, jobs } = openRunningLibrary({ readers })
    await library.importPaths({ paths: [locked ?? ''] })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ status: 'failed', failure: { code: 'file-encrypted' } }])
  })
})
