import type { NameTerm } from './find-names.ts'
import type { SourceSentence } from './read-material.ts'

/** A sentence with the name put in for what pointed to it, and the sentence that has the name. */
export interface ResolvedSentence {
  text: string
  antecedent: SourceSentence
}

/** Names a body, a law or a thing, never a person: "it" and "the Assembly" can mean these. */
const THINGS = new Set<NameTerm['kind']>(['institution', 'law', 'feature', 'country', 'river'])
/** How many sentences back a bare "the Assembly" may look for its full name. */
const REACH = 8

/**
 * Puts a name for an opening "It" or "The Assembly" where the sentences before
 * leave no choice: "It" is the subject of the sentence right before when that is
 * a named thing and the only one; "the Assembly" is the one longer name that ends
 * so among the last few sentences of the page. Undefined where there is doubt.
 */
export function resolveReference(
  sentence: SourceSentence,
  before: readonly { source: SourceSentence; names: readonly NameTerm[] }[],
): ResolvedSentence | undefined {
  const near = before.filter(
    ({ source }) =>
      source.documentId === sentence.documentId &&
      source.pageNumber === sentence.pageNumber &&
      source.order < sentence.order &&
      sentence.order - source.order <= REACH,
  )
  return resolveIt(sentence, near.at(-1)) ?? resolveHead(sentence, near)
}

type Named = { source: SourceSentence; names: readonly NameTerm[] }

function resolveIt(sentence: SourceSentence, last: Named | undefined): ResolvedSentence | undefined {
  if (!last || last.source.order !== sentence.order - 1 || last.source.heading !== sentence.heading) return undefined
  const pronoun = /^Its? (?=\p{Ll})/u.exec(sentence.text)?.[0].trim()
  if (
    pronoun === undefined ||
    /^It (?:is|was) (?:\p{Ll}+ly )?(?:\p{Ll}+ )?(?:that|to|not|clear|true|possible|said|believed|felt|necessary|often|argued)\b/u.test(
      sentence.text,
    )
  )
    return undefined
  const opening = /^(?:The |An? )?/.exec(last.source.text)?.[0] ?? ''
  const subject = last.names.find((name) => name.start === opening.length)
  if (!subject || !isThing(subject)) return undefined
  // A rival in the same sentence, of a kind "it" could mean as well, makes it a guess.
  const rest = last.source.text.slice(subject.end)
  if (
    !/^ (?:is|was|has|had|can|may|shall|must|will|\p{L}+(?:s|ed)|met|sat|came|became|began)\b/u.test(rest) &&
    !/^ \([A-Z]/.test(rest)
  )
    return undefined
  const name = pronoun === 'Its' ? `${subject.text}’s` : subject.text
  return { text: `${opening}${name}${sentence.text.slice(pronoun.length)}`, antecedent: last.source }
}

function isThing({ kind, text }: NameTerm): boolean {
  return THINGS.has(kind) || (kind === 'name' && text.includes(' ') && !/s$/.test(text))
}

const BARE_HEAD =
  /\b(?<the>[Tt]he) (?<head>Assembly|Commission|Committee|Council|Court|Board|Act|Bill|Plan|Resolution|Treaty|Party|League|Tribunal|Congress|Sabha|Authority|Corporation|Convention)\b(?! of\b)/u

const bareHead = (head: string) => new RegExp(`\\b[Tt]he ${head}\\b(?! of\\b)`, 'u')

function resolveHead(sentence: SourceSentence, near: readonly Named[]): ResolvedSentence | undefined {
  const match = BARE_HEAD.exec(sentence.text)
  const head = match?.groups?.head
  if (!match || !head) return undefined
  const found = near.flatMap(({ source, names }) =>
    names.filter((name) => name.head === head && name.text.includes(' ')).map((name) => ({ name, source })),
  )
  const last = found.at(-1)
  // "the Commission" stood there before the long name did: it may be another one.
  const isOld = near.some(({ source }) => source.order < (last?.source.order ?? 0) && bareHead(head).test(source.text))
  if (!last || isOld || new Set(found.map(({ name }) => name.text)).size > 1) return undefined
  const text = `${sentence.text.slice(0, match.index)}${match.groups?.the} ${last.name.text}${sentence.text.slice(match.index + match[0].length)}`
  return { text, antecedent: last.source }
}
