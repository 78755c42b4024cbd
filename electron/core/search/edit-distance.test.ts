import { describe, expect, it } from 'vitest'
import { editDistance } from './edit-distance.ts'

describe('editDistance', () => {
  it('counts letters too many, missing, changed and changed about as one slip each', () => {
    expect(editDistance('parliament', 'parliament', 2)).toBe(0)
    expect(editDistance('parliment', 'parliament', 2)).toBe(1)
    expect(editDistance('parlliament', 'parliament', 2)).toBe(1)
    expect(editDistance('parlaiment', 'parliament', 2)).toBe(1)
    expect(editDistance('parkiament', 'parliament', 2)).toBe(1)
    expect(editDistance('prlaiment', 'parliament', 2)).toBe(2)
  })

  it('gives up past the most that is asked for', () => {
    expect(editDistance('governor', 'parliament', 2)).toBeGreaterThan(2)
    expect(editDistance('a', 'abcdef', 2)).toBeGreaterThan(2)
  })
})
