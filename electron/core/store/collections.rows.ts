import { asc, eq, sql } from 'drizzle-orm'
import type { Collection } from '#contract/documents.ts'
import type { CollectionId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { collections } from './library.schema.ts'

// Names are written out: in a select from one table drizzle leaves the table's name off its columns.
const documentCount = sql<number>`(SELECT count(*) FROM documents d WHERE d.collection_id = collections.id
  AND d.deleted_at_ms IS NULL AND d.replaces_id IS NULL)`

function selectCollections(db: ReadDb) {
  return db.select({ id: collections.id, name: collections.name, documentCount }).from(collections)
}

/** All collections by name. */
export function listCollections(db: ReadDb): Collection[] {
  return selectCollections(db)
    .orderBy(asc(sql`${collections.name} COLLATE NOCASE`))
    .all()
}

export function findCollection(db: ReadDb, collectionId: CollectionId): Collection | undefined {
  return selectCollections(db).where(eq(collections.id, collectionId)).get()
}

/** Names are unique whatever their case. */
export function findCollectionByName(db: ReadDb, name: string): Collection | undefined {
  return selectCollections(db).where(sql`${collections.name} = ${name} COLLATE NOCASE`).get()
}

export function insertCollection(db: WriteDb, row: typeof collections.$inferInsert): void {
  db.insert(collections).values(row).run()
}

export function renameCollection(db: WriteDb, collectionId: CollectionId, name: string): void {
  db.update(collections).set({ name }).where(eq(collections.id, collectionId)).run()
}

/** Its documents stay: the foreign key takes them out of it. */
export function deleteCollection(db: WriteDb, collectionId: CollectionId): void {
  db.delete(collections).where(eq(collections.id, collectionId)).run()
}
