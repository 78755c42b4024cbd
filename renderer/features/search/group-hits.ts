import type { DocumentId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'

export interface HitGroup {
  documentId: DocumentId
  title: string
  hits: SearchHit[]
}

/** Hits by document: groups in the order of their best hit, hits within a group as they came. */
export function groupHits(hits: readonly SearchHit[]): HitGroup[] {
  const groups = new Map<DocumentId, HitGroup>()
  for (const hit of hits) {
    const group = groups.get(hit.documentId)
    if (group) group.hits.push(hit)
    else groups.set(hit.documentId, { documentId: hit.documentId, title: hit.title, hits: [hit] })
  }
  return [...groups.values()]
}
