import { describe, expect, it } from 'vitest'
import { readHash, routeBefore } from './hash-location.ts'

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

describe('routeBefore', () => {
  it('is what navigate noted with the step', () => {
    expect(routeBefore({ from: '/ask/01?x=1' })).toBe('/ask/01?x=1')
  })

  it('is nothing where there was no step, or the note is somebody else’s', () => {
    expect(routeBefore(null)).toBeUndefined()
    expect(routeBefore({ from: '' })).toBeUndefined()
    expect(routeBefore({ from: 3 })).toBeUndefined()
    expect(routeBefore('/ask')).toBeUndefined()
  })
})
