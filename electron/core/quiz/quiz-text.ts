import { foldText } from '../ingest/fold-text.ts'

/** A stretch of a page as it is quoted: runs of whitespace are one space. */
export function quoteOf(pageText: string, startOffset: number, endOffset: number): string {
  return singleSpaced(pageText.slice(startOffset, endOffset))
}

export function singleSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * A quote as a question shows it: raised ordinal endings joined to their number
 * ("73 rd"), no space before a comma, none inside brackets. Words are never changed.
 */
export function tidyForShow(quote: string): string {
  return singleSpaced(quote)
    .replace(/\b(\d+) (st|nd|rd|th)\b/g, '$1$2')
    .replace(/ ([,;:.!?)\]])/g, '$1')
    .replace(/([([]) /g, '$1')
    .replace(/([–—]) [–—]/g, '$1')
    .replace(/\u00ad/g, '')
}

/** For telling whether two texts say the same in the same words: case, spacing, marks and kinds of quotes and dashes apart. */
export function foldPhrase(text: string): string {
  return foldText(text)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/'s\b/g, '')
    .replace(/[^\p{L}\p{M}\p{N}%]+/gu, ' ')
    .trim()
}

const STOP_WORDS = new Set(
  (
    'a an the and or but nor if then than that this these those which who whom whose what when where why how ' +
    'is are was were be been being am has have had having do does did shall will should would can could may might must ' +
    'of in on at by to from for with without within into onto upon about between among through during under over after before ' +
    'as it its they them their he him his she her we us our you your i my me not no also only very more most such same ' +
    'there here so too up down out off all any each every both either neither other another some one ' +
    'का के की को में से पर ने है हैं था थे थी और या कि जो यह ये वह वे इस उस एक भी ही तो तक लिए किया गया गई गए द्वारा होता होती होते हुआ हुई हुए कर'
  ).split(' '),
)

/** The words that carry a text's meaning, folded and lightly stemmed, in order. */
export function contentWords(text: string): string[] {
  return foldPhrase(text)
    .split(' ')
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
    .map(stem)
}

/** Enough of a stem to let "provisions" meet "provision" and "elected" meet "elect". */
function stem(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<![sui])s$/, '')
    .replace(/(?:ing|ed)$/, '')
    .replace(/e$/, '')
}

/** How many of `part`'s different content words are in `whole`, 0..1; 1 for no words. */
export function sharedWords(part: readonly string[], whole: ReadonlySet<string>): number {
  const words = new Set(part)
  if (words.size === 0) return 1
  let shared = 0
  for (const word of words) if (whole.has(word)) shared++
  return shared / words.size
}

/** Jaccard likeness of two sets, 0..1. */
export function likeness<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  if (a.size === 0 && b.size === 0) return 1
  let shared = 0
  for (const item of a) if (b.has(item)) shared++
  return shared / (a.size + b.size - shared)
}

/** Character trigrams of a folded text: near-copies share most of theirs. */
export function trigrams(text: string): Set<string> {
  const padded = ` ${foldPhrase(text)} `
  const grams = new Set<string>()
  for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3))
  return grams
}

/** True for text that is mostly Devanagari. */
export function isHindi(text: string): boolean {
  const devanagari = text.match(/[\u0904-\u0939\u0958-\u0961]/g)?.length ?? 0
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0
  return devanagari > latin
}
