import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'

it('the tables of model calls come to a database that holds answers, which stay as they are', () => {
  const migrations = readMigrations(fileURLToPath(new URL('./migrations/', import.meta.url)))
  const { version } = migrations.find(({ name }) => name === 'model_calls') ?? { version: 0 }
  const client = new Database(':memory:')
  migrate(client, migrations, { toVersion: version - 1 })
  client.exec("INSERT INTO answers (id, question, answer, created_at_ms) VALUES ('a', 'Why?', '{}', 1)")
  expect(() => client.exec('SELECT * FROM model_calls')).toThrow(/no such table/)
  migrate(client, migrations, { toVersion: version })
  expect(client.prepare('SELECT question FROM answers').pluck().get()).toBe('Why?')
  client.exec("INSERT INTO answer_cache VALUES ('k', 'reply', 1, 1, 1, 1)")
  expect(() => client.exec("INSERT INTO answer_cache VALUES ('k', 'other', 1, 1, 1, 1)")).toThrow(/UNIQUE/)
})
