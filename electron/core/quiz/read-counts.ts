import type { Groups, Reading } from './number-term.ts'
import { cardinalWord, hindiCardinal, inCaseOf, parseCardinal, parseHindiCardinal } from './number-words.ts'

const FRACTIONS: readonly (readonly [string, number])[] = [
  ['one-tenth', 1 / 10],
  ['one-eighth', 1 / 8],
  ['one-sixth', 1 / 6],
  ['one-fifth', 1 / 5],
  ['one-fourth', 1 / 4],
  ['one-third', 1 / 3],
  ['two-fifths', 2 / 5],
  ['one-half', 1 / 2],
  ['three-fifths', 3 / 5],
  ['two-thirds', 2 / 3],
  ['three-fourths', 3 / 4],
  ['four-fifths', 4 / 5],
]

export function readPercent(groups: Groups): Reading | undefined {
  const number = groups.number ?? ''
  const inWords = parseCardinal(number)
  const value = inWords ?? Number(number)
  const decimals = inWords === undefined ? (number.split('.')[1]?.length ?? 0) : 0
  const shifts =
    decimals > 0
      ? [1.3, -1.6, 2.4, -2.7, 3.9, -3.2]
      : value % 5 === 0
        ? [5, -5, 10, -10, 15, -15, 20]
        : [4, -4, 7, -7, 11, -11, 3]
  return {
    kind: 'percent',
    value,
    nearby: shifts.map((shift) => Number((value + shift).toFixed(decimals))),
    write: (other) => {
      if (other <= 0 || other >= 100) return undefined
      return `${inWords === undefined ? other.toFixed(decimals) : inCaseOf(number, cardinalWord(other))}${groups.sign ?? ''}`
    },
  }
}

export function readFraction(_: Groups, whole: string): Reading | undefined {
  const spelt = whole.toLowerCase().replace(' ', '-')
  const known = FRACTIONS.find(([name]) => name === spelt)
  if (!known) return undefined
  const joint = whole.includes('-') ? '-' : ' '
  return {
    kind: 'fraction',
    value: known[1],
    nearby: [
      'two-thirds',
      'one-third',
      'one-fourth',
      'three-fourths',
      'one-half',
      'one-fifth',
      'one-tenth',
      'one-sixth',
    ]
      .map((name) => FRACTIONS.find(([other]) => other === name)?.[1] ?? 0)
      .filter((other) => other !== known[1]),
    write: (other) => {
      const name = FRACTIONS.find(([, share]) => share === other)?.[0]
      return name && inCaseOf(whole, name.replace('-', joint))
    },
  }
}

const HINDI_FRACTIONS: readonly (readonly [string, number])[] = [
  ['एक-चौथाई', 1 / 4],
  ['एक-तिहाई', 1 / 3],
  ['दो-तिहाई', 2 / 3],
  ['तीन-चौथाई', 3 / 4],
]

export function readHindiFraction(_: Groups, whole: string): Reading | undefined {
  const known = HINDI_FRACTIONS.find(([name]) => name === whole)
  return (
    known && {
      kind: 'fraction',
      value: known[1],
      nearby: HINDI_FRACTIONS.map(([, share]) => share).filter((share) => share !== known[1]),
      write: (other) => HINDI_FRACTIONS.find(([, share]) => share === other)?.[0],
    }
  )
}

/** Nouns after which a number is no count of anything: "two or three", "one of the", "Five Year Plan". */
const NOT_COUNTED =
  /^(?:or|and|to|of|by|per|in|at|on|is|was|were|are|has|had|with|from|as|the|a|but|that|who|which|such|when|where|while|if|for|till|until|after|before|short|out|times?|and-\p{L}.*|or-\p{L}.*|year|more|other|others|thirds?|fourths?|fifths?|half|hand|side|sides|way|ways|kinds?|types?|reasons?|examples?|points?|questions?|aspects?|things?|different|way|levels?|st|nd|rd|th|January|February|March|April|May|June|July|August|September|October|November|December|वर्षीय|और|या|से|में|के|की|का|को|ने|पर)$/iu

export function readCount(groups: Groups, _: string, before: string): Reading | undefined {
  const { number = '', noun = '', next = '', gap } = groups
  // "a two-party system" counts nothing; "a five-year term" does.
  if (gap === '-' && !/^(?:year|day|month|member|judge|tier|hour)\b/.test(noun)) return undefined
  const word = parseCardinal(number) ?? parseHindiCardinal(number)
  const value = word ?? Number(number.replaceAll(',', ''))
  const isHindiWord = word !== undefined && !/^[a-z]/i.test(number)
  // Hindi counts have no plural to agree with, and their postpositions are not nouns.
  if (!Number.isFinite(value) || value < 2 || (value > 1000 && value < 2100 && !number.includes(','))) return undefined
  if (NOT_COUNTED.test(noun) || (value === 2 && /^(?:houses?|chambers?)$/i.test(noun))) return undefined
  const counted = /^\p{Ll}/u.test(noun) && !/s$/.test(noun) && next !== '' ? next.trim() : noun
  return {
    kind: 'count',
    text: number,
    value,
    unit: counted.toLowerCase(),
    // Beside "about 160" only numbers that are far from it are wrong.
    nearby: ROUGHLY.test(before) ? countsFarFrom(value) : countsNear(value),
    write(other) {
      if (other < 2 || !Number.isInteger(other)) return undefined
      if (isHindiWord) return hindiCardinal(other)
      if (word !== undefined) return other > 99 ? undefined : inCaseOf(number, cardinalWord(other))
      return number.includes(',') ? other.toLocaleString('en-IN') : String(other)
    },
  }
}

const ROUGHLY = /\b(?:about|around|nearly|almost|roughly|approximately|some) $|(?:लगभग|क़रीब|करीब) $/i

function countsFarFrom(value: number): number[] {
  const round = [1000, 100, 50, 10, 5, 1].find((unit) => value % unit === 0 && value >= 2 * unit) ?? 1
  return [1.5, 0.6, 2, 0.4, 2.5, 3].map((factor) => Math.max(round, Math.round((value * factor) / round) * round))
}

/** Other counts as round as the true one, so that it does not stand out. */
function countsNear(value: number): number[] {
  if (value <= 12) return [1, -1, 2, -2, 3, -3, 4, 5].map((shift) => value + shift)
  for (const round of [100_000, 10_000, 1000, 500, 100, 50, 10, 5]) {
    if (value % round === 0 && value >= 2 * round) return [1, -1, 2, -2, 3, -3, 4].map((steps) => value + steps * round)
  }
  const reach = Math.max(2, Math.round(value * 0.06))
  return [1, -1, 2, -2, 3, -3].map((steps) => {
    // Uneven steps: a row of numbers at equal distances looks made up.
    const other = value + steps * reach + ((value * 7 + steps * 5) % 3)
    // As little round as the true one: 389 beside 366 and 411, not beside 400.
    return other % 10 === 0 || other % 10 === 5 ? other + 1 : other
  })
}
