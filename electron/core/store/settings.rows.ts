import { sql } from 'drizzle-orm'
import type { ReadDb, WriteDb } from './connection.ts'
import { settings } from './library.schema.ts'

/** All settings as they were written, by key. */
export function readSettingRows(db: ReadDb): Record<string, unknown> {
  return Object.fromEntries(
    db
      .select()
      .from(settings)
      .all()
      .map((row) => [row.key, row.value]),
  )
}

export function writeSettingRow(db: WriteDb, key: string, value: unknown): void {
  db.insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })
    .run()
}
