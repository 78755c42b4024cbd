import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Document, DocumentRecognition } from '#contract/documents.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { documents } from './library.schema.ts'
import { prepareOnce } from './prepare-once.ts'

export type DocumentRow = typeof documents.$inferSelect

// Names are written out: in a select from one table drizzle leaves the table's name off its columns.
const chunkCount = sql<number>`(SELECT count(*) FROM chunks c WHERE c.document_id = documents.id)`
const unreadablePageCount = sql<number>`(
  SELECT count(*) FROM pages p WHERE p.document_id = documents.id AND p.status IN ('unreadable', 'failed')
)`

const newVersion = sql<string | null>`(
  SELECT json_object('status', n.status, 'failure', json(n.failure)) FROM documents n WHERE n.replaces_id = documents.id
)`

const recognition = sql<string>`(
  SELECT json_object(
    'waitingCount', total(p.recognition = 'wanted'), 'doneCount', total(p.recognition = 'done'),
    'confidence', avg(p.confidence) FILTER (WHERE p.recognition = 'done'),
    'unreadPages', json_group_array(p.page_number) FILTER (WHERE p.recognition IN ('refused', 'failed'))
  ) FROM pages p WHERE p.document_id = documents.id AND p.recognition IS NOT NULL
)`

function selectDocuments(db: ReadDb) {
  return db.select({ row: documents, chunkCount, unreadablePageCount, recognition, newVersion }).from(documents)
}

type FoundDocument = ReturnType<ReturnType<typeof selectDocuments>['all']>[number]

function toDocument(found: FoundDocument): Document {
  const {
    failure,
    collectionId,
    deletedAtMs: _d,
    replacesId: _r,
    readerVersion: _v,
    awaitsPassword,
    ...row
  } = found.row
  return {
    ...row,
    chunkCount: found.chunkCount,
    unreadablePageCount: found.unreadablePageCount,
    ...toRecognition(found.recognition, awaitsPassword),
    ...(failure && { failure }),
    ...(collectionId && { collectionId }),
    ...(found.newVersion && { newVersion: toNewVersion(found.newVersion) }),
  }
}

function toNewVersion(json: string): NonNullable<Document['newVersion']> {
  const { status, failure } = JSON.parse(json)
  return { status, ...(failure && { failure }) }
}

function toRecognition(json: string, awaitsPassword: boolean): Pick<Document, 'recognition'> {
  const { waitingCount, doneCount, confidence, unreadPages } = JSON.parse(json) as {
    [Key in keyof DocumentRecognition]-?: DocumentRecognition[Key] | null
  }
  if (!waitingCount && !doneCount && !unreadPages?.length) return {}
  const counts = { waitingCount: waitingCount ?? 0, doneCount: doneCount ?? 0 }
  const sorted = (unreadPages ?? []).sort((a, b) => a - b)
  return {
    recognition: {
      ...counts,
      unreadPages: sorted,
      ...(typeof confidence === 'number' && { confidence }),
      ...(awaitsPassword && counts.waitingCount > 0 && { awaitsPassword }),
    },
  }
}

/** In the library: not in the trash, and no version in the making. */
export const isInLibrary = and(isNull(documents.deletedAtMs), isNull(documents.replacesId))

/** The library's documents as the contract shows them, newest first. */
export function listDocuments(db: ReadDb): Document[] {
  return selectDocuments(db)
    .where(isInLibrary)
    .orderBy(desc(documents.createdAtMs), desc(documents.id))
    .all()
    .map(toDocument)
}

export function findDocument(db: ReadDb, documentId: DocumentId): Document | undefined {
  const found = selectDocuments(db)
    .where(and(eq(documents.id, documentId), isInLibrary))
    .get()
  return found && toDocument(found)
}

/** A document to import: one of the library, or a version in the making (`replacesId`); none that is in the trash. */
export function findImport(
  db: ReadDb,
  documentId: DocumentId,
): (Document & { replacesId: DocumentId | null }) | undefined {
  const found = selectDocuments(db)
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAtMs)))
    .get()
  return found && { ...toDocument(found), replacesId: found.row.replacesId }
}

/** The part of `findImport` that an import asks for at each of its steps: no counting of pages. */
export function findImportName(
  db: ReadDb,
  documentId: DocumentId,
): { title: string; replacesId: DocumentId | null } | undefined {
  return prepareOnce(
    db,
    'SELECT title, replaces_id AS replacesId FROM documents WHERE id = ? AND deleted_at_ms IS NULL',
  ).get(documentId) as { title: string; replacesId: DocumentId | null } | undefined
}

/** The row of a content, wherever it is: there is at most one. */
export function findRowBySha256(db: ReadDb, sha256: string): DocumentRow | undefined {
  return db.select().from(documents).where(eq(documents.sha256, sha256)).get()
}

/** The library's documents whose unread pages and failures are of an older reader than `version`. */
export function readOutdatedDocuments(db: ReadDb, version: number): Document[] {
  return selectDocuments(db)
    .where(and(lt(documents.readerVersion, version), isInLibrary))
    .all()
    .map(toDocument)
}

/** The library's newest document that was imported from a path. */
export function findDocumentByPath(db: ReadDb, path: string): Document | undefined {
  const found = selectDocuments(db)
    .where(and(eq(documents.path, path), isInLibrary))
    .orderBy(desc(documents.createdAtMs), desc(documents.id))
    .get()
  return found && toDocument(found)
}

/** A document that is in the trash. */
export function findDeletedDocument(db: ReadDb, documentId: DocumentId): DocumentRow | undefined {
  return db
    .select()
    .from(documents)
    .where(and(eq(documents.id, documentId), isNotNull(documents.deletedAtMs)))
    .get()
}

/** Documents that were put into the trash before a time. */
export function readDeletedBefore(db: ReadDb, beforeMs: number): DocumentRow[] {
  return db.select().from(documents).where(lte(documents.deletedAtMs, beforeMs)).all()
}

/** The version in the making of a document. */
export function findNewVersion(db: ReadDb, documentId: DocumentId): DocumentRow | undefined {
  return db.select().from(documents).where(eq(documents.replacesId, documentId)).get()
}

export function insertDocument(db: WriteDb, row: typeof documents.$inferInsert): void {
  db.insert(documents).values(row).run()
}

/** What a change does not name stays; `failure: null` takes the failure off. */
export function updateDocument(
  db: WriteDb,
  documentId: DocumentId,
  change: Partial<Omit<typeof documents.$inferInsert, 'id'>> & { updatedAtMs: number },
): void {
  db.update(documents).set(change).where(eq(documents.id, documentId)).run()
}

/** With its pages and chunk rows; the words and vectors of its chunks must be gone before (deleteChunks). */
export function deleteDocument(db: WriteDb, documentId: DocumentId): void {
  db.delete(documents).where(eq(documents.id, documentId)).run()
}

export function moveDocuments(
  db: WriteDb,
  documentIds: readonly DocumentId[],
  collectionId: CollectionId | null,
  updatedAtMs: number,
): void {
  db.update(documents)
    .set({ collectionId, updatedAtMs })
    .where(inArray(documents.id, [...documentIds]))
    .run()
}

/** True while a document is being imported: what its job may go on writing for. */
export function isImportable(db: ReadDb, documentId: DocumentId): boolean {
  const found = db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.id, documentId),
        isNull(documents.deletedAtMs),
        inArray(documents.status, ['queued', 'importing']),
      ),
    )
    .get()
  return found !== undefined
}
