import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Answer, Conversation } from '#contract/ask.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { conversations, turns } from './conversations.schema.ts'

/** Starts a conversation, or notes that one goes on. */
export function touchConversation(
  db: WriteDb,
  { id, title, atMs }: { id: ConversationId; title: string; atMs: number },
): void {
  db.insert(conversations)
    .values({ id, title, createdAtMs: atMs, updatedAtMs: atMs })
    .onConflictDoUpdate({ target: conversations.id, set: { updatedAtMs: atMs, deletedAtMs: null } })
    .run()
}

/**
 * Writes a turn, or writes it anew: at the place of `replaces`, which goes, else
 * at the end. `draft` is what a model has written so far; none settles the answer.
 */
export function saveTurn(db: WriteDb, answer: Answer, options: { draft?: string; replaces?: AnswerId } = {}): void {
  const { id, conversationId, question, createdAtMs } = answer
  const place = (turnId: AnswerId | undefined) =>
    turnId &&
    db
      .select({ ordinal: turns.ordinal })
      .from(turns)
      .where(and(eq(turns.id, turnId), eq(turns.conversationId, conversationId)))
      .get()?.ordinal
  const ordinal = place(id) ?? place(options.replaces) ?? nextOrdinal(db, conversationId)
  if (options.replaces && options.replaces !== id) deleteTurn(db, options.replaces)
  const draft = options.draft ?? null
  db.insert(turns)
    .values({ id, conversationId, ordinal, question, answer, draft, createdAtMs })
    .onConflictDoUpdate({ target: turns.id, set: { answer, draft } })
    .run()
}

function nextOrdinal(db: ReadDb, conversationId: ConversationId): number {
  const last = sql<number>`coalesce(max(${turns.ordinal}), -1)`
  const row = db.select({ last }).from(turns).where(eq(turns.conversationId, conversationId)).get()
  return (row?.last ?? -1) + 1
}

export function updateDraft(db: WriteDb, answerId: AnswerId, draft: string): void {
  db.update(turns).set({ draft }).where(eq(turns.id, answerId)).run()
}

/** A conversation goes with its last turn. */
export function deleteTurn(db: WriteDb, answerId: AnswerId): void {
  db.delete(turns).where(eq(turns.id, answerId)).run()
}

/** Removes a conversation that a question began and left without a turn. */
export function deleteIfEmpty(db: WriteDb, conversationId: ConversationId): void {
  const [turn] = db.select({ id: turns.id }).from(turns).where(eq(turns.conversationId, conversationId)).limit(1).all()
  if (!turn) db.delete(conversations).where(eq(conversations.id, conversationId)).run()
}

export function findTurn(db: ReadDb, answerId: AnswerId): Answer | undefined {
  return db.select().from(turns).where(eq(turns.id, answerId)).get()?.answer
}

/** Oldest first. */
export function readTurns(db: ReadDb, conversationId: ConversationId): Answer[] {
  const rows = db.select().from(turns).where(eq(turns.conversationId, conversationId)).orderBy(asc(turns.ordinal)).all()
  return rows.map(({ answer }) => answer)
}

/** Answers that a model was writing when the app ended, with what was written. */
export function readDrafts(db: ReadDb): { answer: Answer; draft: string }[] {
  const rows = db.select().from(turns).where(isNotNull(turns.draft)).all()
  return rows.map(({ answer, draft }) => ({ answer, draft: draft ?? '' }))
}

const LISTED = {
  id: conversations.id,
  title: conversations.title,
  createdAtMs: conversations.createdAtMs,
  updatedAtMs: conversations.updatedAtMs,
}

/** Newest first; without those that were deleted. */
export function listConversations(db: ReadDb, limit: number): Conversation[] {
  const rows = db
    .select(LISTED)
    .from(conversations)
    .where(isNull(conversations.deletedAtMs))
    .orderBy(desc(conversations.updatedAtMs), desc(conversations.id))
    .limit(limit)
    .all()
  return rows.flatMap((row) => withTurns(db, row) ?? [])
}

export function findConversation(db: ReadDb, id: ConversationId): Conversation | undefined {
  const row = db
    .select(LISTED)
    .from(conversations)
    .where(and(eq(conversations.id, id), isNull(conversations.deletedAtMs)))
    .get()
  return row && withTurns(db, row)
}

type ListedRow = Pick<Conversation, 'id' | 'title' | 'createdAtMs' | 'updatedAtMs'>

function withTurns(db: ReadDb, row: ListedRow): Conversation | undefined {
  const last = db
    .select({
      ordinal: turns.ordinal,
      refused: sql<number>`${turns.answer} ->> '$.refused'`,
      partial: sql<number>`${turns.answer} ->> '$.partial'`,
      citationCount: sql<number>`json_array_length(${turns.answer}, '$.citations')`,
      turnCount: sql<number>`(SELECT count(*) FROM turns t WHERE t.conversation_id = ${row.id})`,
    })
    .from(turns)
    .where(eq(turns.conversationId, row.id))
    .orderBy(desc(turns.ordinal))
    .limit(1)
    .get()
  if (!last) return undefined
  const { turnCount, refused, partial, citationCount } = last
  return { ...row, turnCount, last: { refused: refused === 1, partial: partial === 1, citationCount } }
}

/** What a conversation can be found by: its title, its questions and its answers. */
export function readConversationTexts(db: ReadDb): { id: ConversationId; text: string }[] {
  const text = sql<string>`${conversations.title} || char(10) ||
    group_concat(${turns.question} || char(10) || (${turns.answer} ->> '$.answer'), char(10))`
  return db
    .select({ id: conversations.id, text })
    .from(conversations)
    .innerJoin(turns, eq(turns.conversationId, conversations.id))
    .where(isNull(conversations.deletedAtMs))
    .groupBy(conversations.id)
    .orderBy(desc(conversations.updatedAtMs), desc(conversations.id))
    .all()
}

export function renameConversation(db: WriteDb, id: ConversationId, title: string): void {
  db.update(conversations).set({ title }).where(eq(conversations.id, id)).run()
}

/** Hides a conversation, or (null) shows it again. */
export function markDeleted(db: WriteDb, id: ConversationId, atMs: number | null): void {
  db.update(conversations).set({ deletedAtMs: atMs }).where(eq(conversations.id, id)).run()
}

/** Removes what was deleted for good. */
export function purgeConversations(db: WriteDb): void {
  db.delete(conversations).where(isNotNull(conversations.deletedAtMs)).run()
}
