import { alternativesTo, startsWithVowelSound } from './choose-alternatives.ts'
import type { Fact } from './find-facts.ts'
import { CONTRASTS } from './lexicon/contrasts.ts'
import { contentWords } from './quiz-text.ts'
import type { Random } from './seeded-random.ts'
import type { TermBank } from './term-bank.ts'
import { capitalised } from './wording.ts'

/** A true sentence made false by one term of the same kind put for another. */
export interface ChangedFact {
  text: string
  /** What the changed sentence says, and what stood there. */
  now: string
  was: string
}

/** Ways to make a sentence false, the surest first; each differs from it in one term alone. */
export function changeFact(text: string, facts: readonly Fact[], bank: TermBank, random: Random): ChangedFact[] {
  const byFact = facts.flatMap((fact) => {
    const { term } = fact
    // Its short form beside it would give the change away: "the Finance Commission (ECI)".
    if (/^ \([A-Z]/.test(text.slice(term.end))) return []
    // The best name, but one of the best numbers: else false statements would all be one year off.
    const alternatives = alternativesTo(term, { text, bank, random, asOptions: false })
    const [alternative] = 'write' in term ? random.shuffle(alternatives.slice(0, 3)) : alternatives
    if (!alternative) return []
    return [
      {
        text: replaced(text, term.start, term.end, alternative.inSentence),
        now: alternative.inSentence,
        was: term.text,
      },
    ]
  })
  return random.shuffle([...byFact, ...exchangeTerms(text, facts), ...changeContrasts(text, bank, random)])
}

/**
 * Two terms of a kind put in each other's place: "the president is the head of
 * the government and the prime minister the head of the state". Not where they
 * stand side by side, where the order says nothing.
 */
function exchangeTerms(text: string, facts: readonly Fact[]): ChangedFact[] {
  return facts.flatMap(({ term: first }, at) => {
    const second = facts.slice(at + 1).find(({ term }) => term.kind === first.kind)?.term
    if (!second || !('write' in first) || !('write' in second)) return []
    const between = text.slice(first.end, second.start)
    if (first.end > second.start || first.text === second.text || first.unit !== second.unit) return []
    if (between.split(' ').length < 5) return []
    // "Seventy percent … 91 %": whoever sets numbers out does not mix words and figures.
    if (/\d/.test(first.text) !== /\d/.test(second.text)) return []
    const isOpening = first.start === 0 && first.kind !== 'month'
    const [one, other] = isOpening ? [capitalised(second.text), uncapitalised(first.text)] : [second.text, first.text]
    const swapped = text.slice(0, first.start) + one + between + other + text.slice(second.end)
    return [{ text: swapped, now: `${one} … ${other}`, was: `${first.text} … ${second.text}` }]
  })
}

function changeContrasts(text: string, bank: TermBank, random: Random): ChangedFact[] {
  const lower = text.toLowerCase()
  return CONTRASTS.flatMap(({ members, when }) => {
    if (when && !when.test(text)) return []
    const present = members.filter((member) => new RegExp(`(?<![\\p{L}-])${member}(?![\\p{L}-])`, 'u').test(lower))
    const [member] = present
    if (present.length !== 1 || member === undefined) return []
    const start = lower.search(new RegExp(`(?<![\\p{L}-])${member}(?![\\p{L}-])`, 'u'))
    const end = start + member.length
    // Twice in the sentence: changing one leaves it at odds with itself.
    if (lower.indexOf(member, end) >= 0) return []
    const [other = ''] = random.shuffle(members.filter((candidate) => candidate !== member))
    const was = text.slice(start, end)
    const now = sameCase(was, other)
    // In a name ("Lower Saxony") the other word makes a name that may not be anything.
    const next = /^ \p{Lu}[\p{L}-]+/u.exec(text.slice(end))?.[0]
    if (next && /^\p{Lu}/u.test(was) && start > 0 && bank.mentions(now + next) === 0) return []
    if (bank.supports(now, contentWords(text.slice(0, start) + text.slice(end)))) return []
    return [{ text: replaced(text, start, end, now), now, was }]
  })
}

/** Puts `now` in the place, and mends an article before it. */
function replaced(text: string, start: number, end: number, now: string): string {
  const before = text
    .slice(0, start)
    .replace(/\b([Aa])n? $/, (_, article: string) => (startsWithVowelSound(now) ? `${article}n ` : `${article} `))
  return before + (start === 0 ? now.charAt(0).toUpperCase() + now.slice(1) : now) + text.slice(end)
}

const uncapitalised = (text: string) =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

function sameCase(model: string, words: string): string {
  if (model === model.toLowerCase()) return words
  const each = /[ -]\p{Lu}/u.test(model)
  return each
    ? words.replace(/(?:^|(?<=[ -]))(?!(?:of|the)\b)\p{Ll}/gu, (letter) => letter.toUpperCase())
    : words.charAt(0).toUpperCase() + words.slice(1)
}
