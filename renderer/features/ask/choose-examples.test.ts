import { describe, expect, it } from 'vitest'
import { askableHeadings, ownDocuments, sampleQuestions } from './choose-examples.ts'

const sample = { path: '/app/sample-library/the-indian-monsoon.md', status: 'ready' } as const
const windowsSample = { path: 'C:\\app\\panchayati-raj.md', status: 'ready' } as const
const own = {
  path: '/home/a/keps201.pdf',
  status: 'ready',
  pageCount: 10,
  unreadablePageCount: 0,
  recognition: undefined,
} as const

describe('sampleQuestions', () => {
  it('are those of the notes that are ready', () => {
    expect(sampleQuestions([sample, windowsSample, own])).toEqual(['monsoon', 'elNino', 'panchayat'])
    expect(sampleQuestions([{ ...sample, status: 'importing' }])).toEqual([])
  })
})

describe('ownDocuments', () => {
  it('are neither samples nor still being read', () => {
    expect(ownDocuments([{ ...own, ...sample }, own, { ...own, status: 'queued' }])).toEqual([own])
  })

  it('leave out those of which most pages wait to be recognised', () => {
    const waiting = (waitingCount: number) => ({ ...own, recognition: { waitingCount, doneCount: 1, unreadPages: [] } })
    expect(ownDocuments([waiting(9), { ...own, unreadablePageCount: 5 }, own])).toEqual([own])
    expect(ownDocuments([waiting(1)])).toHaveLength(1)
  })
})

describe('askableHeadings', () => {
  const heading = (text?: string) => ({ title: 'Polity', heading: text })

  it('takes questions first and each heading once', () => {
    expect(
      askableHeadings(
        [
          heading('Limitations on powers'),
          heading('WHY DO WE NEED A CONSTITUTION?'),
          heading('limitations on  powers'),
        ],
        5,
      ),
    ).toEqual([
      { heading: 'Why do we need a constitution?', isQuestion: true },
      { heading: 'Limitations on powers', isQuestion: false },
    ])
  })

  it('reads paths of headings from the inside, and knows furniture by its many places', () => {
    const chapter = 'Chapter One: WHY AND HOW?'
    expect(
      askableHeadings(
        [
          heading(`${chapter} › The Authority › READ A CARTOON`),
          heading(`${chapter} › The Principle › READ A CARTOON`),
          heading(`${chapter} › The Authority › How was it made?`),
          heading(`${chapter} › The Authority › Mode of promulgation`),
        ],
        5,
      ).map((found) => found.heading),
    ).toEqual(['How was it made?', 'The Authority', 'The Principle', 'Mode of promulgation'])
  })

  it('leaves out what makes no question', () => {
    expect(
      askableHeadings([heading(), heading('2.1'), heading('Exercises'), heading('x'.repeat(90)), heading('Polity')], 5),
    ).toEqual([])
  })

  it('takes numbering off and gives no more than asked', () => {
    expect(askableHeadings([heading('3.2 The Drafting Committee:'), heading('The Union Cabinet')], 1)).toEqual([
      { heading: 'The Drafting Committee', isQuestion: false },
    ])
  })
})
