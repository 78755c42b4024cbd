import type Database from 'better-sqlite3'
import type { ReadDb } from './connection.ts'

/** By name, or in order. */
export type Values = Record<string, unknown> | string | number

const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** The statement for `sql`, compiled once for as long as the connection lives. For hot paths; `sql` is a constant. */
export function prepareOnce(db: ReadDb, sql: string): Database.Statement<Values[], unknown> {
  let known = prepared.get(db.$client)
  if (!known) {
    known = new Map()
    prepared.set(db.$client, known)
  }
  let found = known.get(sql)
  if (!found) {
    found = db.$client.prepare(sql)
    known.set(sql, found)
  }
  return found as Database.Statement<Values[], unknown>
}
