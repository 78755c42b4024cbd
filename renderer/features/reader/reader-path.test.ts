import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { readAskedPlace, readerPath } from './reader-path.ts'

const documentId = DocumentId.parse('0190-a/b')

describe('readerPath', () => {
  it('names the page', () => {
    expect(readerPath({ documentId, page: 3 })).toBe('/read/0190-a%2Fb?page=3')
  })

  it('carries the stretch to highlight', () => {
    expect(readerPath({ documentId, page: 3, startOffset: 0, endOffset: 12 })).toBe(
      '/read/0190-a%2Fb?page=3&from=0&to=12',
    )
  })

  it('leaves an empty stretch out', () => {
    expect(readerPath({ documentId, page: 3, startOffset: 12, endOffset: 12 })).toBe('/read/0190-a%2Fb?page=3')
  })
})

describe('readAskedPlace', () => {
  it('reads what readerPath wrote', () => {
    const path = readerPath({ documentId, page: 7, startOffset: 40, endOffset: 90 })
    expect(readAskedPlace(path.slice(path.indexOf('?') + 1))).toEqual({
      page: 7,
      range: { startOffset: 40, endOffset: 90 },
    })
  })

  it.each(['', 'page=0', 'page=-1', 'page=abc', 'page=1.5', 'from=1&to=5'])('has no page or range in %j', (search) => {
    expect(readAskedPlace(search)).toEqual({ page: undefined, range: undefined })
  })

  it.each(['page=2&from=5', 'page=2&from=9&to=9', 'page=2&from=9&to=3', 'page=2&from=x&to=3'])(
    'keeps the page and drops the range of %j',
    (search) => {
      expect(readAskedPlace(search)).toEqual({ page: 2, range: undefined })
    },
  )
})
