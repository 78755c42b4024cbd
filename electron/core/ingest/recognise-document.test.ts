import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { TextRecogniser } from '../ports.ts'
import { findDocument, listDocuments } from '../store/documents.rows.ts'
import { findPage } from '../store/pages.rows.ts'
import { wantPagesAgain } from '../store/recognition.rows.ts'
import { buildPdf, paragraph } from '../testing/build-pdf.ts'
import { driveJob } from '../testing/drive-job.ts'
import { importAndKill } from '../testing/import-and-kill.ts'
import { contentOf, openImport } from '../testing/open-import.ts'
import { readSheet, scriptedRecogniser } from '../testing/scripted-recogniser.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { highlightBoxes } from './highlight-boxes.ts'
import { IMPORT_DOCUMENT } from './import-document.ts'
import { makeRecogniseJob, recogniseMissingRequests, recogniseRequest } from './recognise-document.ts'

const PROSE = [
  'The Constitution of India came into force on the twenty-sixth of January.',
  'It was drafted by an assembly that had sat for almost three years before.',
]

/** Pages of text and scans: 't' and 's'. */
async function mixedFile(kinds: string): Promise<string> {
  const path = join(temporaryFolder(), 'Mixed notes.pdf')
  const pages = [...kinds].map((kind, index) =>
    kind === 's'
      ? { texts: [], scan: true }
      : { texts: paragraph([...PROSE, `This is what page ${index + 1} adds to it.`], { x: 60, y: 200 }) },
  )
  writeFileSync(path, await buildPdf(pages))
  return path
}

const readers = shareReaders()

/** An import and a recognition of one profile, each driven by itself. */
function open(recogniser: TextRecogniser = scriptedRecogniser(readSheet), profileDir?: string) {
  const queued: DocumentId[] = []
  const library = openImport({
    ...readers,
    queueRecognition: (_, { id }) => queued.push(id),
    ...(profileDir && { profileDir }),
  })
  const job = makeRecogniseJob({ ...library.parts, recogniser })
  return {
    ...library,
    store: library.parts.store,
    queued,
    job,
    recognise: (documentId: DocumentId, driving: Parameters<typeof driveJob>[3] = {}) =>
      driveJob(library.parts.store, job, { documentId }, driving as object),
    search(word: string): number[] {
      return library.parts.store.reader.$client
        .prepare(
          'SELECT c.page_number FROM chunk_words w JOIN chunks c ON c.id = w.rowid WHERE chunk_words MATCH ? ORDER BY 1',
        )
        .pluck()
        .all(word) as number[]
    },
  }
}

describe('the recognition of a document', () => {
  it('leaves its text pages searchable at once, reads only the scans, and makes them searchable page by page', async () => {
    const recogniser = scriptedRecogniser(readSheet)
    const { keep, run, recognise, queued, store, search } = open(recogniser)
    const documentId = await keep(await mixedFile('tsts'))
    await run(documentId)
    expect(findDocument(store.reader, documentId)).toMatchObject({
      status: 'ready',
      unreadablePageCount: 2,
      recognition: { waitingCount: 2, doneCount: 0, unreadPages: [] },
    })
    expect(queued).toEqual([documentId])
    expect(search('assembly')).toEqual([1, 3])

    const found: number[][] = []
    const { result, progress } = await recognise(documentId, { onCommit: () => found.push(search('kangaroo*')) })
    expect(result).toMatchObject({ type: 'done' })
    expect(recogniser.requests.map(({ pageNumber }) => pageNumber)).toEqual([2, 4])
    expect(found.slice(0, 2)).toEqual([[2], [2, 4]])
    expect(progress.at(-1)).toEqual({ stage: 'recognise', done: 2, total: 2, unit: 'pages' })
    expect(findDocument(store.reader, documentId)).toMatchObject({
      status: 'ready',
      unreadablePageCount: 0,
      recognition: { waitingCount: 0, doneCount: 2, confidence: 90, unreadPages: [] },
    })
    const { chunks, vectors } = contentOf(store)
    expect(chunks.map((chunk) => (chunk as { ordinal: number }).ordinal)).toEqual(chunks.map((_, index) => index))
    expect(new Set(chunks.map((chunk) => (chunk as { text_hash: string }).text_hash)).size).toBe(vectors.length)
  })

  it('keeps a page’s text, boxes, language and confidence, and passages that are slices of it', async () => {
    const { keep, run, recognise, store } = open()
    const documentId = await keep(await mixedFile('s'))
    await run(documentId)
    await recognise(documentId)
    const page = findPage(store.reader, documentId, 1)
    expect(page).toMatchObject({ status: 'text', recognition: { state: 'done', language: 'eng', confidence: 90 } })
    const at = page?.text.indexOf('kangaroo1') ?? -1
    expect(highlightBoxes(page?.boxes ?? [], at, at + 9)).toEqual([{ x: 60 + 146, y: 109, width: 54, height: 11 }])
    for (const chunk of contentOf(store).chunks as { text: string; start_offset: number; end_offset: number }[]) {
      expect(page?.text.slice(chunk.start_offset, chunk.end_offset)).toBe(chunk.text)
    }
  })

  it('takes nothing unsure for text: the page stays unreadable and the person is told which', async () => {
    const { keep, run, recognise, store, search } = open(
      scriptedRecogniser(({ pageNumber }) =>
        pageNumber === 2 ? { text: 'scribble kangaroo scrawl', confidence: 21 } : readSheet({ pageNumber }),
      ),
    )
    const documentId = await keep(await mixedFile('sss'))
    await run(documentId)
    await recognise(documentId)
    expect(search('kangaroo')).toEqual([])
    expect(findPage(store.reader, documentId, 2)).toMatchObject({
      status: 'unreadable',
      text: '',
      recognition: { state: 'refused', confidence: 21 },
    })
    expect(findDocument(store.reader, documentId)).toMatchObject({
      status: 'ready',
      recognition: { doneCount: 2, unreadPages: [2] },
    })
  })

  it('says so of a document that has no readable page, and lets one page that breaks not stop the others', async () => {
    const { keep, run, recognise, store } = open(
      scriptedRecogniser(({ pageNumber }) =>
        pageNumber === 1
          ? { error: new StudyError('page-timeout', 'Recognising page 1 took more than 120 s.', { page: 1 }) }
          : { text: 'scrawl', confidence: 20 },
      ),
    )
    const documentId = await keep(await mixedFile('ss'))
    await run(documentId)
    const { result } = await recognise(documentId)
    expect(result?.type).toBe('done')
    expect(findPage(store.reader, documentId, 1)).toMatchObject({
      recognition: { state: 'failed' },
      failure: { code: 'page-timeout' },
    })
    expect(findDocument(store.reader, documentId)).toMatchObject({
      status: 'failed',
      failure: { code: 'file-empty' },
      recognition: { unreadPages: [1, 2] },
    })
  })

  it('goes on after any end without reading a page twice or keeping a passage twice', async () => {
    const undisturbed = open()
    const file = await mixedFile('ststs')
    await (async () => {
      const documentId = await undisturbed.keep(file)
      await undisturbed.run(documentId)
      await undisturbed.recognise(documentId)
    })()
    const recogniser = scriptedRecogniser(readSheet)
    const { keep, run, recognise, store } = open(recogniser)
    const documentId = await keep(file)
    await run(documentId)
    for (let stopAt = 1; ; ) {
      const stop = new AbortController()
      const { result } = await recognise(documentId, {
        signal: stop.signal,
        onCommit: (commitCount) => commitCount === stopAt && stop.abort(new StudyError('cancelled', 'stopped')),
      })
      if (result) break
    }
    expect(recogniser.requests.map(({ pageNumber }) => pageNumber)).toEqual([1, 3, 5])
    expect(contentOf(store)).toEqual(contentOf(undisturbed.store))
  })

  it('tries the language of the page before first, and only the one that the person chose', async () => {
    const recogniser = scriptedRecogniser(() => ({ text: 'संसद के दो सदन हैं और राष्ट्रपति है।', language: 'hin' }))
    const { keep, run, recognise, store } = open(recogniser)
    const documentId = await keep(await mixedFile('ss'))
    await run(documentId)
    await recognise(documentId)
    expect(recogniser.requests.map(({ languages }) => languages)).toEqual([
      ['eng', 'hin'],
      ['hin', 'eng'],
    ])
    store.transaction((db) => wantPagesAgain(db, documentId, { pageNumber: 2, language: 'eng' }))
    await recognise(documentId)
    expect(recogniser.requests.slice(2)).toMatchObject([{ pageNumber: 2, languages: ['eng'] }])
  })

  it('reads a page of Hindi text in Hindi alone, and leaves its text where that is unsure', async () => {
    const hindi = 'संसद के दो सदन हैं और राष्ट्रपति है।'
    const readings = [
      { text: hindi, language: 'hin' as const },
      { text: 'GET & 3l Hee & UF', confidence: 55 },
    ]
    const recogniser = scriptedRecogniser(() => readings.shift() ?? { text: '' })
    const { keep, run, recognise, store } = open(recogniser)
    const documentId = await keep(await mixedFile('s'))
    await run(documentId)
    await recognise(documentId)
    store.transaction((db) => wantPagesAgain(db, documentId, { pageNumber: 1 }))
    await recognise(documentId)
    expect(recogniser.requests.map(({ languages }) => languages)).toEqual([['eng', 'hin'], ['hin']])
    expect(findPage(store.reader, documentId, 1)).toMatchObject({
      text: hindi,
      status: 'text',
      recognition: { state: 'refused' },
    })
  })

  it('replaces the passages of a page read again, and forgets what nothing uses any more', async () => {
    let word = 'kangaroo'
    const { keep, run, recognise, store, search } = open(
      scriptedRecogniser(() => ({ text: `The court was called a ${word} court by all.` })),
    )
    const documentId = await keep(await mixedFile('ts'))
    await run(documentId)
    await recognise(documentId)
    const before = contentOf(store)
    word = 'wallaby'
    store.transaction((db) => wantPagesAgain(db, documentId, {}))
    await recognise(documentId)
    expect([search('kangaroo'), search('wallaby')]).toEqual([[], [2]])
    const after = contentOf(store)
    expect(after.chunks).toHaveLength(before.chunks.length)
    const unused = store.reader.$client.prepare('SELECT text_hash FROM unused_texts').pluck().all()
    expect(after.vectors).toHaveLength(after.chunks.length + unused.length)
    // The index hears of each passage that went and of each that came.
    const changes = store.reader.$client.prepare('SELECT operation, count(*) AS n FROM vector_changes GROUP BY 1').all()
    const net = Object.fromEntries((changes as { operation: string; n: number }[]).map((row) => [row.operation, row.n]))
    expect((net.add ?? 0) - (net.remove ?? 0)).toBe(after.chunks.length)
  })

  it('waits for the person where its data is missing, and is asked for at the next start', async () => {
    const missing = scriptedRecogniser(readSheet, { languages: [] })
    const { keep, run, recognise, store } = open(missing)
    const documentId = await keep(await mixedFile('ts'))
    await run(documentId)
    expect((await recognise(documentId)).result).toMatchObject({
      type: 'park',
      error: { code: 'recognition-missing' },
    })
    expect(recogniseMissingRequests({ store, recogniser: missing })).toEqual([])
    expect(recogniseMissingRequests({ store, recogniser: scriptedRecogniser(readSheet) })).toMatchObject([
      { kind: 'recognise-document', documentId },
    ])
  })
})

describe('a recognition whose process is killed', () => {
  it.each([2, 4])('ends as one that was not, killed at page no. %i', async (times) => {
    const file = await mixedFile('ststss')
    const undisturbed = open()
    const undisturbedId = await undisturbed.keep(file)
    await undisturbed.run(undisturbedId)
    await undisturbed.recognise(undisturbedId)

    const profileDir = temporaryFolder()
    await importAndKill(profileDir, file, 'recognise', times)
    const recogniser = scriptedRecogniser(readSheet)
    const { store, job } = open(recogniser, profileDir)
    const [document] = listDocuments(store.reader)
    expect(document).toMatchObject({ status: 'ready', recognition: { doneCount: times - 1 } })
    const jobs = makeJobRunner({ store, clock: systemClock, ids: makeIds({ clock: systemClock }) }, [job])
    onTestFinished(() => jobs.stop())
    jobs.start()
    for (const { id, state } of jobs.list()) if (state !== 'done') jobs.retry(id)
    await jobs.whenIdle()
    expect(recogniser.requests).toHaveLength(4 - (times - 1))
    expect(contentOf(store)).toEqual(contentOf(undisturbed.store))
  })
})

describe('the recognition job in the runner', () => {
  function runner(recogniser: TextRecogniser, importRun?: () => Promise<void>) {
    const opened = open(recogniser)
    const order: string[] = []
    const jobs = makeJobRunner(
      {
        store: opened.store,
        clock: systemClock,
        ids: makeIds({ clock: systemClock }),
        tuning: { oneHeavyKind: () => true },
      },
      [
        opened.job,
        {
          kind: IMPORT_DOCUMENT,
          payload: opened.job.payload,
          cursor: opened.job.cursor,
          limit: 2,
          priority: 50,
          heavy: true,
          maxAttempts: 1,
          async run() {
            order.push('import')
            await importRun?.()
            return { type: 'done' }
          },
        },
      ],
    )
    onTestFinished(() => jobs.stop())
    return { ...opened, jobs, order }
  }

  it('steps aside for an import between two pages, where both have no room', async () => {
    const requests: string[] = []
    const recogniser = scriptedRecogniser((request) => {
      requests.push(`page ${request.pageNumber}`)
      if (request.pageNumber === 1) {
        opened.store.transaction((db) =>
          opened.jobs.enqueue(db, { kind: IMPORT_DOCUMENT, key: 'other', payload: { documentId }, title: 'other' }),
        )
        opened.jobs.wake()
      }
      return readSheet(request)
    })
    const opened = runner(recogniser, async () => {
      requests.push('import')
    })
    const documentId = await opened.keep(await mixedFile('ss'))
    await opened.run(documentId)
    opened.store.transaction((db) => opened.jobs.enqueue(db, recogniseRequest(documentId, 'Mixed')))
    opened.jobs.start()
    await opened.jobs.whenIdle()
    expect(requests).toEqual(['page 1', 'import', 'page 2'])
    expect(opened.jobs.list().map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
  })

  it('is stopped by the person: what was read stays, the rest is asked for no more', async () => {
    const opened = runner(
      scriptedRecogniser((request) => {
        if (request.pageNumber === 2) opened.jobs.cancel(jobId)
        return readSheet(request)
      }),
    )
    const documentId = await opened.keep(await mixedFile('sss'))
    await opened.run(documentId)
    const { jobId } = opened.store.transaction((db) => opened.jobs.enqueue(db, recogniseRequest(documentId, 'Mixed')))
    opened.jobs.start()
    await opened.jobs.whenIdle()
    expect(opened.jobs.get(jobId)?.state).toBe('cancelled')
    expect(findDocument(opened.store.reader, documentId)).toMatchObject({
      status: 'ready',
      unreadablePageCount: 2,
      recognition: { waitingCount: 0, doneCount: 1 },
    })
    expect(recogniseMissingRequests({ store: opened.store, recogniser: scriptedRecogniser(readSheet) })).toEqual([])
  })
})
