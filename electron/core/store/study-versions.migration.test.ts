import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('cards that were there before versions could lose their source have not lost it', () => {
  const { client, apply } = openBeforeMigration('cards_of_versions')
  client.exec(
    `INSERT INTO cards (id, front, back, kind, engine, document_id, document_title, document_path, page_number, quote,
       start_offset, end_offset, created_at_ms, updated_at_ms)
     VALUES ('c', 'f', 'b', 'cloze', 'rules', 'd', 'Polity', '/p.pdf', 1, 'quote', 0, 5, 1, 1)`,
  )
  apply()
  expect(client.prepare('SELECT id, source_lost FROM cards').all()).toEqual([{ id: 'c', source_lost: 0 }])
})
