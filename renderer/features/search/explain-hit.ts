import type { SearchHit } from '#contract/search.ts'

/** Cosines below this are as near as any two passages of one subject: no sign of meaning. */
const NEAR_COSINE = 0.3
/** Words that are less than this share of what was asked are chance. */
const WORD_SHARE = 0.3

/** What found a passage, in the words of the screen. */
export function explainHit(hit: Pick<SearchHit, 'cosine' | 'keyword'>): 'words' | 'meaning' | 'both' {
  const byWords = hit.keyword !== undefined && hit.keyword >= WORD_SHARE
  const byMeaning = hit.cosine !== undefined && hit.cosine >= NEAR_COSINE
  if (byWords && byMeaning) return 'both'
  if (byWords) return 'words'
  if (byMeaning) return 'meaning'
  return hit.keyword !== undefined && hit.keyword > 0 ? 'words' : 'meaning'
}
