import type { Answer } from '#contract/ask.ts'
import { readDrafts, saveTurn } from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'
import { withCitations } from './answer-content.ts'
import { checkGrounding } from './check-grounding.ts'

/**
 * Settles the answers that were being written when the app ended: each stays a part, with the
 * words that had come, held against its sources by words alone, so that no model is
 * waited for at the start. Continuing one checks it as a whole.
 */
export async function recoverDrafts(store: Store): Promise<void> {
  for (const { answer, draft } of readDrafts(store.reader)) {
    const checked = await checkGrounding(undefined, draft, answer.passages, new AbortController().signal)
    const settled: Answer = { ...answer, ...withCitations(store.reader, checked) }
    store.transaction((db) => saveTurn(db, settled))
  }
}
