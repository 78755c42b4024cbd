import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { type AskedQuestion, askedText, type CheckName, checkQuestion, QUESTION_CHECKS } from './check-question.ts'
import { PLAIN_TERMS, type QuestionDraft } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'

const PAGE =
  'The executive.\n\nMembers of the Rajya Sabha are elected\nfor a term of six years. The Vice-President is the chairman of the Rajya Sabha. A money bill can be introduced only in the Lok Sabha.'
const at = (text: string) => {
  const startOffset = PAGE.replace(/\s/g, ' ').indexOf(text)
  return { quote: text, startOffset, endOffset: startOffset + text.length }
}
const FACT = 'Members of the Rajya Sabha are elected for a term of six years.'
const CHAIRMAN = 'The Vice-President is the chairman of the Rajya Sabha.'

const sound: QuestionDraft = {
  style: 'direct',
  engine: 'rules',
  stem: 'Who among the following is the chairman of the Rajya Sabha?',
  ...PLAIN_TERMS,
  options: ['Prime Minister', 'Vice-President', 'Governor', 'Speaker'],
  answerIndex: 1,
  explanation: 'The text says so.',
  documentId: 'd1' as DocumentId,
  pageNumber: 1,
  ...at(CHAIRMAN),
  facts: [foldPhrase(CHAIRMAN)],
  answer: 'vice president',
}
const coded: QuestionDraft = {
  ...sound,
  style: 'statements',
  stem: 'Consider the following statements:',
  statements: ['Members of the Rajya Sabha are elected for a term of five years.', CHAIRMAN],
  prompt: 'Which of the statements given above is/are correct?',
  options: ['1 only', '2 only', 'Both 1 and 2', 'Neither 1 nor 2'],
  ...at(`${FACT} ${CHAIRMAN}`),
  facts: [foldPhrase(FACT), foldPhrase(CHAIRMAN)],
  answer: 'six',
  truths: [false, true],
  answers: 'codes',
  codes: [{ true: [1] }, { true: [2] }, { true: [1, 2] }, { true: [] }],
}
const asked = (draft: QuestionDraft, change: Partial<AskedQuestion> = {}): AskedQuestion => ({
  text: askedText(draft),
  facts: draft.facts,
  answer: draft.answer,
  sameQuiz: true,
  ...change,
})
const failures = (draft: QuestionDraft, others: AskedQuestion[] = [], vector?: Float32Array) =>
  checkQuestion(draft, { pageText: () => PAGE, asked: others, vector }).map(({ check }) => check)

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

  describe('over any sound question, in any order of its options', () => {
    const names = ['Prime Minister', 'Governor', 'Speaker', 'Chief Justice', 'Attorney General', 'Chief Minister']
    /** Of terms: the key at any place among any wrong ones, four options or five. */
    const anyOfTerms = fc
      .record({
        wrong: fc.shuffledSubarray(names, { minLength: 3, maxLength: 4 }),
        place: fc.nat({ max: 3 }),
      })
      .map(({ wrong, place }): QuestionDraft => {
        const options = [...wrong]
        options.splice(place, 0, 'Vice-President')
        return { ...sound, options, answerIndex: place }
      })
    /** Of two statements: any truths, with the code that says them as the key. */
    const anyCoded = fc.tuple(fc.boolean(), fc.boolean()).map(
      ([one, two]): QuestionDraft => ({
        ...coded,
        statements: [one ? FACT : (coded.statements[0] ?? ''), two ? CHAIRMAN : CHAIRMAN.replace('Vice-', '')],
        truths: [one, two],
        answerIndex: one ? (two ? 2 : 0) : two ? 1 : 3,
      }),
    )
    const anySound = fc.oneof(anyOfTerms, anyCoded)

    it('finds nothing wrong', () => {
      fc.assert(
        fc.property(anySound, (draft) => {
          expect(failures(draft)).toEqual([])
        }),
      )
    })

    /** Each puts one defect into a sound question, wherever the key stands and whatever the rest is. */
    const injections: [CheckName, (draft: QuestionDraft, pick: number) => QuestionDraft | undefined][] = [
      ['quote', (draft, pick) => ({ ...draft, quote: changeLetter(draft.quote, pick) })],
      ['quote', (draft, pick) => ({ ...draft, startOffset: draft.startOffset + 1 + (pick % 9) })],
      ['quote', (draft) => ({ ...draft, otherSources: [{ ...draft, pageNumber: 2, quote: 'It is not there.' }] })],
      ['stem', (draft) => ({ ...draft, stem: draft.stem.replace(/[?:]$/, '.'), prompt: '' })],
      ['stem', (draft) => ({ ...draft, explanation: '' })],
      [
        'options-distinct',
        (draft, pick) => {
          const [from, to] = [pick % draft.options.length, (pick + 1) % draft.options.length]
          return { ...draft, options: draft.options.with(to, (draft.options[from] ?? '').toUpperCase()) }
        },
      ],
      ['options-distinct', (draft, pick) => ({ ...draft, answerIndex: draft.options.length + (pick % 3) })],
      [
        'options-distinct',
        (draft, pick) => ({ ...draft, options: draft.options.with(pick % draft.options.length, ' ') }),
      ],
      ['options-parallel', (draft, pick) => ofTerms(draft, pick, '1949')],
      ['options-parallel', (draft, pick) => ofTerms(draft, pick, 'the speaker of a House')],
      ['options-parallel', (draft, pick) => ofTerms(draft, pick, 'He presides over the House.')],
      ['all-or-none', (draft, pick) => ofTerms(draft, pick, ['All of the above', 'None of these'][pick % 2] ?? '')],
      [
        'key-length',
        (draft) =>
          draft.answers === 'terms'
            ? { ...draft, options: draft.options.with(draft.answerIndex, 'Vice-President, the chairman of that House') }
            : undefined,
      ],
      [
        'giveaway',
        (draft, pick) =>
          draft.answers === 'terms'
            ? { ...draft, stem: `Who, not the ${draft.options[pick % draft.options.length]}, presides over the House?` }
            : undefined,
      ],
      [
        'unsupported',
        (draft, pick) =>
          draft.answers === 'terms'
            ? {
                ...draft,
                answerIndex: (draft.answerIndex + 1 + (pick % (draft.options.length - 1))) % draft.options.length,
              }
            : { ...draft, truths: draft.truths.map((truth, at) => (at === pick % 2 ? !truth : truth)) },
      ],
      [
        'code',
        (draft, pick) =>
          draft.answers === 'codes' ? { ...draft, answerIndex: (draft.answerIndex + 1 + (pick % 3)) % 4 } : undefined,
      ],
    ]
    const changeLetter = (text: string, pick: number) => {
      const at = pick % text.length
      return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`
    }
    /** A wrong option of terms in another shape than the rest. */
    const ofTerms = (draft: QuestionDraft, pick: number, option: string) => {
      if (draft.answers !== 'terms') return undefined
      const at = (draft.answerIndex + 1 + (pick % (draft.options.length - 1))) % draft.options.length
      return { ...draft, options: draft.options.with(at, option) }
    }
    it.each(injections.map(([check, inject], at) => [at + 1, check, inject] as const))(
      'catches injected defect %i as “%s”',
      (_, check, inject) => {
        let tried = 0
        fc.assert(
          fc.property(anySound, fc.nat({ max: 999 }), (draft, pick) => {
            const spoilt = inject(draft, pick)
            if (!spoilt) return
            tried++
            expect(failures(spoilt)).toContain(check)
          }),
        )
        expect(tried).toBeGreaterThan(10)
      },
    )

    it('catches a copy of any of them as the same fact and a duplicate', () => {
      fc.assert(
        fc.property(anySound, (draft) => {
          expect(failures(draft, [asked(draft)])).toEqual(expect.arrayContaining(['same-fact', 'duplicate']))
        }),
      )
    })
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
