import { describe, expect, it } from 'vitest'
import { headingWithin } from './heading-within.ts'

describe('headingWithin', () => {
  it('leaves out the title of the document', () => {
    expect(headingWithin('The Indian monsoon › The retreat', 'The Indian Monsoon')).toBe('The retreat')
    expect(headingWithin('The Indian monsoon', 'The Indian monsoon')).toBeUndefined()
  })

  it('keeps what else there is', () => {
    expect(headingWithin('Rights › Right to equality', 'keps202')).toBe('Rights › Right to equality')
    expect(headingWithin('The Indian monsoon in detail', 'The Indian monsoon')).toBe('The Indian monsoon in detail')
    expect(headingWithin(undefined, 'keps202')).toBeUndefined()
  })
})
