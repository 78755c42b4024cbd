import type { Groups, NumberKind, NumberTerm, Reading } from './number-term.ts'
import { CARDINAL_PATTERN, HINDI_CARDINAL_PATTERN, ORDINAL_PATTERN } from './number-words.ts'
import { readCount, readFraction, readHindiFraction, readPercent } from './read-counts.ts'
import { MONTH, readCentury, readDate, readDay, readMonth, readYear } from './read-date-numbers.ts'
import { readAmendment, readArticle, readHindiAmendment, readPart, readSchedule } from './read-numbered-things.ts'

const YEAR = '(?<year>1\\d{3}|20\\d{2})'
const DAY = '(?<day>[1-9]|[12]\\d|3[01])(?<ending>st|nd|rd|th)?'
/** In order: a stretch that one pattern took is not read again by the next. */
const PATTERNS: readonly {
  pattern: RegExp
  read: (groups: Groups, whole: string, before: string) => Reading | undefined
}[] = [
  { pattern: new RegExp(`\\b${DAY} ${MONTH},? ${YEAR}\\b`, 'g'), read: readDate },
  { pattern: new RegExp(`\\b${MONTH} ${DAY}, ${YEAR}\\b`, 'g'), read: readDate },
  { pattern: new RegExp(`(?<![\\p{L}\\d])${DAY} ${MONTH}(?![\\p{L}\\p{M}])`, 'gu'), read: readDay },
  { pattern: new RegExp(`(?<![\\p{L}\\p{M}])${MONTH} ${YEAR}\\b`, 'gu'), read: readMonth },
  {
    pattern: new RegExp(`\\b(?<word>${ORDINAL_PATTERN}|\\d{1,2}(?:st|nd|rd|th)) (?<noun>century)\\b`, 'gi'),
    read: readCentury,
  },
  {
    pattern: /\b(?:Article|Art\.) (?<number>\d{1,3})(?<suffix>-?[A-Z]{1,2})?(?<clause>(?:\s?\(\w{1,3}\))*)/g,
    read: readArticle,
  },
  { pattern: /अनुच्छेद (?<number>\d{1,3})(?<suffix>[A-Zक-घ])?(?<clause>)(?![\d-])/g, read: readArticle },
  {
    pattern: new RegExp(
      `\\b(?<word>${ORDINAL_PATTERN}|\\d{1,3}(?:st|nd|rd|th)) (?=(?:Constitution(?:al)? )?(?:\\(?Amendment\\)?|amendment)\\b)`,
      'gi',
    ),
    read: readAmendment,
  },
  { pattern: /(?<![\d.])(?<word>\d{1,3})(?:वाँ|वां|वें|वीं)? (?=(?:संविधान )?संशोधन)/g, read: readHindiAmendment },
  {
    pattern: new RegExp(`\\b(?<word>${ORDINAL_PATTERN}|\\d{1,2}(?:st|nd|rd|th)) (?<noun>Schedule)\\b`, 'gi'),
    read: readSchedule,
  },
  { pattern: /\bPart (?<roman>[IVX]{1,5})(?<suffix>-?[A-Z])?\b/g, read: readPart },
  { pattern: /(?<![\d.])(?<number>\d{1,3}(?:\.\d+)?)(?<sign> per cent| percent| प्रतिशत|%)/g, read: readPercent },
  { pattern: new RegExp(`\\b(?<number>${CARDINAL_PATTERN})(?<sign> per cent| percent)\\b`, 'gi'), read: readPercent },
  {
    pattern:
      /\b(?<word>one|two|three|four)[- ](?<part>half|third|thirds|fourth|fourths|fifth|fifths|sixth|eighth|tenth)\b/gi,
    read: readFraction,
  },
  { pattern: new RegExp(`(?<![\\d.,/–-])\\b${YEAR}\\b(?![\\d–-]|[.,]\\d|/\\d|s\\b)`, 'g'), read: readYear },
  {
    pattern: new RegExp(
      `(?<![\\d.,/–()-]|Rs |No\\. |Article |Articles |Part |Section |Class |Vol\\. )\\b(?<number>\\d{1,3}(?:,\\d{2,3})+|\\d{1,6}|${CARDINAL_PATTERN})(?<gap> |-)(?<noun>\\p{L}[\\p{L}\\p{M}-]*)(?<next>(?: \\p{L}[\\p{L}\\p{M}-]*)?)`,
      'giu',
    ),
    read: readCount,
  },
  // "… was reduced to 299."
  {
    pattern: /(?<= (?:to|at|was|is|were|are|of) )(?<number>\d{2,6}|\d{1,3}(?:,\d{2,3})+)(?=[.,](?: |$))(?<noun>)/g,
    read: readCount,
  },
  {
    pattern: /(?<![\p{L}\p{M}-])(?<word>एक|दो|तीन|चार)-(?<part>तिहाई|चौथाई|पाँचवाँ|पांचवां)(?![\p{L}\p{M}])/gu,
    read: readHindiFraction,
  },
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\p{M}\\d-])(?<number>${HINDI_CARDINAL_PATTERN})(?<gap> )(?<noun>[\\p{L}\\p{M}]+)(?<next>)`,
      'gu',
    ),
    read: readCount,
  },
]

/** The dates, numbers and numbered things of a sentence, in order, without overlaps. */
export function findNumbers(sentence: string): NumberTerm[] {
  const found: NumberTerm[] = []
  for (const { pattern, read } of PATTERNS) {
    for (const match of sentence.matchAll(pattern)) {
      const reading = read(match.groups ?? {}, match[0], sentence.slice(0, match.index))
      if (!reading) continue
      const { text = match[0].trimEnd(), offset = 0, unit = '', ...term } = reading
      const start = match.index + offset
      const end = start + text.length
      if (found.some((other) => start < other.end && other.start < end)) continue
      found.push({ ...term, text, start, end, unit })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Kinds whose options are set in rising order, as in a printed paper. */
export function isOrdered(kind: NumberKind): boolean {
  return kind !== 'date' && kind !== 'day' && kind !== 'month'
}
