import { drizzle } from 'drizzle-orm/better-sqlite3'
import { expect, it } from 'vitest'
import { ConversationId } from '#contract/ids.ts'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { listConversations, readTurns } from './conversations.rows.ts'

it('makes a conversation of every answer of before, under its own id, and loses nothing', () => {
  const { client, apply } = openBeforeMigration('conversations')
  const before = {
    id: 'a1',
    question: 'Who chaired it?',
    answer: 'Ambedkar did. [1]',
    sentences: [{ text: 'Ambedkar did.', support: 'supported', citations: [1] }],
    citations: [{ number: 1, quote: 'Ambedkar did.' }],
    refused: false,
    partial: false,
    engine: 'extractive',
    passages: [{ chunkId: 7 }],
    createdAtMs: 50,
    tookMs: 3,
  }
  const insert = client.prepare('INSERT INTO answers VALUES (?, ?, ?, ?)')
  insert.run('a1', before.question, JSON.stringify(before), 50)
  insert.run('a2', 'और?', JSON.stringify({ ...before, id: 'a2', question: 'और?', refused: true, citations: [] }), 60)
  apply()
  const db = drizzle({ client })
  expect(listConversations(db, 9)).toEqual([
    {
      id: 'a2',
      title: 'और?',
      turnCount: 1,
      last: { refused: true, partial: false, citationCount: 0 },
      createdAtMs: 60,
      updatedAtMs: 60,
    },
    {
      id: 'a1',
      title: 'Who chaired it?',
      turnCount: 1,
      last: { refused: false, partial: false, citationCount: 1 },
      createdAtMs: 50,
      updatedAtMs: 50,
    },
  ])
  expect(readTurns(db, ConversationId.parse('a1'))).toEqual([{ ...before, conversationId: 'a1', scope: {} }])
})
