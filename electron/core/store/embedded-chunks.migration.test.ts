import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('begins with nothing looked at, and lets the note go with its model', () => {
  const { client: db, apply } = openBeforeMigration('embedded_chunks')
  db.exec("INSERT INTO embedding_models (id, name, weights_hash, dimension, prompt) VALUES (3, 'm', 'h', 8, '')")
  apply()
  const count = db.prepare('SELECT count(*) FROM embedded_chunks').pluck()
  expect(count.get()).toBe(0)
  db.exec('INSERT INTO embedded_chunks (model_id, up_to, with_tokens) VALUES (3, 7, 1)')
  db.exec('DELETE FROM embedding_models')
  expect(count.get()).toBe(0)
})
