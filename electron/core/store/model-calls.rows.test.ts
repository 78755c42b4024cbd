import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('the tables of model calls come to a database that holds answers, which stay as they are', () => {
  const { client, apply } = openBeforeMigration('model_calls')
  client.exec("INSERT INTO answers (id, question, answer, created_at_ms) VALUES ('a', 'Why?', '{}', 1)")
  expect(() => client.exec('SELECT * FROM model_calls')).toThrow(/no such table/)
  apply()
  expect(client.prepare('SELECT question FROM answers').pluck().get()).toBe('Why?')
  client.exec("INSERT INTO answer_cache VALUES ('k', 'reply', 1, 1, 1, 1)")
  expect(() => client.exec("INSERT INTO answer_cache VALUES ('k', 'other', 1, 1, 1, 1)")).toThrow(/UNIQUE/)
})
