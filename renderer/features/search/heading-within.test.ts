import { describe, expect, it } from 'vitest'
import { headingWithin } from './heading-within.ts'

describe('headingWithin', () => {
  it('is the nearest heading', () => {
    expect(headingWithin('The Indian monsoon › The retreat', 'The Indian monsoon')).toBe('The retreat')
    expect(headingWithin('Rights › Right to equality', 'keps202')).toBe('Right to equality')
  })

  it('is not the section, which is named too', () => {
    expect(headingWithin('Rights › Right to equality', 'Polity', 'Right to equality')).toBeUndefined()
    expect(headingWithin('Rights › Right to equality', 'Polity', 'Rights')).toBe('Right to equality')
  })

  it('is not the title of the document, however it is written', () => {
    expect(headingWithin('THE INDIAN MONSOON', 'The Indian monsoon')).toBeUndefined()
    expect(headingWithin('', 'keps202')).toBeUndefined()
    expect(headingWithin(undefined, 'keps202')).toBeUndefined()
  })
})
