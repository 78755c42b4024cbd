import type { Answer, AskScope, AskTask } from '#contract/ask.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'
import { StudyError, toFailure } from '../errors.ts'
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
  /** Goes on with what is there: nothing but the answer changes. */
  resumed?: Pick<Answer, 'createdAtMs' | 'tookMs'>
}

/** A draft is written this often at most: each is a commit that reaches the disk. */
const DRAFT_EVERY_MS = 700

/** A turn on its way to the database. A model's words are kept as they come, so that neither a crash nor a cut loses them. */
export interface TurnKeeper {
  /** Before a model writes: from here on the turn is there, as a part. `draft` is what it goes on from. */
  begin(by: MadeBy, draft: string): void
  /** What a model has written so far. */
  draft(text: string): void
  settle(content: Content, by: MadeBy): Answer
  /** Nothing was written: no turn, and no conversation that it would have begun. */
  drop(): void
}

export function keepTurn(
  { store, clock }: { store: Store; clock: Pick<Clock, 'nowMs' | 'monotonicMs'> },
  turn: TurnBeginning,
): TurnKeeper {
  const { id, conversationId, question, asked, task, scope, passages, startedAtMs, replaces, resumed } = turn
  const createdAtMs = resumed?.createdAtMs ?? clock.nowMs()
  let begun = false
  let writtenAtMs = clock.monotonicMs()

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
      save(toAnswer(interrupted(), by), { draft })
    },
    draft(text) {
      if (clock.monotonicMs() - writtenAtMs < DRAFT_EVERY_MS) return
      store.transaction((db) => updateDraft(db, id, text))
      writtenAtMs = clock.monotonicMs()
    },
    settle(content, by) {
      const answer = toAnswer(content, by)
      save(answer, replaces ? { replaces } : {})
      return answer
    },
    drop() {
      if (!begun || resumed) return
      store.transaction((db) => {
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
