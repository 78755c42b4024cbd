import { describe, expect, it } from 'vitest'
import { readHash } from './hash-location.ts'

describe('readHash', () => {
  it('splits a route into path and query', () => {
    expect(readHash('#/read/01?page=3&from=1')).toEqual({ path: '/read/01', search: 'page=3&from=1' })
    expect(readHash('#/library')).toEqual({ path: '/library', search: '' })
  })

  it('keeps a question mark inside the query', () => {
    expect(readHash('#/search?q=what?')).toEqual({ path: '/search', search: 'q=what?' })
  })

  it('takes anything that is not a route for the front page', () => {
    expect(readHash('')).toEqual({ path: '/', search: '' })
    expect(readHash('#main')).toEqual({ path: '/', search: '' })
    expect(readHash('#token=abc')).toEqual({ path: '/', search: '' })
  })
})
