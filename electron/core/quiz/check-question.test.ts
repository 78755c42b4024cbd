import { describe, expect, it } from 'vitest'
import { asked, at, CHAIRMAN, coded, FACT, failures, PAGE, sound } from '../testing/sound-questions.ts'
import { type CheckName, checkQuestion, QUESTION_CHECKS } from './check-question.ts'
import type { QuestionDraft } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'

/** A page that is the quote alone. */
const quoted = (quote: string) => ({ quote, startOffset: 0, endOffset: quote.length })
/** The failures of a draft whose page holds its quote. */
const failuresOn = (draft: QuestionDraft) =>
  checkQuestion(draft, {
    pageText: ({ startOffset }) => (startOffset === 0 ? draft.quote : PAGE),
    asked: [],
  }).map(({ check }) => check)

describe('checkQuestion', () => {
  it('passes sound questions of both shapes', () => {
    expect(failures(sound)).toEqual([])
    expect(failures(coded)).toEqual([])
    expect(
      failures({
        ...coded,
        truths: [false, false],
        statements: [coded.statements[0] ?? '', 'The Governor is the chairman of the Rajya Sabha.'],
        answerIndex: 3,
      }),
    ).toEqual([])
  })

  const defects: [string, CheckName, Partial<QuestionDraft>][] = [
    ['a quote that is not on the page', 'quote', { quote: 'The Vice-President chairs the Rajya Sabha.' }],
    ['offsets that say another stretch', 'quote', { startOffset: sound.startOffset + 1 }],
    ['an empty quote', 'quote', { quote: '', startOffset: 0, endOffset: 0 }],
    ['a stem that asks nothing', 'stem', { stem: 'The chairman of the Rajya Sabha is known.' }],
    [
      'a stem that speaks of a passage',
      'stem',
      { stem: 'According to the passage, who is the chairman of the Rajya Sabha?' },
    ],
    ['a stem of one word', 'stem', { stem: 'Who?' }],
    ['no explanation', 'stem', { explanation: ' ' }],
    [
      'an opening that leans on what is not there',
      'leaning',
      { stem: 'Thereupon who became chairman of the Rajya Sabha?' },
    ],
    [
      'the same option twice, but for its case',
      'options-distinct',
      { options: ['Governor', 'Vice-President', 'GOVERNOR', 'Speaker'] },
    ],
    ['three options', 'options-distinct', { options: ['Governor', 'Vice-President', 'Speaker'] }],
    ['a key outside the options', 'options-distinct', { answerIndex: 4 }],
    ['an empty option', 'options-distinct', { options: ['', 'Vice-President', 'Governor', 'Speaker'] }],
    ['numbers beside words', 'options-parallel', { options: ['1949', 'Vice-President', 'Governor', 'Speaker'] }],
    [
      'small letters beside capitals',
      'options-parallel',
      { options: ['governor', 'Vice-President', 'Prime Minister', 'Speaker'] },
    ],
    [
      'a sentence beside names',
      'options-parallel',
      { options: ['The Governor of the State presides.', 'Vice-President', 'Governor', 'Speaker'] },
    ],
    [
      'all of the above',
      'all-or-none',
      { options: ['Prime Minister', 'Vice-President', 'Governor', 'All of the above'] },
    ],
    ['none of these', 'all-or-none', { options: ['None of these', 'Vice-President', 'Governor', 'Speaker'] }],
    [
      'a key that is much the longest',
      'key-length',
      { options: ['Governor', 'Vice-President, the chairman of the Rajya Sabha', 'Speaker', 'Minister'] },
    ],
    [
      'a stem with a word of the key alone',
      'giveaway',
      { stem: 'Who among the following, a Vice-President by office, presides?' },
    ],
    [
      'a stem that names a wrong option',
      'giveaway',
      { stem: 'Who among the following, not the Speaker, is the chairman?' },
    ],
    ['a key that the quote does not have', 'unsupported', { answerIndex: 0 }],
  ]
  it.each(defects)('catches %s as “%s”', (_, check, change) => {
    expect(failures({ ...sound, ...change })).toContain(check)
  })

  const codedDefects: [string, CheckName, Partial<QuestionDraft>][] = [
    ['a code that is not the truth', 'code', { answerIndex: 0 }],
    ['a code given twice', 'code', { codes: [{ true: [1] }, { true: [2] }, { count: 1 }, { true: [] }] }],
    ['a code without a meaning', 'code', { codes: [] }],
    ['truths that are missing', 'code', { truths: [false] }],
    ['a “wrong” statement that the text says', 'unsupported', { statements: [FACT, CHAIRMAN] }],
    ['a “right” statement that the text does not say', 'unsupported', { truths: [true, true], answerIndex: 2 }],
    ['a single statement', 'stem', { statements: [CHAIRMAN], truths: [true] }],
    ['no line that asks', 'stem', { prompt: '' }],
  ]
  it.each(codedDefects)('catches %s as “%s”', (_, check, change) => {
    expect(failures({ ...coded, ...change })).toContain(check)
  })

  const odd: QuestionDraft = {
    ...sound,
    style: 'negative',
    answers: 'statements',
    stem: 'Which one of the following statements is not correct?',
    options: [
      FACT,
      'The Prime Minister is the chairman of the Rajya Sabha.',
      'A money bill can be introduced only in the Lok Sabha.',
      'Members of the Rajya Sabha are elected.',
    ],
    answerIndex: 1,
    truths: [true, false, true, true],
    ...at(PAGE.replace(/\s/g, ' ').slice(PAGE.indexOf('Members'))),
  }
  const told: QuestionDraft = {
    ...coded,
    style: 'two-statements',
    statements: ['The House sat late.', 'The bill was urgent.'],
    options: ['explains', 'does not', 'first', 'second'],
    answerIndex: 0,
    truths: [true, true],
    explains: [2],
    codes: [{ truths: 'TT', explains: 1 }, { truths: 'TT', explains: 0 }, { truths: 'TF' }, { truths: 'FT' }],
    ...quoted('The House sat late because the bill was urgent.'),
  }
  /** Of three statements, of which the second is told as the reason of the first. */
  const ofThree: QuestionDraft = {
    ...told,
    style: 'three-statements',
    statements: [...told.statements, CHAIRMAN],
    options: ['both explain', 'one explains', 'one is correct', 'neither is correct'],
    answerIndex: 1,
    truths: [true, true, true],
    codes: [
      { truths: 'TTT', explains: 2 },
      { truths: 'TTT', explains: 1 },
      { truths: ['TTF', 'TFT'], explains: 1 },
      { truths: 'TFF' },
    ],
    otherSources: [{ ...sound, ...at(CHAIRMAN) }],
  }
  const toldTwice = {
    ...quoted(`The House sat late because the bill was urgent and ${CHAIRMAN}`),
    otherSources: [],
  }
  const dated: QuestionDraft = {
    ...coded,
    style: 'chronology',
    answers: 'orders',
    statements: ['The Assembly met', 'The Constitution was adopted', 'The Rowlatt Act was passed'],
    options: ['3 – 1 – 2', '1 – 3 – 2', '2 – 1 – 3', '3 – 2 – 1'],
    answerIndex: 0,
    truths: [],
    codes: [],
    years: [1946, 1949, 1919],
    ...quoted('The Assembly met in 1946. The Constitution was adopted in 1949. The Rowlatt Act was passed in 1919.'),
  }
  const otherDefects: [string, CheckName, QuestionDraft][] = [
    [
      'an explanation denied that the text tells',
      'unsupported',
      { ...told, explains: [], answerIndex: 1, truths: [true, true] },
    ],
    [
      'a wrong pair whose halves stand together in the quote',
      'unsupported',
      {
        ...coded,
        statements: ['Vice-President : Chairman of the Rajya Sabha', 'Money bill : Introduced only in the Lok Sabha'],
        truths: [false, true],
        ...quoted(`${CHAIRMAN} A money bill can be introduced only in the Lok Sabha.`),
      },
    ],
    ['a key that is true among odd statements', 'code', { ...odd, answerIndex: 0 }],
    [
      'an odd statement that the text says',
      'unsupported',
      { ...odd, truths: [true, true, false, true], answerIndex: 2 },
    ],
    [
      'an option that is no statement',
      'options-parallel',
      { ...odd, options: [...odd.options.slice(0, 3), 'Speaker'] },
    ],
    [
      'a reason that the text does not tell',
      'unsupported',
      { ...told, ...quoted('The House sat late. The bill was urgent.') },
    ],
    ['a second reason that the text does not tell', 'unsupported', { ...ofThree, explains: [2, 3], answerIndex: 0 }],
    ['the wrong one of two statements as the reason', 'unsupported', { ...ofThree, explains: [3] }],
    ['a second reason of the text, marked as none', 'unsupported', { ...ofThree, ...toldTwice }],
    ['both as reasons, where one is', 'code', { ...ofThree, answerIndex: 0 }],
    ['one of two as correct, where both are', 'code', { ...ofThree, answerIndex: 2 }],
    ['neither as correct, where both are', 'code', { ...ofThree, answerIndex: 3 }],
    [
      'a changed statement that the text says',
      'unsupported',
      { ...ofThree, truths: [true, true, false], answerIndex: 2 },
    ],
    ['a key that denies a told reason', 'code', { ...told, answerIndex: 1 }],
    ['an order that is not by the years', 'code', { ...dated, answerIndex: 1 }],
    ['two right orders', 'code', { ...dated, options: ['3 – 1 – 2', '3 - 1 - 2', '2 – 1 – 3', '3 – 2 – 1'] }],
    ['two events of one year', 'code', { ...dated, years: [1946, 1946, 1919] }],
    ['an event that the text puts elsewhere', 'unsupported', { ...dated, years: [1946, 1950, 1919] }],
    ['a further source that is not on its page', 'quote', { ...odd, otherSources: [{ ...odd, quote: 'Not there.' }] }],
  ]
  it('passes sound questions of the other shapes', () => {
    for (const draft of [odd, told, ofThree, dated]) expect(failuresOn(draft)).toEqual([])
  })
  it.each(otherDefects)('catches %s as “%s”', (_, check, draft) => {
    expect(failuresOn(draft)).toContain(check)
  })

  it('has a defect here for every check it makes', () => {
    const injected = new Set([...defects, ...codedDefects].map(([, check]) => check).concat('same-fact', 'duplicate'))
    expect([...injected].sort()).toEqual(QUESTION_CHECKS.map(([check]) => check).sort())
  })

  it('allows no two questions on one fact in a quiz, in whatever words', () => {
    const other = { ...sound, stem: 'By whom is the Rajya Sabha presided over, as the Constitution provides?' }
    expect(failures(other, [asked(sound)])).toContain('same-fact')
    // A statement of a coded question is a fact as well.
    expect(failures(sound, [asked(coded)])).toContain('same-fact')
    const rephrased = { ...other, facts: [foldPhrase('The Vice-President is chairman of the Rajya Sabha of India.')] }
    expect(failures(rephrased, [asked(sound)])).toContain('same-fact')
  })

  it('lets a fact come back in another quiz with another key, but no near copy', () => {
    const earlier = asked(sound, { sameQuiz: false })
    const otherKey = {
      ...sound,
      stem: 'The Vice-President of India is the chairman of which one of the following?',
      options: ['Lok Sabha', 'Rajya Sabha', 'Legislative Council', 'Gram Sabha'],
      answer: 'rajya sabha',
    }
    expect(failures(otherKey, [earlier])).toEqual([])
    expect(failures(sound, [earlier])).toEqual(expect.arrayContaining(['same-fact', 'duplicate']))
    const respelt = { ...sound, stem: 'Who among the following is the Chairman of the Rajya  Sabha ?' }
    expect(failures({ ...respelt, facts: ['another sentence altogether'] }, [earlier])).toContain('duplicate')
  })

  it('catches the same question in other words by its vector', () => {
    const earlier = asked(sound, {
      sameQuiz: false,
      facts: ['something else'],
      text: 'Which office presides over the Council of States?',
      vector: Float32Array.of(1, 0),
    })
    const near = Float32Array.of(0.9, Math.sqrt(1 - 0.81))
    expect(failures(sound, [earlier], near)).toEqual(['duplicate'])
    // As near, but with another answer: two facts in the same words.
    expect(failures(sound, [{ ...earlier, answer: 'speaker' }], near)).toEqual([])
    expect(failures(sound, [{ ...earlier, answer: 'speaker' }], Float32Array.of(0.97, Math.sqrt(1 - 0.9409)))).toEqual([
      'duplicate',
    ])
    // Vectors of another model say nothing.
    expect(failures(sound, [{ ...earlier, vector: Float32Array.of(1, 0, 0) }], near)).toEqual([])
  })
})
