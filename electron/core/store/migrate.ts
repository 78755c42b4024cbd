import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { StudyError } from '../errors.ts'

export interface Migration {
  /** From 1, without gaps: the database's `user_version` once it is applied. */
  version: number
  name: string
  sql: string
}

/** Reads NNNN_name.sql files of a folder in order. Throws `internal` on a gap: numbers are never reused. */
export function readMigrations(dir: string): Migration[] {
  const migrations = readdirSync(dir)
    .filter((file) => /^\d{4}_.+\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql: readFileSync(join(dir, file), 'utf8'),
    }))
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new StudyError('internal', `Migration ${index + 1} is missing or doubled (found ${migration.name}).`)
    }
  })
  return migrations
}

export interface MigrateOptions {
  /** Called once before the first change to a database that holds anything. */
  backUp?: (fromVersion: number) => void
  /** Stops there; for tests of a single migration. */
  toVersion?: number
}

/**
 * Brings a database to the newest version, each step in a transaction of its own.
 * Throws `database-newer` for one written by a newer app: it is left untouched.
 */
export function migrate(
  client: Database.Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): void {
  const current = client.pragma('user_version', { simple: true }) as number
  const newest = migrations.length
  if (current > newest) {
    throw new StudyError(
      'database-newer',
      `This profile was written by a newer Abhyas (data version ${current}; this app knows ${newest}). ` +
        'Nothing was changed. Update the app, then open the profile again.',
    )
  }
  const target = options.toVersion ?? newest
  if (current >= target) return
  if (current > 0) options.backUp?.(current)
  // A table that is made anew must not take the rows that refer to it along; whole they must be all the same.
  const enforced = client.pragma('foreign_keys', { simple: true })
  client.pragma('foreign_keys = OFF')
  try {
    for (const migration of migrations.slice(current, target)) {
      client.transaction(() => {
        client.exec(migration.sql)
        const broken = client.pragma('foreign_key_check') as unknown[]
        if (broken.length > 0) {
          throw new StudyError('internal', `Migration ${migration.version} (${migration.name}) would lose references.`)
        }
        client.pragma(`user_version = ${migration.version}`)
      })()
    }
  } finally {
    client.pragma(`foreign_keys = ${enforced}`)
  }
}
