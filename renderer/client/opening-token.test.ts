import { describe, expect, it } from 'vitest'
import { takeOpeningToken } from './opening-token.ts'

describe('takeOpeningToken', () => {
  it.each([
    ['#/?t=abc', 'abc', '#/'],
    ['#/library?t=abc', 'abc', '#/library'],
    ['#/search?q=a%26b&t=abc', 'abc', '#/search?q=a%26b'],
    ['#?t=abc', 'abc', '#/'],
    ['#/search?q=what?', undefined, '#/search?q=what?'],
    ['#/library', undefined, '#/library'],
    ['', undefined, ''],
  ])('of %s is %s, and leaves %s', (fragment, token, rest) => {
    expect(takeOpeningToken(fragment)).toEqual({ token, fragment: rest })
  })
})
