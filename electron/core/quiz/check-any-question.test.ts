import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asked, CHAIRMAN, coded, FACT, failures, sound } from '../testing/sound-questions.ts'
import type { CheckName } from './check-question.ts'
import type { QuestionDraft } from './question-draft.ts'

describe('checkQuestion over any sound question, in any order of its options', () => {
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
