import { expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

it('scans imported before there was recognition are asked for, and no other page', () => {
  const { client, apply } = openBeforeMigration('recognition')
  client.exec(`
    INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
    VALUES ('a', 'A', 'a.pdf', 'aa', 'application/pdf', 1, 'ready', 1, 1), ('b', 'B', 'b.pdf', 'bb', 'application/pdf', 1, 'failed', 1, 1);
    INSERT INTO pages (document_id, page_number, width, height, status, text, boxes, headings)
    VALUES ('a', 1, 1, 1, 'text', 'Words', x'', '[]'), ('a', 2, 1, 1, 'unreadable', '', x'', '[]'), ('b', 1, 1, 1, 'unreadable', '', x'', '[]');
  `)
  apply()
  expect(client.prepare('SELECT document_id, page_number, recognition FROM pages ORDER BY 1, 2').raw().all()).toEqual([
    ['a', 1, null],
    ['a', 2, 'wanted'],
    ['b', 1, null],
  ])
  expect(() => client.exec("UPDATE pages SET recognition = 'perhaps'")).toThrow(/CHECK/)
})

it('documents of before are those of an older reader, and wait for no password', () => {
  const { client, apply } = openBeforeMigration('reading_again')
  client.exec(`
    INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
    VALUES ('a', 'A', 'a.pdf', 'aa', 'application/pdf', 1, 'ready', 1, 1)
  `)
  apply()
  expect(client.prepare('SELECT awaits_password, reader_version FROM documents').raw().all()).toEqual([[0, 0]])
})
