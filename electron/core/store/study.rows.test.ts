import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('the tables of summaries and cards come to a database that holds conversations, which stay as they are', () => {
  const { client, apply } = openBeforeMigration('study')
  client.exec("INSERT INTO conversations VALUES ('c', 'Courts', 1, 1, NULL)")
  apply()
  expect(client.prepare('SELECT title FROM conversations').pluck().get()).toBe('Courts')
  const card = (id: string, kind: string) =>
    `INSERT INTO cards VALUES ('${id}', 'f', 'b', '${kind}', 'rules', NULL, 'd', 'Polity', '/p.pdf', 1, 'q', 0, 1, 1, 1, NULL)`
  client.exec(card('one', 'cloze'))
  expect(() => client.exec(card('two', 'riddle'))).toThrow(/CHECK/)
  // A card outlives its document: there is no document d at all.
  expect(client.prepare('SELECT count(*) FROM cards').pluck().get()).toBe(1)
})
