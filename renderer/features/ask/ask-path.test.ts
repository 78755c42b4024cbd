import { describe, expect, it } from 'vitest'
import { DocumentId } from '#contract/ids.ts'
import { askPath, readAskBeginning } from './ask-path.ts'

const searchOf = (path: string) => path.slice(path.indexOf('?') + 1)

describe('askPath', () => {
  it('is the bare page without words', () => {
    expect(askPath({})).toBe('/ask')
  })

  it('is read back as it was written', () => {
    const path = askPath({
      draft: 'What is meant by “a & b?”',
      documentIds: [DocumentId.parse('d1'), DocumentId.parse('d2')],
    })
    expect(readAskBeginning(searchOf(path))).toEqual({
      question: undefined,
      draft: 'What is meant by “a & b?”',
      documentIds: ['d1', 'd2'],
    })
  })

  it('tells a question to be asked at once from a draft', () => {
    expect(readAskBeginning('q=%20why%3F%20')).toEqual({ question: 'why?', draft: undefined, documentIds: [] })
    expect(readAskBeginning('q=&draft=')).toEqual({ question: undefined, draft: undefined, documentIds: [] })
  })
})
