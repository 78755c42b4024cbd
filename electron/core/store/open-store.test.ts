import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import type { WriteDb } from './connection.ts'
import { documents } from './library.schema.ts'
import { migrate, readMigrations } from './migrate.ts'
import { DATABASE_FILE, openStore } from './open-store.ts'

const migrations = readMigrations(fileURLToPath(new URL('./migrations/', import.meta.url)))

const row = {
  id: 'd1' as never,
  title: 'Polity',
  path: '/notes/polity.pdf',
  sha256: 'ab',
  mediaType: 'application/pdf' as const,
  byteSize: 3,
  status: 'queued' as const,
  createdAtMs: 1,
  updatedAtMs: 1,
}

describe('openStore', () => {
  it('makes a database in WAL that a second opening finds as it was', () => {
    const profileDir = temporaryFolder()
    const store = openStore({ profileDir })
    store.transaction((db) => db.insert(documents).values(row).run())
    expect(store.reader.select().from(documents).all()).toHaveLength(1)
    store.close()

    const again = openStore({ profileDir })
    expect(again.version).toBe(migrations.length)
    expect(again.reader.select().from(documents).get()?.title).toBe('Polity')
    again.close()
    expect(existsSync(join(profileDir, 'backups'))).toBe(false)
  })

  it('undoes the whole transaction when a part of it fails', () => {
    const store = openStore({ profileDir: temporaryFolder() })
    expect(() =>
      store.transaction((db) => {
        db.insert(documents).values(row).run()
        db.insert(documents)
          .values({ ...row, id: 'd2' as never })
          .run() // the same content twice
      }),
    ).toThrow()
    expect(store.reader.select().from(documents).all()).toEqual([])
    store.close()
  })

  it('waits for the disk unless it is told that it need not', () => {
    const store = openStore({ profileDir: temporaryFolder() })
    const patience = (db: WriteDb) => db.$client.pragma('synchronous', { simple: true })
    const [full, normal] = [2, 1]
    expect(store.transaction(patience)).toBe(full)
    expect(store.transaction(patience, { durable: false })).toBe(normal)
    // One within another is a part of it.
    expect(store.transaction(() => store.transaction(patience), { durable: false })).toBe(normal)
    expect(store.transaction(() => store.transaction(patience, { durable: false }))).toBe(full)
    store.close()
  })

  it('refuses writes through the reader', () => {
    const store = openStore({ profileDir: temporaryFolder() })
    const reader = store.reader as unknown as { $client: Database.Database }
    expect(() => reader.$client.exec('DELETE FROM documents')).toThrow(/readonly/)
    store.close()
  })

  it('leaves a database of a newer app untouched', () => {
    const profileDir = temporaryFolder()
    const client = new Database(join(profileDir, DATABASE_FILE))
    client.exec('CREATE TABLE from_the_future (x)')
    client.pragma('user_version = 999')
    client.close()
    expect(() => openStore({ profileDir })).toThrow(expect.objectContaining({ code: 'database-newer' }))
  })

  it('says so when the file is no database', () => {
    const profileDir = temporaryFolder()
    mkdirSync(profileDir, { recursive: true })
    writeFileSync(
      join(profileDir, DATABASE_FILE),
      'not a database at all, but long enough to be read as one'.repeat(40),
    )
    expect(() => openStore({ profileDir })).toThrow(expect.objectContaining({ code: 'database-damaged' }))
  })
})

describe('migrate', () => {
  it('backs up before it changes a database that holds something, and not a new one', () => {
    const client = new Database(':memory:')
    const asked: number[] = []
    const first = { version: 1, name: 'a', sql: 'CREATE TABLE a (x)' }
    const second = { version: 2, name: 'b', sql: 'CREATE TABLE b (x)' }
    migrate(client, [first], { backUp: (version) => asked.push(version) })
    expect(asked).toEqual([])
    migrate(client, [first, second], { backUp: (version) => asked.push(version) })
    expect(asked).toEqual([1])
    expect(client.pragma('user_version', { simple: true })).toBe(2)
  })

  it('keeps the version of the last step that went through whole', () => {
    const client = new Database(':memory:')
    const broken = { version: 2, name: 'b', sql: 'CREATE TABLE b (x); CREATE TABLE b (x)' }
    expect(() => migrate(client, [{ version: 1, name: 'a', sql: 'CREATE TABLE a (x)' }, broken])).toThrow()
    expect(client.pragma('user_version', { simple: true })).toBe(1)
    expect(client.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'b'").get()).toEqual({ n: 0 })
  })
})
