import { describe, expect, it } from 'vitest'
import { explainHit } from './explain-hit.ts'

describe('explainHit', () => {
  it('names what found the passage', () => {
    expect(explainHit({ keyword: 0.8, cosine: 0.6 })).toBe('both')
    expect(explainHit({ keyword: 0.8 })).toBe('words')
    expect(explainHit({ keyword: 0.8, cosine: 0.1 })).toBe('words')
    expect(explainHit({ cosine: 0.5 })).toBe('meaning')
    expect(explainHit({ keyword: 0, cosine: 0.5 })).toBe('meaning')
  })

  it('names the nearer of two weak signs', () => {
    expect(explainHit({ keyword: 0.05, cosine: 0.1 })).toBe('words')
    expect(explainHit({ cosine: 0.1 })).toBe('meaning')
  })
})
