import { describe, expect, it } from 'vitest'
import { findLead } from './find-lead.ts'

describe('findLead', () => {
  it('is the begun sentence of the page before, in one line', () => {
    expect(findLead('The House met. The President may,\nat any', 'time, dissolve the House.')).toBe(
      'The President may, at any ',
    )
    expect(findLead('सभा बैठी। राष्ट्रपति किसी भी', 'समय सभा को भंग कर सकते हैं।')).toBe('राष्ट्रपति किसी भी ')
  })

  it('joins a word that is broken over the pages', () => {
    expect(findLead('It is an electoral col-', 'lege of members.')).toBe('It is an electoral col')
    expect(findLead('It is now a self-', 'governing body.')).toBe('It is now a self-')
  })

  it('is nothing where the page begins by itself', () => {
    expect(findLead('The House met for some days.', 'it rose again.')).toBe('')
    expect(findLead('The powers are as follows here:', 'first of all')).toBe('')
    expect(findLead('The House met for some days', 'The next day it rose.')).toBe('')
    expect(findLead('The powers of the House are', 'a) legislative')).toBe('')
    expect(findLead('The House met. List\tSubjects of the\tUnion and States', 'defence')).toBe('')
    expect(findLead('', 'defence')).toBe('')
    expect(findLead('B. R. Ambedkar, CAD, Vol. XI, 25 November 1949', 'defence')).toBe('')
    expect(findLead('Fig. 2.1: The seats of all the States', 'defence')).toBe('')
  })

  it('keeps the end of a long one', () => {
    const lead = findLead('word '.repeat(200).trim(), 'goes on.')
    expect(lead).toMatch(/^… word .* word $/)
    expect(lead.length).toBeLessThan(330)
  })
})
