import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeChunker } from '../adapters/chunk-worker.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { StudyError } from '../errors.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { DocumentExtractor, Embedder } from '../ports.ts'
import { findDocument, updateDocument } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { buildBookPdf, buildPdf } from '../testing/build-pdf.ts'
import { corpusFile } from '../testing/corpus.ts'
import { driveJob } from '../testing/drive-job.ts'
import { MODEL_DIR } from '../testing/model-dir.ts'
import { contentOf, openImport } from '../testing/open-import.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { makeEmbedLibraryJob } from './embed-library.ts'
import { type ImportCursor, makeImportJob } from './import-document.ts'

async function bookFile(pageCount: number): Promise<string> {
  const path = join(temporaryFolder(), 'Notes on polity.pdf')
  writeFileSync(path, await buildBookPdf({ pageCount }))
  return path
}

/** Counts the texts it is given, each of which it should see once. */
function countingEmbedder(): Embedder & { texts: string[] } {
  const inner = wordEmbedder()
  const texts: string[] = []
  return {
    ...inner,
    texts,
    embed(given, options) {
      texts.push(...given)
      return inner.embed(given, options)
    },
  }
}

/** The job that makes up for vectors that are missing, with the model in use. */
function embedLibraryJob(store: Store, embedder: Embedder) {
  const index = {
    catchUp: async () => {},
    status: () => ({ state: 'ready' as const, vectorCount: 0, pendingCount: 0 }),
  }
  const models = { target: () => ({ embedder, index: index as never }), dropNext: () => {} }
  return makeEmbedLibraryJob({ store, models, clock: systemClock })
}

/** Tells the pages that are read. */
function watchingExtractor(): DocumentExtractor & { pagesRead: number[] } {
  const inner = makeExtractor({ clock: systemClock })
  const pagesRead: number[] = []
  return {
    pagesRead,
    close: () => inner.close(),
    async *extract(request, signal) {
      for await (const event of inner.extract(request, signal)) {
        if (event.type === 'page') pagesRead.push(event.page.pageNumber)
        yield event
      }
    },
  }
}

describe('the import job', () => {
  it('takes a document from queued to ready, with pages, chunks, words and vectors', async () => {
    const embedder = countingEmbedder()
    const library = openImport({ embedder })
    const { store } = library.parts
    const documentId = await library.keep(await bookFile(20))
    const { result, progress } = await library.run(documentId)

    expect(result).toMatchObject({ type: 'done' })
    const document = findDocument(store.reader, documentId)
    expect(document).toMatchObject({ status: 'ready', pageCount: 20, unreadablePageCount: 0, title: 'Notes on polity' })
    const { pages, chunks, vectors } = contentOf(store)
    expect(pages).toHaveLength(20)
    expect(chunks).toHaveLength(document?.chunkCount ?? -1)
    expect(vectors).toHaveLength(chunks.length)
    expect(embedder.texts).toHaveLength(chunks.length)
    const found = store.reader.$client
      .prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?')
      .pluck()
      .get('"finance" AND "article" AND title : polity')
    expect(found).toBeGreaterThan(10)
    const changes = store.reader.$client.prepare("SELECT count(*) FROM vector_changes WHERE operation = 'add'").pluck()
    expect(changes.get()).toBe(chunks.length)
    expect(library.catchUpCount()).toBe(1)
    expect(library.changedIds).toContain(documentId)
    expect(progress.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['extract', 'chunk', 'embed', 'index']))
    expect(progress.filter(({ stage }) => stage === 'extract').at(-1)).toEqual({
      stage: 'extract',
      done: 20,
      total: 20,
      unit: 'pages',
    })
  })

  it('ends with the same pages, chunks and vectors wherever it was stopped, and reads no page twice', async () => {
    const pageCount = 34
    const file = await bookFile(pageCount)
    const extractor = watchingExtractor()
    const chunker = makeChunker({ clock: systemClock, modelDir: MODEL_DIR })
    onTestFinished(async () => {
      await extractor.close()
      await chunker.close()
    })
    const undisturbed = openImport({ extractor, chunker })
    const { commitCount } = await undisturbed.run(await undisturbed.keep(file))
    const expected = contentOf(undisturbed.parts.store)
    expect(commitCount).toBeGreaterThan(8)

    const stoppedIn = new Set<string>()
    for (let stopAfter = 1; stopAfter < commitCount; stopAfter++) {
      const library = openImport({ extractor, chunker })
      const documentId = await library.keep(file)
      const stop = new AbortController()
      const broken = await library.run(documentId, {
        signal: stop.signal,
        onCommit: (count) => count === stopAfter && stop.abort(),
      })
      const cursor = broken.cursor as ImportCursor
      if (!broken.result) stoppedIn.add(cursor.stage)
      const readBefore = cursor.stage === 'extract' ? cursor.nextPage - 1 : pageCount
      extractor.pagesRead.length = 0
      const resumed = await library.run(documentId, { cursor })
      expect(resumed.result).toMatchObject({ type: 'done' })
      expect(extractor.pagesRead).toEqual(Array.from({ length: pageCount - readBefore }, (_, i) => readBefore + i + 1))
      expect(contentOf(library.parts.store)).toEqual(expected)
    }
    expect([...stoppedIn].sort()).toEqual(['chunk', 'embed', 'extract'])
  })

  it('goes on from the pages that are there when the job itself is new', async () => {
    const extractor = watchingExtractor()
    onTestFinished(() => extractor.close())
    const library = openImport({ extractor })
    const documentId = await library.keep(await bookFile(40))
    const stop = new AbortController()
    const { cursor } = await library.run(documentId, {
      signal: stop.signal,
      onCommit: (commitCount) => commitCount === 3 && stop.abort(),
    })
    const { nextPage } = cursor as Extract<ImportCursor, { stage: 'extract' }>
    expect(nextPage).toBeGreaterThan(1)
    extractor.pagesRead.length = 0
    const { result } = await library.run(documentId)
    expect(result).toMatchObject({ type: 'done' })
    expect(extractor.pagesRead[0]).toBe(nextPage)
  })

  it('embeds a text once, however many chunks and documents have it', async () => {
    const embedder = countingEmbedder()
    const library = openImport({ embedder })
    const same = 'The same words stand here again and again, as notes do.\n\n# Part\n\n'
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'a.md'), `# One\n\n${same}`)
    writeFileSync(join(dir, 'b.md'), `# One\n\n${same}\n\nAnd more here.`)
    await library.run(await library.keep(join(dir, 'a.md'), 'text/markdown'))
    await library.run(await library.keep(join(dir, 'b.md'), 'text/markdown'))
    expect(embedder.texts.filter((text) => text.includes('again and again'))).toHaveLength(1)
    const { chunks, vectors } = contentOf(library.parts.store)
    expect(chunks).toHaveLength(3)
    expect(vectors).toHaveLength(2)
  })

  it('is ready without an embedding model, and gives vectors when there is one', async () => {
    const library = openImport({ embedder: undefined })
    const { store } = library.parts
    const documentId = await library.keep(await bookFile(10))
    expect((await library.run(documentId)).result).toMatchObject({ type: 'done' })
    expect(findDocument(store.reader, documentId)?.status).toBe('ready')
    expect(contentOf(store).vectors).toEqual([])

    const job = embedLibraryJob(store, countingEmbedder())
    const stop = new AbortController()
    const broken = await driveJob(store, job, {}, { signal: stop.signal, onCommit: (n) => n === 2 && stop.abort() })
    expect(broken.result).toBeUndefined()
    expect((await driveJob(store, job, {}, { cursor: broken.cursor })).result).toEqual({ type: 'done' })
    const { chunks, vectors } = contentOf(store)
    expect(vectors).toHaveLength(chunks.length)
  })

  it('takes a title from the file, but not over one that a person gave', async () => {
    const dir = temporaryFolder()
    const path = join(dir, 'abc123.pdf')
    const texts = [{ text: 'It has some words.', x: 60, y: 100 }]
    writeFileSync(path, await buildPdf([{ texts }], { title: 'The Basic Structure' }))
    const library = openImport()
    const { store } = library.parts
    const documentId = await library.keep(path)
    await library.run(documentId)
    expect(findDocument(store.reader, documentId)?.title).toBe('The Basic Structure')

    const other = join(dir, 'def456.pdf')
    writeFileSync(other, await buildPdf([{ texts }, { texts }], { title: 'The Basic Structure' }))
    const named = await library.keep(other)
    store.transaction((db) => updateDocument(db, named, { title: 'My own', updatedAtMs: 1 }))
    await library.run(named)
    expect(findDocument(store.reader, named)?.title).toBe('My own')
  })

  it('fails with a reason, in one transaction, where trying again would not help', async () => {
    const dir = temporaryFolder()
    writeFileSync(
      join(dir, 'scan.pdf'),
      await buildPdf([
        { texts: [], scan: true },
        { texts: [], scan: true },
      ]),
    )
    writeFileSync(join(dir, 'blank.pdf'), await buildPdf([{ texts: [] }]))
    writeFileSync(join(dir, 'broken.pdf'), '%PDF-1.7 and nothing more')
    const library = openImport()
    const { store } = library.parts
    const outcome = async (name: string) => {
      const documentId = await library.keep(join(dir, name))
      const { result } = await library.run(documentId)
      expect(result?.type).toBe('failed')
      return findDocument(store.reader, documentId)
    }
    expect(await outcome('scan.pdf')).toMatchObject({
      status: 'failed',
      pageCount: 2,
      unreadablePageCount: 2,
      failure: { code: 'file-empty', message: expect.stringMatching(/^2 pages, none with readable text/) },
    })
    expect(await outcome('blank.pdf')).toMatchObject({ failure: { code: 'file-empty' }, unreadablePageCount: 0 })
    expect(await outcome('broken.pdf')).toMatchObject({ failure: { code: 'file-damaged' }, pageCount: 0 })
  })

  it('imports what can be read of a document with failed pages', async () => {
    const inner = makeExtractor({ clock: systemClock })
    onTestFinished(() => inner.close())
    const extractor: DocumentExtractor = {
      close: () => inner.close(),
      async *extract(request, signal) {
        for await (const event of inner.extract(request, signal)) {
          const isSecond = event.type === 'page' && event.page.pageNumber === 2
          yield isSecond
            ? { type: 'page-failed', pageNumber: 2, failure: { code: 'page-timeout', message: 'too long', page: 2 } }
            : event
        }
      },
    }
    const library = openImport({ extractor })
    const documentId = await library.keep(await bookFile(3))
    expect((await library.run(documentId)).result).toMatchObject({ type: 'done' })
    const document = findDocument(library.parts.store.reader, documentId)
    expect(document).toMatchObject({ status: 'ready', pageCount: 3, unreadablePageCount: 1 })
  })

  it('is ready without vectors when the model turns out not to load', async () => {
    const missing = new StudyError('embedding-model-missing', 'It does not load.')
    const library = openImport({ embedder: { ...wordEmbedder(), embed: () => Promise.reject(missing) } })
    const documentId = await library.keep(await bookFile(2))
    expect((await library.run(documentId)).result).toMatchObject({ type: 'done' })
    expect(findDocument(library.parts.store.reader, documentId)?.status).toBe('ready')
  })

  it('asks to be run again when something passing was in the way', async () => {
    const failing: Embedder = {
      ...wordEmbedder(),
      embed: () => Promise.reject(new StudyError('internal', 'The embedding worker stopped unexpectedly.')),
    }
    const library = openImport({ embedder: failing })
    const documentId = await library.keep(await bookFile(2))
    expect((await library.run(documentId)).result).toMatchObject({ type: 'retry', error: { code: 'internal' } })
    expect(findDocument(library.parts.store.reader, documentId)?.status).toBe('importing')
  })

  it('marks the document of a job that was stopped or given up', async () => {
    const library = openImport()
    const { store } = library.parts
    const job = makeImportJob(library.parts)
    const documentId = await library.keep(await bookFile(1))
    store.transaction((db) => job.onAbandoned?.(db, { documentId }, { state: 'cancelled' }))
    expect(findDocument(store.reader, documentId)?.status).toBe('cancelled')
    store.transaction((db) => updateDocument(db, documentId, { status: 'importing', updatedAtMs: 1 }))
    store.transaction((db) => job.onAbandoned?.(db, { documentId }, { state: 'dead' }))
    expect(findDocument(store.reader, documentId)).toMatchObject({ status: 'failed', failure: { code: 'internal' } })
  })

  const chapter = corpusFile('ncert-polity', 'keps201.pdf')
  it.skipIf(!chapter)('imports a textbook chapter under the name a person would give it', async () => {
    const library = openImport()
    const documentId = await library.keep(chapter ?? '')
    await library.run(documentId)
    const { store } = library.parts
    expect(findDocument(store.reader, documentId)).toMatchObject({
      title: 'Chapter 1: Constitution: Why and How?',
      status: 'ready',
      pageCount: 25,
      unreadablePageCount: 0,
    })
    const { chunks } = contentOf(store) as { chunks: { text: string; token_count: number }[] }
    expect(Math.max(...chunks.map((chunk) => chunk.token_count))).toBeLessThanOrEqual(230)
    expect(chunks.some((chunk) => /^(Reprint|Indian Constitution at Work|Chapter 1:)/m.test(chunk.text))).toBe(false)
  })
})
