import { alternativesTo, arrangeOptions, isOrderedTerm } from './choose-alternatives.ts'
import { PLAIN_TERMS, type QuestionDraft, sourceOf } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'
import type { FactSite, WriteContext } from './rules-material.ts'
import { capitalised, wordingOf } from './wording.ts'

/** A verbatim sentence with its key term left out. Undefined when too few other terms fit the blank. */
export function writeCloze({ sentence, fact }: FactSite, context: WriteContext): QuestionDraft | undefined {
  const { bank, random, places } = context
  const { term } = fact
  const { text } = sentence
  const alternatives = alternativesTo(term, { text, bank, random, asOptions: true })
  const key = { text: term.text, ordered: isOrderedTerm(term), ...('value' in term ? { value: term.value } : {}) }
  const arranged = arrangeOptions(key, alternatives, places, context.optionCount)
  if (!arranged) return undefined
  const wording = wordingOf(sentence.language)
  const source = sourceOf(sentence.evidence, context.pageText(sentence.source))
  return {
    ...PLAIN_TERMS,
    style: 'cloze',
    engine: 'rules',
    stem: wording.cloze(text.slice(0, term.start) + wording.blank + text.slice(term.end)),
    ...arranged,
    options: arranged.options.map(capitalised),
    explanation: wording.says(source.quote, sentence.source),
    ...source,
    facts: [foldPhrase(text)],
    answer: foldPhrase(term.text),
  }
}
