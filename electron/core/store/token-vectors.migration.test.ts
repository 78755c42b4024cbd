import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'

const migrations = readMigrations(fileURLToPath(new URL('./migrations/', import.meta.url)))
const VERSION = migrations.find(({ name }) => name === 'token_vectors')?.version ?? 0

it('keeps the vectors that are there, and lets token vectors go with theirs', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, migrations, { toVersion: VERSION - 1 })
  db.exec(`INSERT INTO embedding_models (id, name, weights_hash, dimension, prompt) VALUES (3, 'm', 'h', 8, '');
    INSERT INTO embeddings (model_id, text_hash, vector) VALUES (3, 'a', x'00'), (3, 'b', x'01')`)
  migrate(db, migrations, { toVersion: VERSION })
  expect(db.prepare('SELECT count(*) FROM embeddings').pluck().get()).toBe(2)
  const insert = db.prepare("INSERT INTO token_vectors (model_id, text_hash, vectors) VALUES (3, ?, x'ff')")
  insert.run('a')
  insert.run('b')
  expect(() => insert.run('never embedded')).toThrow(/FOREIGN KEY/)
  db.exec("DELETE FROM embeddings WHERE text_hash = 'a'")
  expect(db.prepare('SELECT text_hash FROM token_vectors').pluck().all()).toEqual(['b'])
  db.exec('DELETE FROM embedding_models')
  expect(db.prepare('SELECT count(*) FROM token_vectors').pluck().get()).toBe(0)
  db.close()
})
