import { describe, expect, it } from 'vitest'
import { findEvent } from './find-events.ts'
import { findFacts } from './find-facts.ts'
import { countCapitals, findNames } from './find-names.ts'
import type { JudgedSentence } from './rules-material.ts'

function eventOf(text: string) {
  const names = findNames(text, countCapitals([]))
  const sentence = { text, names, facts: findFacts(text, names), language: 'en' } as unknown as JudgedSentence
  const event = findEvent(sentence)
  return event && `${event.year} ${event.text}`
}

describe('findEvent', () => {
  it.each([
    ['In 1946, the Constituent Assembly met in Delhi.', '1946 The Constituent Assembly met in Delhi'],
    [
      'The South African Constitution was inaugurated in December 1996.',
      '1996 The South African Constitution was inaugurated',
    ],
    [
      'The Market was listed as grade I in 1954 by English Heritage.',
      '1954 The Market was listed as grade I by English Heritage',
    ],
  ])('takes the date out of “%s”', (text, event) => {
    expect(eventOf(text)).toBe(event)
  })

  it.each([
    [
      'the date is another event’s',
      'The expansion of Mongolia went on for a generation after the death of Genghis in 1227.',
    ],
    ['it dates a noun', 'The two States of Punjab and Haryana followed from the partition in 1966.'],
    ['it stands before the verb', 'The Government of India Act of 1935 established a federation of provinces.'],
    [
      'a second clause is not of that date',
      'In December 1953, the States Reorganisation Commission was set up and it recommended linguistic States.',
    ],
  ])('makes no event where %s', (_, text) => {
    expect(eventOf(text)).toBeUndefined()
  })
})
