import type { Answer, Conversation } from '#contract/ask.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { foldWord, topicWords } from '../search/query-words.ts'
import {
  findConversation,
  listConversations,
  markDeleted,
  readConversationTexts,
  readTurns,
  renameConversation,
} from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'

type Named = { conversationId: ConversationId }

/** Past questions and their answers. Methods that name a conversation throw `not-found`. */
export interface Conversations {
  /** Newest first; with `query`, those that hold the beginnings of all its words. */
  conversations(input: { query: string; limit: number }): Conversation[]
  /** Without a turn that is being written: whoever has it written follows its stream. */
  conversation(input: Named): { conversation: Conversation; answers: Answer[] }
  rename(input: Named & { title: string }): Conversation
  delete(input: Named): void
  restore(input: Named): Conversation
}

export function makeConversations({
  store,
  clock,
  isBeingWritten,
}: {
  store: Store
  clock: Pick<Clock, 'nowMs'>
  isBeingWritten: (answerId: AnswerId) => boolean
}): Conversations {
  const db = store.reader

  function found(conversationId: ConversationId): Conversation {
    const conversation = findConversation(db, conversationId)
    if (!conversation) {
      throw new StudyError('not-found', 'This conversation is no longer there. Ask the question again.')
    }
    return conversation
  }

  return {
    conversations({ query, limit }) {
      const words = query.trim() === '' ? [] : topicWords(query).map(({ folded }) => folded)
      if (words.length === 0) return listConversations(db, limit)
      return readConversationTexts(db)
        .filter(({ text }) => holdsAll(text, words))
        .slice(0, limit)
        .flatMap(({ id }) => findConversation(db, id) ?? [])
    },
    conversation: ({ conversationId }) => ({
      conversation: found(conversationId),
      answers: readTurns(db, conversationId).filter(({ id }) => !isBeingWritten(id)),
    }),
    rename({ conversationId, title }) {
      found(conversationId)
      store.transaction((write) => renameConversation(write, conversationId, title))
      return found(conversationId)
    },
    delete: ({ conversationId }) => store.transaction((write) => markDeleted(write, conversationId, clock.nowMs())),
    restore({ conversationId }) {
      store.transaction((write) => markDeleted(write, conversationId, null))
      return found(conversationId)
    },
  }
}

/** Words count from their beginning, as they are typed. */
function holdsAll(text: string, words: readonly string[]): boolean {
  const folded = ` ${foldWord(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')}`
  return words.every((word) => folded.includes(` ${word}`))
}
