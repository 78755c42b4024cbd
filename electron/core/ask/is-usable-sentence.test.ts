import { describe, expect, it } from 'vitest'
import { answerKind, offersAnswer } from './answer-kind.ts'
import { isUsableSentence } from './is-usable-sentence.ts'

describe('isUsableSentence', () => {
  it.each([
    'The first function of a constitution is to provide a set of basic rules.',
    '“Separate electorates have been a curse to India, have done incalculable harm.”',
    '• One third of the seats are reserved for women.',
    'ग्राम सभा पंचायती राज की आधारशिला है।',
    'Hence the Rajya Sabha is called the permanent house of the Parliament.',
  ])('takes a statement: %s', (text) => expect(isUsableSentence(text)).toBe(true))

  it.each([
    ['a question', 'Why is the Rajya Sabha called a permanent house?'],
    ['an exercise', 'Q. Why the Rajya Sabha is permanent was asked by many.'],
    ['a task', 'Discuss the functions of the Election Commission with your class.'],
    ['a word of the book on itself', 'We have already studied the role of the President of India.'],
    ['a heading', 'Powers of the Rajya Sabha'],
    ['the end of a cut sentence', 'who has the authority to enact it.'],
    ['a cut beginning', 'Before identifying what the law in any given society is, you have to identify'],
    ['a row of a table', 'Kerala 20 140 9 Assam 14 126 7 Bihar 40 243 16.'],
    ['a caption', 'Fig. 3 The Constituent Assembly in session in New Delhi.'],
    ['a credit', 'R K Laxman in The Times of India, Copyright of the artist.'],
    [
      'a form',
      'I, A. B., do swear that I will faithfully execute the office of Governor of .......(name of the State).',
    ],
    ['a scrap', 'It is so.'],
    ['what only points at the sentence before', 'Herein lies the democratic potential of the Parliament.'],
  ])('leaves out %s', (_, text) => expect(isUsableSentence(text)).toBe(false))
})

describe('answerKind', () => {
  it.each([
    ['How many members does the House have?', 'number'],
    ['When did the amendment come into force?', 'time'],
    ['Why do we need a constitution?', 'reason'],
    ['Who appoints the Governor?', 'person'],
    ['Where must a money bill begin?', 'place'],
    ['What is zero hour?', 'definition'],
    ['How is the President elected?', 'manner'],
    ['Can the police arrest a person who has done nothing?', 'other'],
    ['संविधान की आवश्यकता क्यों है?', 'reason'],
    ['पंचायत का कार्यकाल कितने वर्ष का है?', 'number'],
    ['ग्राम सभा किसे कहते हैं?', 'definition'],
  ] as const)('%s → %s', (question, kind) => expect(answerKind(question)).toBe(kind))

  it('wants an answer that the question did not bring along', () => {
    const asked = new Set(['2019', 'elect'])
    expect(offersAnswer('number', 'In the election of 2019 it did well.', asked)).toBe(false)
    expect(offersAnswer('number', 'In the election of 2019 it won 303 seats.', asked)).toBe(true)
    expect(offersAnswer('number', 'It met again on 14 August 1947 under Article 5.', asked)).toBe(false)
  })
})
