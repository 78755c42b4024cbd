import { describe, expect, it } from 'vitest'
import { Document } from '#contract/documents.ts'
import { CollectionId } from '#contract/ids.ts'
import { filterDocuments, type LibraryFilter } from './filter-documents.ts'

const polity = CollectionId.parse('polity')

function document(title: string, more: Partial<Document> = {}): Document {
  return Document.parse({
    id: title,
    title,
    path: `C:\\notes\\${title}.pdf`,
    sha256: '',
    mediaType: 'application/pdf',
    byteSize: 1,
    pageCount: 1,
    chunkCount: 1,
    unreadablePageCount: 0,
    status: 'ready',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...more,
  })
}

const everything: LibraryFilter = { text: '', status: 'all', collection: 'all', sort: 'title' }
const titles = (documents: Document[]) => documents.map(({ title }) => title)

describe('filterDocuments', () => {
  it('finds titles whatever their case and accents, by all words', () => {
    const documents = [document('Économie de l’Inde'), document('Indian Economy'), document('Indian Polity')]
    expect(titles(filterDocuments(documents, { ...everything, text: 'ECONOM in' }))).toEqual([
      'Économie de l’Inde',
      'Indian Economy',
    ])
  })

  it('keeps the vowel signs of Devanagari: they are letters, not accents', () => {
    const documents = [document('भारत का संविधान'), document('भूगोल')]
    expect(titles(filterDocuments(documents, { ...everything, text: 'संविधान' }))).toEqual(['भारत का संविधान'])
    expect(titles(filterDocuments(documents, { ...everything, text: 'भारती' }))).toEqual([])
  })

  it('finds by the file’s name too, not by its folder', () => {
    const documents = [document('The Constitution', { path: '/home/me/keps201.pdf' })]
    expect(filterDocuments(documents, { ...everything, text: 'keps201' })).toHaveLength(1)
    expect(filterDocuments(documents, { ...everything, text: 'home' })).toHaveLength(0)
  })

  it('sorts chapters by their number', () => {
    const documents = [document('Chapter 10'), document('Chapter 2'), document('Chapter 1')]
    expect(titles(filterDocuments(documents, everything))).toEqual(['Chapter 1', 'Chapter 2', 'Chapter 10'])
  })

  it('shows one collection, or what is in none', () => {
    const documents = [document('a', { collectionId: polity }), document('b')]
    expect(titles(filterDocuments(documents, { ...everything, collection: polity }))).toEqual(['a'])
    expect(titles(filterDocuments(documents, { ...everything, collection: 'none' }))).toEqual(['b'])
  })

  it('counts failures, stops and unread pages as needing attention', () => {
    const documents = [
      document('fine'),
      document('failed', { status: 'failed' }),
      document('stopped', { status: 'cancelled' }),
      document('scan', { unreadablePageCount: 3 }),
      document('queued', { status: 'queued' }),
    ]
    expect(titles(filterDocuments(documents, { ...everything, status: 'attention' }))).toEqual([
      'failed',
      'scan',
      'stopped',
    ])
    expect(titles(filterDocuments(documents, { ...everything, status: 'working' }))).toEqual(['queued'])
  })
})
