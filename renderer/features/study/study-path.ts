import type { BriefId, DocumentId } from '#contract/ids.ts'
import type { BriefKind } from '#contract/study.ts'

export function briefPath(id: BriefId): string {
  return `/study/${encodeURIComponent(id)}`
}

/** The form of a new summary or comparison, with what is known of it. */
export function newBriefPath(kind: BriefKind, documentIds: readonly DocumentId[] = []): string {
  const query = new URLSearchParams({ kind })
  if (documentIds.length > 0) query.set('documents', documentIds.join(','))
  return `/study/new?${query}`
}

export function readNewBrief(search: string): { kind: BriefKind; documentIds: string[] } {
  const query = new URLSearchParams(search)
  return {
    kind: query.get('kind') === 'comparison' ? 'comparison' : 'summary',
    documentIds: (query.get('documents') ?? '').split(',').filter(Boolean),
  }
}
