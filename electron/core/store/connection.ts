import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'

const MEBIBYTE = 1024 * 1024

function openDrizzle(client: Database.Database) {
  return drizzle({ client })
}

/** The one connection that writes. Only `Store.transaction` and migrations hand it out. */
export type WriteDb = ReturnType<typeof openDrizzle>

/** A connection that can only read: the writing verbs are not there, and SQLite refuses them too. */
export type ReadDb = Omit<WriteDb, 'insert' | 'update' | 'delete' | 'transaction' | 'run'>

/**
 * Opens the writing connection: WAL, foreign keys, synchronous=FULL (a commit
 * survives a power cut), 5 s of patience with another process's lock.
 */
export function openWriteConnection(file: string): WriteDb {
  const client = new Database(file, { timeout: 5000 })
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  client.pragma('temp_store = MEMORY')
  client.pragma(`journal_size_limit = ${64 * MEBIBYTE}`)
  return openDrizzle(client)
}

/** Opens a read-only connection to a database that is there and migrated. */
export function openReadConnection(file: string): ReadDb & { $client: Database.Database } {
  const client = new Database(file, { readonly: true, timeout: 5000 })
  // A cache of fixed size, no mapping: as quick (measured at 200,000 passages), and what a search touched does not stay resident.
  client.pragma(`cache_size = -${32 * 1024}`)
  client.pragma('temp_store = MEMORY')
  client.pragma('query_only = ON')
  return openDrizzle(client)
}
