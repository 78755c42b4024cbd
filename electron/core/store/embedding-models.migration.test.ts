import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('keeps the numbers of vector changes, of all models until now, and gives each a token', () => {
  const { client: db, apply } = openBeforeMigration('embedding_models')
  db.exec("INSERT INTO vector_changes (chunk_id, operation) VALUES (7, 'add'), (8, 'add'), (7, 'remove'), (9, 'add')")
  db.exec('DELETE FROM vector_changes WHERE seq = 4')
  apply()
  expect(db.prepare('SELECT seq, chunk_id, operation, model_id FROM vector_changes').raw().all()).toEqual([
    [1, 7, 'add', 0],
    [2, 8, 'add', 0],
    [3, 7, 'remove', 0],
  ])
  expect(db.prepare('SELECT count(DISTINCT token) FROM vector_changes').pluck().get()).toBe(3)
  const { lastInsertRowid } = db.prepare("INSERT INTO vector_changes (chunk_id, operation) VALUES (1, 'add')").run()
  expect(lastInsertRowid).toBe(5)
})
