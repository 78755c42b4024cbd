/** How far the search for words in a document is. */
export interface FindProgress {
  /** pending: pages are still being read · wrapped: went past the end and began again */
  state: 'idle' | 'pending' | 'found' | 'wrapped' | 'missing'
  /** The match in view, from 1; 0 for none. */
  current: number
  total: number
}
