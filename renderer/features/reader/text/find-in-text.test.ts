import { describe, expect, it } from 'vitest'
import { findInText } from './find-in-text.ts'

const found = (text: string, query: string) => findInText(text, query).map(({ start, end }) => text.slice(start, end))

describe('findInText', () => {
  it('finds every match in any case', () => {
    expect(found('The Union. The UNION of states', 'union')).toEqual(['Union', 'UNION'])
  })

  it('finds a phrase over a line end', () => {
    expect(found('Constituent\n  Assembly', ' constituent assembly ')).toEqual(['Constituent\n  Assembly'])
  })

  it('takes signs for what they are', () => {
    expect(found('Art. 368 (2) and Art 3680', 'Art. 368 (2)')).toEqual(['Art. 368 (2)'])
  })

  it('finds Devanagari', () => {
    expect(found('ग्राम सभा और सभा', 'सभा')).toEqual(['सभा', 'सभा'])
  })

  it('finds nothing for blank words', () => {
    expect(findInText('abc', '  ')).toEqual([])
  })
})
