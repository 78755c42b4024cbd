import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'

it('cards that were there before versions could lose their source have not lost it', () => {
  const migrations = readMigrations(fileURLToPath(new URL('./migrations/', import.meta.url)))
  const version = migrations.find(({ sql }) => sql.includes('ALTER TABLE cards ADD COLUMN source_lost'))?.version ?? 0
  const client = new Database(':memory:')
  onTestFinished(() => void client.close())
  migrate(client, migrations, { toVersion: version - 1 })
  client.exec(
    `INSERT INTO cards (id, front, back, kind, engine, document_id, document_title, document_path, page_number, quote,
       start_offset, end_offset, created_at_ms, updated_at_ms)
     VALUES ('c', 'f', 'b', 'cloze', 'rules', 'd', 'Polity', '/p.pdf', 1, 'quote', 0, 5, 1, 1)`,
  )
  migrate(client, migrations, { toVersion: version })
  expect(client.prepare('SELECT id, source_lost FROM cards').all()).toEqual([{ id: 'c', source_lost: 0 }])
})
