import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse-query.ts'

describe('parseQuery', () => {
  it('takes phrases and excluded words out, and leaves places as they were', () => {
    const query = 'rights "basic structure" -property'
    const parsed = parseQuery(query)
    expect(parsed.phrases).toEqual(['basic structure'])
    expect(parsed.excluded).toEqual(['property'])
    expect(parsed.text).toHaveLength(query.length)
    expect(parsed.text.indexOf('basic')).toBe(query.indexOf('basic'))
    expect(parsed.text).not.toContain('property')
  })

  it('reads curly quotes, an excluded phrase, and a phrase that is not closed yet', () => {
    expect(parseQuery('“मूल ढांचा” -“money bill”')).toMatchObject({ phrases: ['मूल ढांचा'], excluded: ['money bill'] })
    expect(parseQuery('"special major').phrases).toEqual(['special major'])
  })

  it('takes a dash inside a word, a minus before a number and a lone mark for what they are', () => {
    expect(parseQuery('centre-state self-rule').excluded).toEqual([])
    expect(parseQuery('a - b "" -').phrases).toEqual([])
    expect(parseQuery('a - b').excluded).toEqual([])
  })
})
