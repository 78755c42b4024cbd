import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import type { Embedder } from '../ports.ts'
import { readDiscardedBlobs } from '../store/discarded-blobs.rows.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { contentOf } from '../testing/open-import.ts'
import { openRunningLibrary } from '../testing/open-library.ts'
import { quoteEverywhere } from '../testing/quote-everywhere.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const KEPT = 'The President shall be elected by the members of an electoral college of both Houses.'
const DROPPED = 'A member of the electoral college shall vote by a show of hands in the presence of the Speaker.'
const CHANGED = 'The term of office of the President shall be five years from the date of entering upon it.'
const OTHER = 'Every State has a Governor who is appointed by the President under the hand and seal of that office.'
const first = `# The President\n\n${KEPT}\n\n${DROPPED}\n\n${CHANGED}\n`
const second = `# The President\n\n${OTHER}\n\n${KEPT}\n\n${CHANGED.replace('five', 'six')}\n`

const readers = shareReaders()

function open() {
  const embedded: string[] = []
  const opened = openRunningLibrary({
    readers,
    importing: ({ searchModel }) => {
      const model = searchModel()
      if (!model) throw new Error('there is a model')
      const embedder: Embedder = {
        ...model.embedder,
        embed: (...input) => {
          embedded.push(...input[0])
          return model.embedder.embed(...input)
        },
      }
      return { searchModel: () => ({ embedder, index: model.index }) }
    },
  })
  return { ...opened, embedded }
}

/** A library with one note, an answer that cites three of its sentences and a question about each. */
async function withNote() {
  const opened = open()
  const { library, jobs, store } = opened
  const path = join(temporaryFolder(), 'President.md')
  writeFileSync(path, first)
  const [outcome] = await library.importPaths({ paths: [path] })
  await jobs.whenIdle()
  const documentId = outcome?.document?.id ?? DocumentId.parse('nobody')
  const { text } = library.page({ documentId, pageNumber: 1 })
  const quotes = quoteEverywhere(store, { documentId, path, title: 'President', pageNumber: 1, text }, [
    KEPT,
    DROPPED,
    CHANGED,
  ])
  return { ...opened, path, documentId, ...quotes }
}

describe('a new version of a document', () => {
  it('takes its place when the file at its path has changed, and quotes are found again or marked', async () => {
    const { library, jobs, store, blobs, path, documentId, cited, asked, cards, briefed, practised } = await withNote()
    const before = library.get({ documentId })
    library.rename({ documentId, title: 'My notes' })
    writeFileSync(path, second)
    const [outcome] = await library.importPaths({ paths: [path] })
    expect(outcome).toMatchObject({ duplicate: false, newVersion: true, document: { id: documentId, status: 'ready' } })
    await jobs.whenIdle()

    const after = library.get({ documentId })
    expect(library.list()).toEqual([after])
    expect(after).toMatchObject({ title: 'My notes', status: 'ready', createdAtMs: before.createdAtMs })
    expect(after.sha256).not.toBe(before.sha256)
    const { text } = library.page({ documentId, pageNumber: 1 })
    expect(text).toContain(OTHER)
    expect(cited().map(({ lost }) => lost ?? false)).toEqual([false, true, false])
    expect(cited().map(({ quote }) => quote)).toEqual([KEPT, DROPPED, CHANGED.replace('five', 'six').slice(0, -1)])
    for (const { quote, startOffset, endOffset, lost } of cited()) {
      if (!lost) expect(text.slice(startOffset, endOffset)).toBe(quote)
    }
    expect(asked().map(({ lost }) => lost)).toEqual([0, 1, 0])
    expect([cards(), briefed()]).toEqual([
      [0, 1, 0],
      [false, true, false],
    ])
    // Mains questions and what the library said on answers follow as answers' citations do.
    expect(practised()).toEqual([...cited(), ...cited()])
    expect(text.slice(asked()[0]?.startOffset, asked()[0]?.endOffset)).toBe(KEPT)

    const find = (word: string) =>
      store.reader.$client.prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?').pluck().get(word)
    expect([find('governor'), find('speaker')]).toEqual([1, 0])
    expect(contentOf(store).documents).toHaveLength(1)
    expect(readDiscardedBlobs(store.reader)).toEqual([{ sha256: before.sha256, isWanted: false }])
    await library.keepPurging(AbortSignal.abort()).catch(() => {})
    expect(blobs.pathOf(before.sha256)).toBeUndefined()
    expect(blobs.pathOf(after.sha256)).toBeDefined()
  })

  it('does not embed again what stayed the same, and finds a quote again that comes back', async () => {
    const { library, jobs, path, documentId, embedded, cited } = await withNote()
    const part = (n: number, text: string) => `# Part ${n}\n\n${text}\n\n`
    const parts = [KEPT, CHANGED, OTHER].map((text, index) => part(index, text.repeat(8)))
    writeFileSync(path, parts.join(''))
    await library.importPaths({ paths: [path] })
    await jobs.whenIdle()
    expect(cited().map(({ lost }) => lost ?? false)).toEqual([false, true, false])
    embedded.length = 0
    writeFileSync(path, [...parts, part(3, DROPPED)].join(''))
    await library.importPaths({ paths: [path] })
    await jobs.whenIdle()
    expect(embedded).toHaveLength(1)
    expect(embedded[0]).toContain(DROPPED)
    expect(cited().map(({ lost }) => lost ?? false)).toEqual([false, false, false])
    expect(library.get({ documentId }).chunkCount).toBe(4)
  })

  it('leaves the old one as it is when the new one can’t be read, until that is put away', async () => {
    const { library, jobs, store, documentId, cited, uploadsDir } = await withNote()
    const before = contentOf(store)
    writeFileSync(join(uploadsDir, 'up1'), '%PDF-1.7 and nothing more')
    const file = { uploadId: 'up1', fileName: 'President.pdf' }
    expect(await library.replace({ documentId, file })).toMatchObject({
      newVersion: true,
      document: { id: documentId },
    })
    await jobs.whenIdle()
    expect(library.get({ documentId })).toMatchObject({
      status: 'ready',
      newVersion: { status: 'failed', failure: { code: 'file-damaged' } },
    })
    expect(library.page({ documentId, pageNumber: 1 }).text).toContain(DROPPED)
    expect(cited().some(({ lost }) => lost)).toBe(false)
    expect(library.cancel({ documentId }).newVersion).toBeUndefined()
    expect(contentOf(store)).toEqual(before)
  })

  it('is found by nobody while it is made, and ends with its document', async () => {
    const { library, jobs, store, documentId } = await withNote()
    const path = join(temporaryFolder(), 'Locked.pdf')
    writeFileSync(path, buildLockedPdf(`${KEPT} A new edition.`, 'key'))
    await library.replace({ documentId, file: { path } })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ id: documentId, newVersion: { failure: { code: 'file-encrypted' } } }])
    await expect(library.unlock({ documentId, password: 'no' })).rejects.toMatchObject({ code: 'wrong-password' })
    await library.unlock({ documentId, password: 'key' })
    await jobs.whenIdle()
    expect(library.list()).toMatchObject([{ id: documentId, mediaType: 'application/pdf', pageCount: 1 }])
    expect(library.list()[0]?.newVersion).toBeUndefined()
    writeFileSync(path, buildLockedPdf('Another edition altogether.', 'key'))
    await library.replace({ documentId, file: { path } })
    await jobs.whenIdle()
    await library.delete({ documentIds: [documentId] })
    expect(contentOf(store).documents).toHaveLength(1)
    const [back] = await library.restore({ documentIds: [documentId] })
    expect(back?.newVersion).toBeUndefined()
  })
})
