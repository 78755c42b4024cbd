import { type Definition, findDefinition } from './find-definitions.ts'
import { type DatedEvent, findEvent } from './find-events.ts'
import { findToldReason, type ToldReason } from './find-explanations.ts'
import { type Fact, findFacts } from './find-facts.ts'
import { countCapitals, findNames, type NameTerm } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'
import { findPairs, type TruePair } from './find-pairs.ts'
import { findForeignScope } from './find-scope.ts'
import { judgeHindiSentence } from './judge-hindi-sentence.ts'
import { isProse, judgeSentence } from './judge-sentence.ts'
import type { QuestionDraft } from './question-draft.ts'
import { contentWords, foldPhrase, isHindi } from './quiz-text.ts'
import type { Material, SourceSentence } from './read-material.ts'
import { resolveReference } from './resolve-reference.ts'
import type { Random } from './seeded-random.ts'
import { makeTermBank, type PagedSentence, type TermBank } from './term-bank.ts'
import { countKeyWords, weighSentence } from './weigh-sentence.ts'

/** A sentence that stands by itself, with what is in it. */
export interface JudgedSentence {
  language: 'en' | 'hi'
  source: SourceSentence
  /** The sentence, after the one that has the name it points to where it begins with "It" or "The Assembly". */
  evidence: readonly [SourceSentence, ...SourceSentence[]]
  /** As a question shows it. */
  text: string
  /** The text folded: what tells it from others, and its content words. Kept, as a sentence is weighed beside hundreds. */
  fact: string
  words: ReadonlySet<string>
  names: readonly NameTerm[]
  facts: readonly Fact[]
  definition: Definition | undefined
  /** How much an examiner would find in it; from 2 on it can be a statement. */
  weight: number
}

export interface FactSite {
  sentence: JudgedSentence
  fact: Fact
}

export interface DefinitionSite {
  sentence: JudgedSentence
  definition: Definition
}

/** What the rules know of the chosen documents. */
export interface RulesMaterial {
  judged: readonly JudgedSentence[]
  definitions: readonly DefinitionSite[]
  events: readonly DatedEvent[]
  pairs: readonly TruePair[]
  /** The reason a sentence tells, where it tells one. */
  reasonOf(sentence: JudgedSentence): ToldReason | undefined
  bank: TermBank
}

/** What a writer is given beside its sentence. */
export interface WriteContext extends Omit<RulesMaterial, 'judged'> {
  random: Random
  /** Wished places of the key, best first. */
  places: readonly number[]
  /** As the exam prints them: four or five. */
  optionCount: number
  pageText(source: SourceSentence): string
  judgedOnPage(source: SourceSentence): readonly JudgedSentence[]
  /** Sentences of the same document at most `reach` places before or after, in reading order. */
  judgedNear(source: SourceSentence, reach: number): readonly JudgedSentence[]
  /** Whether a draft is as hard as wished. */
  suits(draft: QuestionDraft): boolean
  /** Not used by another question of the set. */
  isFree(sentence: JudgedSentence): boolean
}

/** What the rules know, of certain sentences alone; the terms of the others still serve as wrong options. */
export function narrowRules(rules: RulesMaterial, isMeant: (source: SourceSentence) => boolean): RulesMaterial {
  const holds = ({ sentence }: { sentence: JudgedSentence }) => isMeant(sentence.source)
  return {
    ...rules,
    judged: rules.judged.filter(({ source }) => isMeant(source)),
    definitions: rules.definitions.filter(holds),
    events: rules.events.filter(holds),
    pairs: rules.pairs.filter(holds),
  }
}

function foldedOf(text: string): Pick<JudgedSentence, 'fact' | 'words'> {
  return { fact: foldPhrase(text), words: new Set(contentWords(text)) }
}

/** Sentences between two turns of the event loop. */
const BATCH = 200

/**
 * Judges every sentence of the chosen documents and gathers the terms of these
 * and of other sentences of the library. Gives the event loop its turn as it
 * goes; rejects when the signal aborts.
 */
export async function readRulesMaterial(
  material: Material,
  otherSentences: readonly PagedSentence[],
  signal: AbortSignal,
): Promise<RulesMaterial> {
  const sentences = [
    ...material.sentences.map(({ text, documentId, pageNumber }) => ({ text, page: `${documentId} ${pageNumber}` })),
    ...otherSentences,
  ]
  const capitals = countCapitals(sentences.map((sentence) => sentence.text))
  // Captions and tables would make names of what is none.
  const bank = makeTermBank(
    sentences.filter((sentence) => isProse(sentence.text)),
    capitals,
  )
  const foreign = findForeignScope(material.sentences)
  const keyWords = countKeyWords(material.sentences)
  const judged: JudgedSentence[] = []
  const read: { source: SourceSentence; names: readonly NameTerm[] }[] = []
  for (const [at, source] of material.sentences.entries()) {
    if (at % BATCH === BATCH - 1) {
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
    }
    if (isHindi(source.text)) {
      const verdict = judgeHindiSentence(source.text)
      if (!verdict.standsAlone) continue
      const numbers = findNumbers(verdict.text)
      const facts = findFacts(verdict.text, [], numbers)
      judged.push({
        language: 'hi',
        source,
        evidence: [source],
        text: verdict.text,
        ...foldedOf(verdict.text),
        names: [],
        facts,
        definition: undefined,
        weight: 1.5 + numbers.length,
      })
      continue
    }
    const resolved = resolveReference(source, read.slice(-10))
    read.push({ source, names: findNames(source.text, capitals) })
    if (foreign.has(source)) continue
    const verdict = judgeSentence(resolved?.text ?? source.text)
    if (!verdict.standsAlone) continue
    const { text } = verdict
    const names = findNames(text, capitals)
    const numbers = findNumbers(text)
    const definition = findDefinition(text)
    judged.push({
      language: 'en',
      source,
      evidence: resolved ? [resolved.antecedent, source] : [source],
      text,
      ...foldedOf(text),
      names,
      facts: findFacts(text, names, numbers),
      definition,
      weight: weighSentence(text, {
        names,
        numbers,
        isDefinition: definition !== undefined,
        isKnown: bank.isKnown,
        keyWords,
      }),
    })
  }
  const events = new Map<JudgedSentence, DatedEvent>()
  const reasons = new Map<JudgedSentence, ToldReason>()
  for (const [at, sentence] of judged.entries()) {
    const event = findEvent(sentence)
    if (event) events.set(sentence, event)
    const reason = findToldReason(sentence, judged[at - 1])
    if (reason) reasons.set(sentence, reason)
  }
  return {
    judged,
    definitions: judged.flatMap((sentence) =>
      sentence.definition ? [{ sentence, definition: sentence.definition }] : [],
    ),
    events: [...events.values()],
    pairs: judged.flatMap((sentence) => findPairs(sentence, events.get(sentence))),
    reasonOf: (sentence) => reasons.get(sentence),
    bank,
  }
}
