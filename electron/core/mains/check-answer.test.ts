import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeCheck, knownFindings } from '#contract/describe-check.ts'
import { type AnswerCheck, CheckId } from '#contract/mains.ts'
import { checkAnswer } from './check-answer.ts'
import { findDirective, withoutDirective } from './find-directive.ts'
import { readAnswer } from './read-answer.ts'
import { readMainsData } from './read-mains-data.ts'

const data = readMainsData(fileURLToPath(new URL('../../../resources/mains/', import.meta.url)))
const QUESTION = 'Critically examine the role of judicial review in protecting Fundamental Rights in India.'
const TERMS = [
  'judicial review',
  'Supreme Court',
  'Fundamental Rights',
  'public interest litigation',
  'basic structure',
]

const INTRODUCTION =
  'Judicial review is the power of the Supreme Court and the High Courts to examine whether a law respects Fundamental Rights, given by Article 13 and Article 32.'
const BODY = [
  'It has protected rights because no majority in Parliament can pass a law against them. In the Kesavananda Bharati Case of 1973 the court held that the basic structure of the Constitution can not be amended away, and in 1978 it widened the right to life under Article 21 to a life with dignity.',
  'Public interest litigation has opened the courts to those who can not come themselves, such as bonded labourers and prisoners awaiting trial.',
  'However, critics point out that judges are not elected and yet settle matters of policy. Despite its reach, judicial review is also slow: appeals wait for years, and the poor seldom bring their rights to a court.',
]
const CONCLUSION =
  'Thus judicial review has on balance guarded Fundamental Rights in India, though it should be joined with restraint and with quicker courts.'
const GOOD = [INTRODUCTION, ...BODY, CONCLUSION].join('\n\n')

function check(
  text: string,
  rest: Partial<Parameters<typeof checkAnswer>[1]> & { question?: string } = {},
  elapsedMs = 6 * 60_000,
) {
  const { question = QUESTION, ...own } = rest
  const checks = checkAnswer(
    text,
    {
      topic: withoutDirective(data.directives, question),
      language: 'en',
      wordLimit: 150,
      minutes: 7,
      directive: findDirective(data.directives, question),
      terms: TERMS,
      ...own,
    },
    elapsedMs,
    data,
  )
  const byId = Object.fromEntries(checks.map((each) => [each.id, each])) as Record<CheckId, AnswerCheck>
  return byId
}
const said = ({ verdict, finding }: AnswerCheck) => `${verdict} ${finding}`

describe('the checks of an answer', () => {
  it('find nothing to mend in a good answer', () => {
    const checks = check(GOOD)
    expect(Object.values(checks).map(({ id, verdict }) => [id, verdict])).toEqual(
      CheckId.options.map((id) => [id, 'met']),
    )
  })

  it('fail an empty answer in all that applies, and say so', () => {
    const checks = check('  \n ')
    for (const id of [
      'length',
      'introduction',
      'body',
      'conclusion',
      'directive',
      'relevance',
      'keywords',
      'specifics',
    ] as const) {
      expect(checks[id].verdict, id).toBe('unmet')
    }
  })

  it.each([
    [134, 'partly under'],
    [135, 'met within'],
    [165, 'met within'],
    [166, 'partly over'],
    [187, 'partly over'],
    [188, 'unmet over'],
    [112, 'unmet under'],
  ])('judge %i words for a limit of 150 as %s', (count, expected) => {
    const { length } = check(Array.from({ length: count }, () => 'word').join(' '))
    expect(said(length)).toBe(expected)
    expect(length.values.words).toBe(count)
  })

  it('mark what stands past the limit', () => {
    const text = `${Array.from({ length: 150 }, () => 'word').join(' ')}\n\n${Array.from({ length: 30 }, (_, i) => `extra${i}`).join(' ')}`
    const [place] = check(text).length.places
    expect(text.slice(place?.start, place?.end)).toMatch(/^extra15 .*extra29$/)
  })

  it('tell a list that has no introduction, and one that has no conclusion', () => {
    const bare = check(['• It protects rights.', '• It is slow.', '• It should be reformed.'].join('\n'))
    expect(said(bare.introduction)).toBe('unmet missing')
    expect(said(bare.conclusion)).toBe('unmet missing')
    expect(said(bare.body)).toBe('met good')
  })

  it('tell one block, a long introduction, one beside the question, and an end that ends nothing', () => {
    expect(said(check([INTRODUCTION, ...BODY, CONCLUSION].join(' ')).introduction)).toBe('unmet one-block')
    expect(said(check([INTRODUCTION, ...BODY, CONCLUSION].join(' ')).body)).toBe('unmet one-block')
    expect(said(check([`${INTRODUCTION} ${BODY[0]}`, BODY[1], BODY[2], CONCLUSION].join('\n')).introduction)).toBe(
      'partly long',
    )
    const beside = 'Cricket was brought by sailors and is now played in every town, by old and young, in all weathers.'
    expect(said(check([beside, ...BODY, CONCLUSION].join('\n')).introduction)).toBe('partly off')
    const abrupt = 'Prisoners awaiting trial were released by an order in 1979, and bonded labourers in the year after.'
    expect(said(check([INTRODUCTION, ...BODY, abrupt].join('\n')).conclusion)).toBe('partly abrupt')
  })

  it('want both sides and a judgement where the question says critically examine', () => {
    expect(check(GOOD).directive.found).toEqual(['reasons', 'otherSide', 'judgement'])
    const oneSided = check([INTRODUCTION, BODY[0], BODY[1], 'It is a great power of the courts.'].join('\n')).directive
    expect(oneSided.missing).toEqual(['otherSide', 'judgement'])
    expect(oneSided.verdict).toBe('unmet')
    const half = check(
      [INTRODUCTION, BODY[0], BODY[1], 'However, it is slow.', 'Thus it is of use.'].join('\n'),
    ).directive
    expect([half.verdict, half.missing]).toEqual(['partly', ['otherSide']])
  })

  it('want a comparison where the question says compare', () => {
    const question = 'Compare the Lok Sabha and the Rajya Sabha.'
    const apart =
      'The Lok Sabha is elected by the people. The Rajya Sabha represents the states. Money bills begin in the Lok Sabha.'
    expect(check(apart, { question }).directive.missing).toContain('comparison')
    const together =
      'The Lok Sabha is elected by the people, whereas the Rajya Sabha represents the states. Unlike the Lok Sabha, it is never dissolved. Thus both are needed.'
    expect(said(check(together, { question }).directive)).toBe('met followed')
  })

  it('do not ask a question without directive for one, nor one without a head for terms', () => {
    const checks = check(GOOD, { directive: undefined, terms: [] })
    expect([said(checks.directive), said(checks.keywords)]).toEqual(['none no-directive', 'none no-head'])
  })

  it('tell an answer to another question, and parts that stray', () => {
    const soil = 'Black soil holds water and grows cotton. It covers the plateau of the Deccan and is rich in lime.'
    expect(said(check(soil).relevance)).toBe('unmet off')
    const stray = 'The monsoon reaches Kerala on the first day of June and brings rain to the whole western coast.'
    const strays = check([INTRODUCTION, stray, stray.replace('Kerala', 'Goa'), CONCLUSION].join('\n')).relevance
    expect(said(strays)).toBe('partly strays')
    expect(strays.places).toHaveLength(2)
  })

  it('name the terms that were found in any of their forms, and suggest others', () => {
    const { keywords } = check('Supreme Courts rule on public interest litigations.')
    expect(keywords.found).toEqual(['Supreme Court', 'public interest litigation'])
    expect(keywords.missing).toContain('basic structure')
    expect(keywords.verdict).toBe('partly')
  })

  it('find what can be looked up, and long sentences', () => {
    expect(check('Rights are good. Courts are good.').specifics.verdict).toBe('unmet')
    expect(check('Article 32 was used in 1978. The share rose to 12.5 per cent.').specifics.found).toEqual(
      expect.arrayContaining(['Article 32', '1978', '12.5 per cent']),
    )
    const long = `${Array.from({ length: 45 }, (_, i) => `word${i}`).join(' ')}. Short one here.`
    expect(check(long).sentences.places).toHaveLength(1)
  })

  it('read Hindi by the same rules', () => {
    const question = 'मौलिक अधिकारों की रक्षा में न्यायिक पुनरावलोकन की भूमिका का आलोचनात्मक परीक्षण कीजिए।'
    const text = [
      'न्यायिक पुनरावलोकन उच्चतम न्यायालय की वह शक्ति है जिससे मौलिक अधिकारों की रक्षा होती है, जो अनुच्छेद 32 में है।',
      'इसने अधिकारों की रक्षा की है क्योंकि संसद का बहुमत भी इनके विरुद्ध क़ानून नहीं बना सकता। 1973 में मूल ढाँचे का सिद्धांत आया।',
      'हालाँकि आलोचक कहते हैं कि न्यायाधीश चुने नहीं जाते। फिर भी इसकी सीमा यह है कि न्याय में वर्षों लगते हैं।',
      'अतः न्यायिक पुनरावलोकन ने मौलिक अधिकारों की रक्षा की है, पर न्याय शीघ्र मिलना चाहिए।',
    ].join('\n')
    const checks = check(text, {
      question,
      language: 'hi',
      wordLimit: 85,
      terms: ['न्यायिक पुनरावलोकन', 'मौलिक अधिकार', 'मूल ढाँचा'],
    })
    expect(checks.directive.found).toEqual(['reasons', 'otherSide', 'judgement'])
    expect(checks.keywords.found).toEqual(expect.arrayContaining(['न्यायिक पुनरावलोकन']))
    expect(checks.introduction.verdict).toBe('met')
    expect(checks.relevance.verdict).toBe('met')
    expect(checks.specifics.verdict).toBe('met')
  })

  it('never fail on any text, mark only what is in it, and always have words for it in both languages', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...BODY, INTRODUCTION, CONCLUSION, '• point', '# Heading', 'अतः'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 20, max: 1200 }), (lines, wordLimit) => {
        const text = lines.join('\n')
        for (const each of Object.values(check(text, { wordLimit }))) {
          for (const { start, end } of each.places) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeLessThanOrEqual(text.length)
            expect(end).toBeGreaterThanOrEqual(start)
          }
          for (const language of ['en', 'hi'] as const) {
            expect(knownFindings(each.id, language)).toContain(each.finding)
            const { found, todo } = describeCheck(each, language)
            expect(`${found} ${todo}`).not.toMatch(/\{\{|NaN|undefined %/)
            if (each.verdict === 'met') expect(todo).toBeUndefined()
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('know the same findings in both languages', () => {
    for (const id of CheckId.options) expect(knownFindings(id, 'hi')).toEqual(knownFindings(id, 'en'))
  })
})

describe('readAnswer', () => {
  it('tells headings, paragraphs and points, each with its place', () => {
    const text = 'Intro sentence that is long enough.\n\nReasons:\n1. First one.\n- Second one.\n\nThus the end.'
    const { blocks } = readAnswer(text)
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'heading', 'point', 'point', 'paragraph'])
    for (const block of blocks) expect(text.slice(block.start, block.end)).toBe(block.text)
  })
})

describe('findDirective', () => {
  it.each([
    ['Critically analyse the collegium system.', 'critically-examine'],
    ['Discuss the significance of Preamble.', 'discuss'],
    ['“Federalism is a bargain.” Comment.', 'comment'],
    ['Distinguish between weathering and erosion.', 'compare'],
    ['To what extent did 1857 change British policy?', 'to-what-extent'],
    ['How do cyclones form?', 'explain'],
    ['संघवाद की चुनौतियों पर चर्चा कीजिए।', 'discuss'],
    ['Federalism in India', undefined],
  ])('reads %s as %s', (question, id) => {
    expect(findDirective(data.directives, question)?.id).toBe(id)
  })

  it('leaves the matter when its words are taken out', () => {
    expect(withoutDirective(data.directives, 'Critically examine the role of the Governor.')).toBe(
      'the role of the Governor.',
    )
    expect(withoutDirective(data.directives, 'संघवाद की चुनौतियों पर चर्चा कीजिए।')).toBe('संघवाद की चुनौतियों पर।')
  })
})
