import type { SimilarTo } from '#contract/search.ts'

/** A longer passage tells the model no more: it reads some 250 tokens. */
const LONGEST_TEXT = 1200

/** The address of passages like one of the library, or like a text. */
export function similarPath(to: SimilarTo): string {
  const query: Record<string, string> =
    'chunkId' in to ? { like: String(to.chunkId) } : { liketext: to.text.slice(0, LONGEST_TEXT) }
  return `/search?${new URLSearchParams(query)}`
}

/** What an address asks passages like; undefined for a search by words. */
export function readSimilar(params: URLSearchParams): SimilarTo | undefined {
  const chunkId = params.get('like')
  if (chunkId !== null && /^\d{1,12}$/.test(chunkId)) return { chunkId: Number(chunkId) }
  const text = params.get('liketext')?.trim()
  return text ? { text } : undefined
}
