import { and, asc, count, eq, gt, max } from 'drizzle-orm'
import type { PageLabel, Recognition } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { ExtractedPage, TextBoxes } from '../ports.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { type PageStatus, pages } from './library.schema.ts'

/** A page as it is kept. */
export interface StoredPage extends ExtractedPage {
  status: PageStatus
  failure?: Failure
  recognition?: Recognition
}

/** Boxes are kept as 32-bit little-endian integers, lengths in tenths of a point. */
const TENTHS = 10
const OFFSET_FIELDS = 2
const STRIDE = 6

export function packBoxes(boxes: TextBoxes): Buffer {
  const packed = Buffer.alloc(boxes.length * Int32Array.BYTES_PER_ELEMENT)
  boxes.forEach((value, index) => {
    const isOffset = index % STRIDE < OFFSET_FIELDS
    packed.writeInt32LE(Math.round(isOffset ? value : value * TENTHS), index * Int32Array.BYTES_PER_ELEMENT)
  })
  return packed
}

export function unpackBoxes(packed: Buffer): TextBoxes {
  return Array.from({ length: packed.length / Int32Array.BYTES_PER_ELEMENT }, (_, index) => {
    const value = packed.readInt32LE(index * Int32Array.BYTES_PER_ELEMENT)
    return index % STRIDE < OFFSET_FIELDS ? value : value / TENTHS
  })
}

/** Writes pages, over what was there of the same numbers. */
export function upsertPages(db: WriteDb, documentId: DocumentId, added: readonly StoredPage[]): void {
  const insert = db.$client.prepare(
    `INSERT OR REPLACE INTO pages (document_id, page_number, width, height, status, text, boxes, headings, failure, label,
       recognition, language, confidence)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const page of added) {
    const failure = page.failure ? JSON.stringify(page.failure) : null
    const { pageNumber, width, height, status, text, boxes, recognition } = page
    const headings = JSON.stringify(page.headings)
    const label = page.label ? JSON.stringify(page.label) : null
    insert.run(
      documentId,
      pageNumber,
      width,
      height,
      status,
      text,
      packBoxes(boxes),
      headings,
      failure,
      label,
      recognition?.state ?? null,
      recognition?.language ?? null,
      recognition?.confidence ?? null,
    )
  }
}

/** Gives one document's pages to another, in the place of its own. */
export function movePages(db: WriteDb, from: DocumentId, to: DocumentId): void {
  db.delete(pages).where(eq(pages.documentId, to)).run()
  db.update(pages).set({ documentId: to }).where(eq(pages.documentId, from)).run()
}

export function findPage(db: ReadDb, documentId: DocumentId, pageNumber: number): StoredPage | undefined {
  const row = db
    .select()
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.pageNumber, pageNumber)))
    .get()
  if (!row) return undefined
  const { documentId: _, boxes, failure, label, recognition: state, language, confidence, ...page } = row
  const recognition = state && {
    state,
    ...(language && { language }),
    ...(confidence !== null && { confidence }),
  }
  return {
    ...page,
    boxes: unpackBoxes(boxes),
    ...(failure && { failure }),
    ...(label && { label }),
    ...(recognition && { recognition }),
  }
}

/** What a person calls a page; undefined where that is its number. */
export function readPageLabel(db: ReadDb, documentId: DocumentId, pageNumber: number): PageLabel | undefined {
  const row = db
    .select({ label: pages.label })
    .from(pages)
    .where(and(eq(pages.documentId, documentId), eq(pages.pageNumber, pageNumber)))
    .get()
  return row?.label ?? undefined
}

/** What chunking needs of a document's pages, in order: of all, or of the next `limit` after a page. */
export function readPageTexts(
  db: ReadDb,
  documentId: DocumentId,
  { afterPage = 0, limit = Number.MAX_SAFE_INTEGER }: { afterPage?: number; limit?: number } = {},
) {
  return db
    .select({ pageNumber: pages.pageNumber, status: pages.status, text: pages.text, headings: pages.headings })
    .from(pages)
    .where(and(eq(pages.documentId, documentId), gt(pages.pageNumber, afterPage)))
    .orderBy(asc(pages.pageNumber))
    .limit(limit)
    .all()
}

/** The first page that is not there yet; pages are written in order. */
export function nextPageNumber(db: ReadDb, documentId: DocumentId): number {
  const found = db
    .select({ last: max(pages.pageNumber) })
    .from(pages)
    .where(eq(pages.documentId, documentId))
    .get()
  return (found?.last ?? 0) + 1
}

/** How many pages there are of each status. */
export function countPagesByStatus(db: ReadDb, documentId: DocumentId): Record<PageStatus, number> {
  const counts = { text: 0, empty: 0, unreadable: 0, failed: 0 }
  const rows = db
    .select({ status: pages.status, n: count() })
    .from(pages)
    .where(eq(pages.documentId, documentId))
    .groupBy(pages.status)
    .all()
  for (const { status, n } of rows) counts[status] = n
  return counts
}
