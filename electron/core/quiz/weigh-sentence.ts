import type { NameTerm } from './find-names.ts'
import type { NumberTerm } from './number-term.ts'
import { contentWords } from './quiz-text.ts'

/**
 * How much an examiner would find in a sentence, from what is in it: names the
 * material keeps coming back to, dates and numbers, verbs that set out what a
 * law, a body or a force does; less for hedges, anecdotes and subjects that
 * only the page before explains. Above 2 it can be a statement of a question.
 */
export function weighSentence(
  text: string,
  { names, numbers, isDefinition, isKnown, keyWords }: SentenceContents,
): number {
  const known = new Set(
    names.filter((name) => name.kind !== 'concept' && (isKnown(name.text) || isWide(name))).map((name) => name.text),
  )
  let weight =
    Math.min(3, known.size) +
    Math.min(
      2.5,
      numbers.reduce((sum, { kind }) => sum + (kind === 'count' || kind === 'percent' ? 0.5 : 1.5), 0),
    )
  const keyed = new Set(contentWords(text).filter((word) => keyWords.has(word)))
  weight += Math.min(1.5, keyed.size * 0.3)
  const isDated = numbers.some(({ kind }) => kind === 'date' || kind === 'month' || kind === 'year')
  if (isDefinition) weight += 2
  else if (STRUCTURAL.test(text)) weight += 2
  // What once happened to somebody is a story, unless a law or a body was made or changed by it.
  else if (!isDated && /\b(?:was|were|had|won|got|secured|\p{L}{3,}ed)\b/u.test(text))
    weight -= names.some((name) => name.text.includes(' ') && /^(?:institution|law|feature)$/.test(name.kind))
      ? 0.5
      : 1.5
  if (EXCLUSIVE.test(text)) weight += 1
  if (ANECDOTE.test(text)) weight -= 2
  weight -= Math.min(3, text.match(VAGUE)?.length ?? 0)
  if (names.some((name) => name.kind === 'person' && !isKnown(name.text))) weight -= 0.5
  const [first] = names
  // A name that only this page knows, as what the sentence is about: somebody's story.
  if (first?.kind === 'name' && first.start < 24 && !isKnown(first.text)) weight -= first.text.includes(' ') ? 1 : 2
  const subject = PLAIN_SUBJECT.exec(text)?.groups?.subject
  if (subject !== undefined && !isDefinition)
    weight -= contentWords(subject).some((word) => keyWords.has(word)) ? 0.5 : 2
  if (LOOSE.test(text)) weight -= 2
  // What would be if something else were is nothing to be asked.
  if (/\bwould\b/.test(text))
    weight -= names.some((name) => name.text.includes(' ') && /^(?:institution|law|feature)$/.test(name.kind))
      ? 0.5
      : 1.5
  if (/\b(?:has to|have to|must|can|may)\b/.test(text) && known.size === 0) weight -= 1
  const words = text.split(' ').length
  if (words > 30) weight -= 1 + (words - 30) * 0.15
  if (words < 8) weight -= 0.5
  if (/[“”"‘:;—]|\(.{25,}\)/.test(text)) weight -= 0.75
  // What is praised or blamed can't be called right or wrong.
  return EVALUATIVE.test(text) ? Math.min(weight - 2, 1) : weight
}

export interface SentenceContents {
  names: readonly NameTerm[]
  numbers: readonly NumberTerm[]
  isDefinition: boolean
  /** The material keeps coming back to this name. */
  isKnown: (name: string) => boolean
  /** Stems that the material is about. */
  keyWords: ReadonlySet<string>
}

/** Most words a material can be about. */
const KEY_WORDS = 40

/** The words (stemmed) that most sentences of a material come back to. */
export function countKeyWords(sentences: readonly { text: string }[]): Set<string> {
  const counts = new Map<string, number>()
  for (const { text } of sentences)
    for (const word of new Set(contentWords(text))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const least = Math.max(3, sentences.length * 0.01)
  return new Set(
    [...counts]
      .filter(([word, count]) => count >= least && word.length > 3 && !/^\d/.test(word))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, KEY_WORDS)
      .map(([word]) => word),
  )
}

/** Names anyone knows without the page. */
function isWide({ kind }: NameTerm): boolean {
  return (
    kind === 'country' ||
    kind === 'state' ||
    kind === 'office' ||
    kind === 'institution' ||
    kind === 'feature' ||
    kind === 'river'
  )
}

const ANECDOTE =
  /\b(?:hectares?|rupees|village of|resident|arrested|wife|husband|school|students?|shop|employees|girl|boy|mother|father|jail|inmate|prisoners?|petition|story|newspaper|bus|hospital|Rs\.?|Shri|Mr\.|Ms\.|Mrs\.|accused|plant|colony)\b/

const STRUCTURAL =
  /\b(?:provides?|provided|consists?|consisted|compris\w+|composed|appoint\w+|elect(?:ed|s)|establish\w+|guarante\w+|vest(?:ed|s)|empower\w+|responsible to|answerable|administer\w*|adopted|abolish\w+|prohibit\w*|enshrined|contain(?:s|ed)|listed|mentioned|lays? down|recommended|introduced|located|situated|receives?|flows?|caused by|known as|called|defined|means|refers? to|presid\w+|dissol\w+|summon\w+|prorogu\w+|amend(?:ed|s)|ratif\w+|inserted|added|came into (?:force|effect|being)|set up|founded|launched|enacted|passed by|headed|chaired|led by|drafted|moved|borrowed|taken from|came from|derived|reserved|entitled|exercis\w+|remov(?:ed|es)|impeach\w+|emerged as|became|bifurcated|includ(?:es?|ed)|inaugurated|demand(?:s|ed)|allows?|does not (?:allow|have|apply|permit|extend)|forbids?|grants?|requires?|permits?|restrict\w*|impos\w+|enforceable|protects?|denied|deprived|entitl\w+|appl(?:y|ies|ied)|subject to|expanded|extended|limits?|promulgat\w+|propos\w+|signed|capital|formed|created|nominat\w+|regulat\w+|enforc\w+|interpret\w+|declar\w+|abolition|jurisdiction|majority of|members? of|term of|divided into|blows?|strikes?|settles?|lies|shifts?|rises?|withdraws?|cross(?:es)?|bends?|causes?|gives? rise to|brings?|carr(?:y|ies)|heats?|cools?|covers?|drains?|joins?|extends?|stretch(?:es)?|separates?|produces?|converts?|absorbs?|releases?|forms?|begins?|sets in|gets|warms|weakens|strengthens|steers|held that|ruled that|struck down|upheld)\b/i

export const EXCLUSIVE =
  /\b(?:only|alone|exclusive(?:ly)?|sole|solely|the first|highest|lowest|largest|longest|smallest|oldest|final|supreme|maximum|minimum)\b/i

const VAGUE =
  /\b(?:also|often|usually|sometimes|many|some|several|few|various|certain|generally|mostly|mainly|normally|quite|more or less|large number|in many ways|always|never|popularly|itself|himself|themselves|even|just|ultimately|formally|constantly)\b/gi

/** "The winning candidate …", "The executive and …": which one, only the text around tells. */
const PLAIN_SUBJECT =
  /^(?:The|An?) (?<subject>(?:\p{Ll}[\p{L}-]* ){1,4})(?:is|are|was|were|has|have|had|will|can|may|must|could|would|also|\p{Ll}+ed|\p{Ll}{3,}s (?:the|an?|its|their|all|no))\b/u

const EVALUATIVE =
  /\b(?:successful|success|remarkable|strong|weak|vibrant|effective(?:ly)?|finest?|wonderful|valuable|intelligent|careful|sensitiv\w+|aspir\w+|cornerstone|spirit|soul|heart|worth|happy|unhappy|bitter|crude|controversial|tension|horrendous|appreciat\w+|celebrat\w+|popular|admir\w+|wide range|pre-eminent|unassailable)\b/i

/** Talk around a fact rather than a fact. */
const LOOSE =
  /\b(?:true|real|matter of|kind|sense|ideal|complex|complicated|challenge|faced|try|tried|tries|trying|want(?:s|ed)?|wish(?:ed|es)?|come up with|took different positions)\b/i
