import type { Answer, AskScope, AskTask } from '#contract/ask.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'
import { isCancelled, StudyError, toFailure } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { deleteIfEmpty, deleteTurn, saveTurn, touchConversation, updateDraft } from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { Content } from './answer-content.ts'

/** Who makes an answer. */
export type MadeBy = Pick<Answer, 'engine' | 'model'>

/** What is known of a turn before it is answered. */
export interface TurnBeginning {
  id: AnswerId
  conversationId: ConversationId
  question: string
  asked: string | undefined
  task: AskTask | undefined
  scope: AskScope
  passages: SearchHit[]
  /** When the question came, on the clock that never goes back. */
  startedAtMs: number
  /** The answer whose place it takes. */
  replaces: AnswerId | undefined
  /** The part it goes on with: nothing but the answer changes. */
  resumed?: Answer
}

/** A draft is written this often at most, and this late at most: each is a commit that reaches the disk. */
const DRAFT_EVERY_MS = 700

/** A turn on its way to the database. A model's words are kept as they come, so that neither a crash nor a cut loses them. */
export interface TurnKeeper {
  /** Before a model writes: from here on the turn is there, as a part. `draft` is what it goes on from. */
  begin(by: MadeBy, draft: string): void
  /** What a model has written so far. */
  draft(text: string): void
  settle(content: Content, by: MadeBy): Answer
  /** Nothing was added to the part: it stays, with the reason (its own where it was a stop). */
  leave(failure: StudyError): Answer
  /** Nothing was written: no turn, and no conversation that it would have begun; a part stays as it was. */
  drop(): void
}

export function keepTurn(
  { store, clock }: { store: Store; clock: Pick<Clock, 'nowMs' | 'monotonicMs' | 'sleep'> },
  turn: TurnBeginning,
): TurnKeeper {
  const { id, conversationId, question, asked, task, scope, passages, startedAtMs, replaces, resumed } = turn
  const createdAtMs = resumed?.createdAtMs ?? clock.nowMs()
  let begun = false
  let writtenAtMs = clock.monotonicMs()
  /** What came since then. */
  let unwritten: string | undefined
  let isWaiting = false
  const ending = new AbortController()

  function writeDraft(): void {
    const text = unwritten
    unwritten = undefined
    if (text === undefined) return
    store.transaction((db) => updateDraft(db, id, text))
    writtenAtMs = clock.monotonicMs()
  }

  /** A model that falls silent has its last words written all the same. */
  async function writeLater(afterMs: number): Promise<void> {
    if (isWaiting) return
    isWaiting = true
    try {
      await clock.sleep(afterMs, ending.signal)
      writeDraft()
    } catch {
      // Settled meanwhile; or the disk is full, which the next draft, or the end of the turn, meets and tells.
    } finally {
      isWaiting = false
    }
  }

  function toAnswer({ failure, ...content }: Content, by: MadeBy): Answer {
    return {
      id,
      conversationId,
      question,
      ...(asked !== undefined && { asked }),
      ...(task && { task }),
      scope,
      ...content,
      ...by,
      passages,
      ...(failure && { failure: toFailure(failure) }),
      createdAtMs,
      tookMs: (resumed?.tookMs ?? 0) + clock.monotonicMs() - startedAtMs,
    }
  }

  function save(answer: Answer, options: { draft?: string; replaces?: AnswerId }): void {
    store.transaction((db) => {
      touchConversation(db, { id: conversationId, title: question, atMs: clock.nowMs() })
      saveTurn(db, answer, options)
    })
  }

  return {
    begin(by, draft) {
      begun = true
      // Should this be the last that is ever written of it, it is a part, and says so.
      save(resumed ?? toAnswer(interrupted(), by), { draft })
    },
    draft(text) {
      unwritten = text
      const waitMs = DRAFT_EVERY_MS - (clock.monotonicMs() - writtenAtMs)
      if (waitMs <= 0) writeDraft()
      else void writeLater(waitMs)
    },
    settle(content, by) {
      ending.abort()
      const answer = toAnswer(content, by)
      save(answer, replaces ? { replaces } : {})
      return answer
    },
    leave(failure) {
      ending.abort()
      if (!resumed) throw new StudyError('internal', 'There is no part that could stay.', { cause: failure })
      const answer = isCancelled(failure) ? resumed : { ...resumed, failure: toFailure(failure) }
      store.transaction((db) => saveTurn(db, answer))
      return answer
    },
    drop() {
      ending.abort()
      if (!begun) return
      store.transaction((db) => {
        if (resumed) return saveTurn(db, resumed)
        deleteTurn(db, id)
        deleteIfEmpty(db, conversationId)
      })
    },
  }
}

/** What a turn is while a model writes it, for whoever finds it so. */
export function interrupted(): Content {
  const failure = new StudyError(
    'model-cut-off',
    'Abhyas was closed while this was being written. What was written is kept: continue it, or ask again.',
  )
  return { answer: '', sentences: [], citations: [], refused: false, partial: true, failure }
}
