import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { migrate, readMigrations } from '../store/migrate.ts'

const migrations = readMigrations(fileURLToPath(new URL('../store/migrations/', import.meta.url)))

/** A misspelt name would test nothing: it throws. */
function versionOf(name: string): number {
  const migration = migrations.find((each) => each.name === name)
  if (!migration) throw new Error(`no migration is called ${name}`)
  return migration.version
}

/**
 * A database in memory as it was before the migration of a name (`chunk_leads` for 0013_chunk_leads.sql), to be
 * filled as an older version filled it; closed with the test.
 */
export function openBeforeMigration(name: string) {
  const client = new Database(':memory:')
  onTestFinished(() => void client.close())
  const goTo = (toVersion: number) => migrate(client, migrations, { toVersion })
  goTo(versionOf(name) - 1)
  return {
    client,
    /** Goes on to just before another migration. */
    goBefore: (other: string) => goTo(versionOf(other) - 1),
    /** Goes on with the migration, or up to another one and with it. */
    apply: (last = name) => goTo(versionOf(last)),
    applyAll: () => goTo(migrations.length),
  }
}
