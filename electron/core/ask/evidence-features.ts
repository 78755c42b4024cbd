import { cosine } from '../search/exact-search.ts'
import { type Word, wordsOf } from '../search/query-words.ts'
import { offersAnswer } from './answer-kind.ts'
import { answerFit } from './answer-type.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'
import { coverage, type WeighedWord } from './weigh-words.ts'

/** How a sentence and what stands around it meet a question, about 0..1 each. */
export interface EvidenceFeatures {
  cosine: number
  passageCosine: number
  headingMatch: number
  /** It has the looks of the answer, in words other than the question's. */
  offers: number
  /** Weight of the question's names and numbers that are not there. */
  missingNames: number
  /** Weight of the question's words that are there, or whose like is. */
  meant: number
  /** Weight of the word that is farthest from being there. */
  mostMissing: number
  /** Weight of the question's words in the sentence's passage. */
  passageCoverage: number
  nearCoverage: number
  /** As `meant`, of the sentence's own words (and of what its pronoun points back to). */
  ownMeant: number
  /** The question tells what its answer must hold: a number, a date, a name. */
  typed: number
  /** …and the sentence holds it: 1 the very thing. 0 where the question tells nothing. */
  fit: number
  /** How high its passage stands among those found: 1 the first, then 1/2, 1/3 … */
  passageRank: number
  /** Weight of the question's names and numbers that its whole passage lacks. */
  missingInPassage: number
  /** For a definition: it says what the thing asked for is, in the form that definitions have. */
  defines: number
}

/** Vectors of single words, by their folded form. */
export type WordVectors = ReadonlyMap<string, Float32Array>

/** Reads the features; without word vectors a word is there or it is not. */
export function readFeatures(
  question: AskedQuestion,
  sentence: WeighedSentence,
  wordVectors: WordVectors | undefined,
): EvidenceFeatures {
  const { hit, text, features } = sentence
  const near = meet(question.words, contextWords(sentence), wordVectors)
  const own = meet(question.words, ownWords(sentence), wordVectors)
  const asked = new Set(question.words.map(({ word }) => word.stem))
  const fit = answerFit(question.type, text, asked, (word, stems) => isLikeAny(word, stems, question, wordVectors))
  const passageWords = wordsOf(`${hit.title} ${hit.heading ?? ''} ${hit.text}`)
  const passageStems = new Set(passageWords.map(({ stem }) => stem))
  return {
    cosine: features.cosine,
    passageCosine: features.passageCosine,
    headingMatch: features.headingMatch,
    offers: offersAnswer(question.kind, text, asked) ? 1 : 0,
    missingNames: missingNames(near.absent, contextWords(sentence)),
    meant: near.meant,
    mostMissing: near.mostMissing,
    passageCoverage: coverage(question.words, passageStems),
    nearCoverage: features.nearCoverage,
    ownMeant: own.meant,
    passageRank: 1 / (1 + sentence.rank),
    missingInPassage: missingNames(
      question.words.filter(({ word }) => !passageStems.has(word.stem)).map((word) => ({ word })),
      passageWords,
    ),
    typed: fit === undefined ? 0 : 1,
    fit: fit ?? 0,
    defines: features.defines,
  }
}

/** Topic words of a sentence, its neighbours and its headings. */
export function contextWords({ hit, surroundings }: WeighedSentence): Word[] {
  return wordsOf(`${hit.heading ?? ''}\n${surroundings}`).filter(({ stop }) => !stop)
}

/** Topic words of a sentence alone; where it begins with a pronoun, of the sentence before too. */
export function ownWords({ text, surroundings, features }: WeighedSentence): Word[] {
  const at = features.pointsBack ? surroundings.indexOf(text.slice(0, 40)) : -1
  return wordsOf(at > 0 ? `${surroundings.slice(0, at)} ${text}` : text).filter(({ stop }) => !stop)
}

/** How far a question's words are among others, or their like. */
function meet(question: readonly WeighedWord[], words: readonly Word[], vectors: WordVectors | undefined) {
  const stems = new Set(words.map(({ stem }) => stem))
  const absent = question
    .filter(({ word }) => !stems.has(word.stem))
    .map((word) => ({ word, likeness: vectors ? likenessOf(word, words, vectors) : 0 }))
  return {
    absent,
    meant: absent.reduce((sum, { word, likeness }) => sum + word.share * likeness, coverage(question, stems)),
    mostMissing: Math.max(0, ...absent.map(({ word, likeness }) => word.share * (1 - likeness))),
  }
}

/** Weight of the names among absent words, but for those that another form of themselves stands for: Israeli, Israel. */
function missingNames(absent: readonly { word: WeighedWord }[], words: readonly Word[]): number {
  return absent.reduce(
    (sum, { word }) => (word.isName && !words.some((other) => isSameName(word.word, other)) ? sum + word.share : sum),
    0,
  )
}

/** "Israeli" and "Israel", "America" and "American", "1980s" and "1989". */
function isSameName(a: Word, b: Word): boolean {
  if (/\d{3}0s$/.test(a.folded)) return b.folded.length === 4 && b.folded.startsWith(a.folded.slice(0, 3))
  if (!/^\p{Lu}\p{L}{4,}/u.test(a.text) || !/^\p{Lu}\p{L}{4,}/u.test(b.text)) return false
  const shorter = Math.min(a.folded.length, b.folded.length)
  const shared = Math.max(5, shorter - 1)
  return a.folded.slice(0, shared) === b.folded.slice(0, shared)
}

/** Two words of the same field are this near at least; synonyms are nearer than the second. */
const RELATED_COSINE = 0.35
const SAME_COSINE = 0.75

/** How near an absent word is to the nearest word of the context, 0..1; a name is never like another. */
function likenessOf({ word, isName }: WeighedWord, words: readonly Word[], vectors: WordVectors): number {
  const vector = vectors.get(word.folded)
  if (isName || !vector) return 0
  let nearest = 0
  for (const { folded } of words) {
    const other = vectors.get(folded)
    if (other) nearest = Math.max(nearest, cosine(vector, other))
  }
  return Math.min(1, Math.max(0, (nearest - RELATED_COSINE) / (SAME_COSINE - RELATED_COSINE)))
}

function isLikeAny(
  { folded }: Word,
  stems: ReadonlySet<string>,
  question: AskedQuestion,
  vectors: WordVectors | undefined,
): boolean {
  const vector = vectors?.get(folded)
  if (!vector) return false
  return question.words.some(({ word }) => {
    const other = stems.has(word.stem) ? vectors?.get(word.folded) : undefined
    return other !== undefined && cosine(vector, other) > (RELATED_COSINE + SAME_COSINE) / 2
  })
}
