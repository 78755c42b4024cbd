import { expect, it } from 'vitest'
import { extractAnswer } from './extract-answer.ts'
import type { JudgedSentence } from './find-evidence.ts'
import type { AskedQuestion } from './weigh-sentences.ts'

const question = { kind: 'manner' } as AskedQuestion

/** A judged sentence at an offset of one page. */
const sentence = (text: string, startOffset: number, logOdds: number, { pointsBack = 0, headingMatch = 0 } = {}) =>
  ({
    text,
    startOffset,
    endOffset: startOffset + text.length,
    hit: { documentId: 'polity', page: 1 },
    vector: new Float32Array(0),
    features: { pointsBack, headingMatch },
    score: 8,
    logOdds,
  }) as unknown as JudgedSentence

const read = (...sentences: JudgedSentence[]) =>
  extractAnswer({
    question,
    judge: 'reading',
    sentences: sentences.toSorted((a, b) => (b.logOdds ?? 0) - (a.logOdds ?? 0)),
  }).map(({ text }) => text)

const NEIGHBOUR = 'If a non-money bill is passed by one House, it is sent to the other.'
const ANSWER = 'A money bill is introduced in the Lok Sabha only.'
const REST = 'The Rajya Sabha can suggest changes within fourteen days.'

it('begins with the sentence that answers, and goes on in reading order', () => {
  expect(read(sentence(NEIGHBOUR, 0, 1), sentence(ANSWER, 100, 2), sentence(REST, 200, 1.5))).toEqual([
    ANSWER,
    NEIGHBOUR,
    REST,
  ])
})

it('keeps a sentence that points back behind what it points at', () => {
  const pointing = 'This means that the Lok Sabha alone decides on money.'
  expect(read(sentence(ANSWER, 0, 1), sentence(pointing, 100, 2, { pointsBack: 1 }), sentence(REST, 200, 1.5))).toEqual(
    [ANSWER, pointing, REST],
  )
})

it('gives none where the best is too unlikely', () => {
  expect(read(sentence(ANSWER, 0, -5))).toEqual([])
})

it('gives what stands under a heading that is the question, but for what only answers back or points back', () => {
  const under = { headingMatch: 1 }
  const answers = [
    sentence('But even strong cabinets must keep their majority.', 300, 0.1, under),
    sentence('It is the basis of democracy.', 250, 0.05, { ...under, pointsBack: 1 }),
    sentence(REST, 200, 0, under),
    sentence(ANSWER, 100, -0.2, under),
    sentence('Cabinets start most bills.', 350, -1.5, under),
    sentence(NEIGHBOUR, 0, 0),
  ]
  const elsewhere = { ...answers[5], hit: { documentId: 'polity', page: 1, heading: 'Another' } } as JudgedSentence
  expect(read(...answers.slice(0, 5), elsewhere)).toEqual([ANSWER, REST])
})
