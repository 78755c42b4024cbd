import type { Document } from '#contract/documents.ts'

export type WelcomeStep = 'offer' | 'reading' | 'failed' | 'ask'

/** Where a newcomer stands: nothing there, being read, all of it unreadable, or something to ask about. */
export function welcomeStep(documents: readonly Document[]): WelcomeStep {
  if (documents.some(({ status, chunkCount }) => status === 'ready' && chunkCount > 0)) return 'ask'
  if (documents.some(({ status }) => status === 'queued' || status === 'importing')) return 'reading'
  return documents.length === 0 ? 'offer' : 'failed'
}
