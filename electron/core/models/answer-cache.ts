import { createHash } from 'node:crypto'
import type { Clock } from '../ports.ts'
import { clearCachedReplies, findCachedReply, keepCachedReply, touchCachedReply } from '../store/answer-cache.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { CallName, UsageLedger } from './usage-ledger.ts'

/** What a reply depends on: the same in all, the same reply. */
export interface AnswerCacheKey extends CallName {
  /** As the model is asked it, after any rewriting. Letters' case and blanks do not count. */
  question: string
  /** The texts of the passages that are sent, whole and in their order. */
  passages: readonly string[]
  /** Everything else that shapes the reply: the rules of the prompt, its options. A change of it is another key. */
  prompt: string
}

export interface CachedReply {
  text: string
  promptTokens: number
  replyTokens: number
}

/**
 * Replies of models that need not be asked for again: for the raw text of a whole reply,
 * before it is checked, since checking is cheap and its rules change.
 *
 *     const key = { provider, model, feature: 'ask', question, passages: sources.map(({ text }) => text), prompt: RULES }
 *     const known = cache.find(key)        // also writes the hit into the usage ledger
 *     if (!known) { …chat…; cache.keep(key, { text, promptTokens, replyTokens }) }
 *
 * Keep only whole replies (a 'done' whose `reachedLimit` is false). "Regenerate" does not `find`, but
 * does `keep`: the new reply takes the place of the old one.
 */
export interface AnswerCache {
  /** The reply that was kept for the key; counts as use. */
  find(key: AnswerCacheKey): CachedReply | undefined
  keep(key: AnswerCacheKey, reply: CachedReply): void
  /** Forgets all; tells how many there were. */
  clear(): number
}

const MOST_KEPT = 1000

/** The cache of one profile, in its database: the 1,000 replies that were used last. */
export function makeAnswerCache({
  store,
  clock,
  ledger,
}: {
  store: Store
  clock: Pick<Clock, 'nowMs'>
  ledger: Pick<UsageLedger, 'cacheHit'>
}): AnswerCache {
  return {
    find(key) {
      const hash = hashOf(key)
      const row = findCachedReply(store.reader, hash)
      if (!row) return undefined
      store.transaction((db) => touchCachedReply(db, hash, clock.nowMs()))
      ledger.cacheHit({ provider: key.provider, model: key.model, feature: key.feature })
      return { text: row.reply, promptTokens: row.promptTokens, replyTokens: row.replyTokens }
    },
    keep(key, { text, promptTokens, replyTokens }) {
      const nowMs = clock.nowMs()
      const row = { key: hashOf(key), reply: text, promptTokens, replyTokens, createdAtMs: nowMs, usedAtMs: nowMs }
      store.transaction((db) => keepCachedReply(db, row, MOST_KEPT))
    },
    clear: () => store.transaction(clearCachedReplies),
  }
}

function hashOf({ provider, model, feature, question, passages, prompt }: AnswerCacheKey): string {
  const asked = question.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en')
  return createHash('sha256')
    .update(JSON.stringify([provider, model, feature, asked, passages, prompt]))
    .digest('hex')
}
