import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('keeps the vectors that are there, and lets token vectors go with theirs', () => {
  const { client: db, apply } = openBeforeMigration('token_vectors')
  db.exec(`INSERT INTO embedding_models (id, name, weights_hash, dimension, prompt) VALUES (3, 'm', 'h', 8, '');
    INSERT INTO embeddings (model_id, text_hash, vector) VALUES (3, 'a', x'00'), (3, 'b', x'01')`)
  apply()
  expect(db.prepare('SELECT count(*) FROM embeddings').pluck().get()).toBe(2)
  const insert = db.prepare("INSERT INTO token_vectors (model_id, text_hash, vectors) VALUES (3, ?, x'ff')")
  insert.run('a')
  insert.run('b')
  expect(() => insert.run('never embedded')).toThrow(/FOREIGN KEY/)
  db.exec("DELETE FROM embeddings WHERE text_hash = 'a'")
  expect(db.prepare('SELECT text_hash FROM token_vectors').pluck().all()).toEqual(['b'])
  db.exec('DELETE FROM embedding_models')
  expect(db.prepare('SELECT count(*) FROM token_vectors').pluck().get()).toBe(0)
})
