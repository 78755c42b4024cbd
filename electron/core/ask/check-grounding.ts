import type { Support } from '#contract/ask.ts'
import type { SearchHit } from '#contract/search.ts'
import { embedIfThere } from '../embedding/embed-if-there.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import type { Embedder } from '../ports.ts'
import { cosine } from '../search/exact-search.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import type { CitedStretch } from './cite-sentence.ts'

/** A sentence a model wrote, held against the sources. */
export interface CheckedSentence {
  text: string
  support: Support
  /** The stretch of a source that carries it; undefined when none does. */
  source?: CitedStretch
}

/** Above these a source's sentence carries what was written. Chosen by hand, not yet measured on replies of real models. */
const SUPPORTED = 0.62
const WEAK = 0.47
/** Of the score: the meaning's share, the words' is the rest. */
const MEANING_SHARE = 0.55
const TAGS = /\s*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]/g

/**
 * Splits a reply into sentences and finds for each the source sentence that says
 * it, whatever numbers the model put there: meaning and words together, and every number
 * and name of it must stand in the source. What the model claimed is not looked at,
 * because a small model puts numbers anywhere. Where the embedding model is away, words decide alone.
 */
export async function checkGrounding(
  embedder: Embedder | undefined,
  reply: string,
  sources: readonly SearchHit[],
  signal: AbortSignal,
): Promise<CheckedSentence[]> {
  const written = splitReply(reply)
  const stretches = sources.flatMap(stretchesOf)
  if (written.length === 0 || stretches.length === 0) return written.map((text) => ({ text, support: 'unsupported' }))
  const texts = [...written, ...stretches.map(({ text }) => text)]
  const vectors = await embedIfThere(embedder, texts, { priority: 'question', signal })
  return written.map((text, i) => {
    const stems = topicStems(text)
    let best: { score: number; stretch: SourceStretch } | undefined
    for (const [j, stretch] of stretches.entries()) {
      const score = supportScore(stems, stretch, {
        hindi: isHindi(text),
        nearness:
          vectors && cosine(vectors[i] ?? new Float32Array(0), vectors[written.length + j] ?? new Float32Array(0)),
      })
      if (!best || score > best.score) best = { score, stretch }
    }
    if (!best || best.score < WEAK) return { text, support: 'unsupported' }
    const certain = best.score >= SUPPORTED && hasItsFacts(text, best.stretch)
    return { text, support: certain ? 'supported' : 'weak', source: best.stretch }
  })
}

interface SourceStretch extends CitedStretch {
  hit: SearchHit
  stems: Set<string>
}

/** A source's sentences, and each two in a row: what a model says in one sentence the book may say in two. */
function stretchesOf(hit: SearchHit): SourceStretch[] {
  const ranges = splitSentences(hit.text)
  const pairs = ranges.slice(1).map((range, i) => ({ start: ranges[i]?.start ?? range.start, end: range.end }))
  return [...ranges, ...pairs].map(({ start, end }) => {
    const text = hit.text.slice(start, end)
    return {
      hit,
      text,
      startOffset: hit.startOffset + start,
      endOffset: hit.startOffset + end,
      stems: topicStems(text),
    }
  })
}

function supportScore(
  stems: ReadonlySet<string>,
  stretch: SourceStretch,
  { hindi, nearness }: { hindi: boolean; nearness: number | undefined },
): number {
  const shared = [...stems].filter((stem) => stretch.stems.has(stem)).length
  const overlap = stems.size === 0 ? 0 : shared / stems.size
  // The model that ships reads English: for Hindi the words decide alone.
  if (hindi || nearness === undefined) return overlap
  return MEANING_SHARE * nearness + (1 - MEANING_SHARE) * overlap
}

/** Numbers and names are never paraphrased: one that the source lacks was made up. So was a denial that it does not make. */
function hasItsFacts(sentence: string, { hit, text }: SourceStretch): boolean {
  const there = new Set(wordsOf(hit.text).map((word) => numberOf(word) ?? word.stem))
  const facts = wordsOf(sentence).flatMap((word) => {
    const isName = word.start > 0 && /^\p{Lu}/u.test(word.text) && !word.stop
    return numberOf(word) ?? (isName ? word.stem : [])
  })
  return facts.every((fact) => there.has(fact)) && DENIAL.test(sentence) === DENIAL.test(text)
}

const DENIAL = /\b(?:not|no|never|none|neither|nor|cannot|without)\b|n[’']t\b|(?:^|\s)(?:नहीं|न|कभी नहीं|बिना)(?:\s|$)/i
const NUMBER_WORDS = 'zero,,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen'.split(
  ',',
)
const HINDI_NUMBER_WORDS = 'शून्य,,दो,तीन,चार,पांच,छह,सात,आठ,नौ,दस'.split(',')

/** Six and 6 are the same; "one" is a pronoun as often as a number. */
function numberOf({ folded }: { folded: string }): string | undefined {
  if (/\d/.test(folded)) return folded
  const value = Math.max(NUMBER_WORDS.indexOf(folded), HINDI_NUMBER_WORDS.indexOf(folded))
  return value < 0 ? undefined : String(value)
}

/** The reply's sentences without the numbers of sources and list marks. */
export function splitReply(reply: string): string[] {
  const plain = reply.replace(/^\s*(?:answer|उत्तर)\s*:\s*/i, '').replace(TAGS, '')
  return splitSentences(plain)
    .map(({ start, end }) =>
      plain
        .slice(start, end)
        .replace(/^(?:[•*–-]|\d{1,2}[.)])\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => wordsOf(text).length > 0)
}

function topicStems(text: string): Set<string> {
  return new Set(wordsOf(text).flatMap(({ stem, stop }) => (stop ? [] : [stem])))
}
