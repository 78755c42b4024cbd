import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { StudyError } from '../errors.ts'
import { openReadConnection, openWriteConnection, type ReadDb, type WriteDb } from './connection.ts'
import { migrate, readMigrations } from './migrate.ts'

export const DATABASE_FILE = 'abhyas.sqlite'
/** 32 MB: reached only where nobody brings the log into the database in time. */
const LONGEST_LOG_PAGES = 8192
const MIGRATIONS_DIR = fileURLToPath(new URL('./migrations/', import.meta.url))

/** The profile's SQLite database: the truth about everything the person has. */
export interface Store {
  readonly file: string
  /** The migration the database stands at. */
  readonly version: number
  /** Sees what was committed; can't write. */
  readonly reader: ReadDb
  /**
   * Runs `write` in one BEGIN IMMEDIATE transaction and commits it durably.
   * Synchronous and short by rule: await the outside world before, touch memory after.
   *
   * With `durable: false` the thread does not wait for the disk. What was written is there for everybody, and stays if
   * the process is killed; a power cut may take it, and everything after it, back to the last durable transaction.
   */
  transaction<T>(write: (db: WriteDb) => T, options?: { durable?: boolean }): T
  close(): void
}

export interface StoreOptions {
  profileDir: string
  /**
   * Hears of each commit, and sees to it that what the log holds is brought into the database from time to time. Absent,
   * the commit that finds the log long does it itself, which takes as long as the disk does.
   */
  committed?: () => void
}

/**
 * Opens (or makes) the database of a profile folder and migrates it, with a copy
 * kept in `backups/` before the first change. Throws `database-newer`,
 * `database-damaged`, `disk-full`.
 */
export function openStore(options: StoreOptions): Store {
  mkdirSync(options.profileDir, { recursive: true, mode: 0o700 })
  const file = join(options.profileDir, DATABASE_FILE)
  let writer: WriteDb & { $client: Database.Database }
  try {
    writer = openWriteConnection(file) as WriteDb & { $client: Database.Database }
    migrate(writer.$client, readMigrations(MIGRATIONS_DIR), {
      backUp: (fromVersion) => backUpDatabase(writer.$client, options.profileDir, fromVersion),
    })
  } catch (error) {
    throw explainOpenFailure(error, file)
  }
  const reader = openReadConnection(file)
  const { committed } = options
  if (committed) writer.$client.pragma(`wal_autocheckpoint = ${LONGEST_LOG_PAGES}`)
  let isDurable = true
  return {
    file,
    version: writer.$client.pragma('user_version', { simple: true }) as number,
    reader,
    transaction(write, { durable = true } = {}) {
      // A transaction in a transaction is a part of it.
      if (durable !== isDurable && !writer.$client.inTransaction) {
        writer.$client.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
        isDurable = durable
      }
      const result = writer.$client.transaction(() => write(writer)).immediate()
      committed?.()
      return result
    },
    close() {
      reader.$client.close()
      writer.$client.close()
    },
  }
}

/** The newest migration that this app knows. */
export function newestDatabaseVersion(): number {
  return readMigrations(MIGRATIONS_DIR).length
}

/** A whole copy of the database beside it, complete or not there at all. */
function backUpDatabase(client: Database.Database, profileDir: string, fromVersion: number): void {
  const dir = join(profileDir, 'backups')
  mkdirSync(dir, { recursive: true })
  const target = join(dir, `before-upgrade-from-${fromVersion}.sqlite`)
  const temporary = `${target}.part`
  rmSync(temporary, { force: true })
  client.prepare('VACUUM INTO ?').run(temporary)
  renameSync(temporary, target)
}

function explainOpenFailure(error: unknown, file: string): unknown {
  const code = (error as { code?: string }).code
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new StudyError(
      'database-damaged',
      `The library's database can't be read (${file}). It was left as it is. Restore a copy from the profile's backups folder.`,
      { cause: error },
    )
  }
  return error
}
