import { describe, expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

describe('the tables of the trash and of versions', () => {
  it('come to a library that keeps its documents, all of them in it', () => {
    const { client, apply } = openBeforeMigration('versions')
    const insert = client.prepare(
      `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
       VALUES (?, 'Polity', '/p.pdf', ?, 'application/pdf', 1, 'ready', 1, 1)`,
    )
    insert.run('old', 'a')
    apply()
    expect(client.prepare('SELECT id, deleted_at_ms, replaces_id FROM documents').all()).toEqual([
      { id: 'old', deleted_at_ms: null, replaces_id: null },
    ])
    insert.run('new', 'b')
    client.exec("UPDATE documents SET replaces_id = 'old' WHERE id = 'new'")
    client.exec("INSERT INTO shelved_chunks VALUES ('new', 0, 'h', '{}')")
    insert.run('newer', 'c')
    expect(() => client.exec("UPDATE documents SET replaces_id = 'old' WHERE id = 'newer'")).toThrow(/UNIQUE/)
    client.exec("DELETE FROM documents WHERE id = 'old'")
    expect(client.prepare('SELECT id FROM documents').pluck().all()).toEqual(['newer'])
    expect(client.prepare('SELECT count(*) FROM shelved_chunks').pluck().get()).toBe(0)
  })
})
