import { describe, expect, it } from 'vitest'
import { CollectionId, DocumentId } from '#contract/ids.ts'
import { useSearchView } from './search-view.ts'

describe('useSearchView', () => {
  it('forgets what was deleted, so that a narrowed search is never narrowed to nothing', () => {
    const ids = ['a', 'b'].map((id) => DocumentId.parse(id))
    useSearchView.getState().setScope({ documentIds: ids, collectionIds: [CollectionId.parse('c')] })
    useSearchView.getState().forget(new Set(['a', 'c', 'x']))
    expect(useSearchView.getState().scope).toEqual({ documentIds: ['b'], collectionIds: [] })
  })
})
