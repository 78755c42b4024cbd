import type { ConversationId, DocumentId } from '#contract/ids.ts'

/** The address of the Ask page, with words to begin from. */
export function askPath(from: {
  /** Asked at once. */
  question?: string
  /** Put into the box, to be finished by the person. */
  draft?: string
  /** Narrows the answer to these documents. */
  documentIds?: readonly DocumentId[]
}): string {
  const query = new URLSearchParams()
  if (from.question) query.set('q', from.question)
  if (from.draft) query.set('draft', from.draft)
  if (from.documentIds?.length) query.set('documents', from.documentIds.join(','))
  const text = query.toString()
  return text ? `/ask?${text}` : '/ask'
}

/** The address of a conversation. */
export function conversationPath(id: ConversationId): string {
  return `/ask/${encodeURIComponent(id)}`
}

export interface AskBeginning {
  question: string | undefined
  draft: string | undefined
  documentIds: string[]
}

export function readAskBeginning(search: string): AskBeginning {
  const query = new URLSearchParams(search)
  return {
    question: query.get('q')?.trim() || undefined,
    draft: query.get('draft')?.trim() || undefined,
    documentIds: (query.get('documents') ?? '').split(',').filter(Boolean),
  }
}
