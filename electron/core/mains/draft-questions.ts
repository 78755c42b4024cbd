import { countWords } from '#contract/count-words.ts'
import type { SearchHit } from '#contract/search.ts'
import { gatherSentences, type PageText, type SourceSentence } from '../ask/gather-sentences.ts'
import { leaningOpening } from '../quiz/lexicon/leaning-openings.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import { pointsBack } from '../study/pick-central.ts'
import { findTerms } from './find-in-answer.ts'
import type { MainsData, QuestionTemplate } from './read-mains-data.ts'

/** A question before it is kept, with sentences of the library on its topic. */
export interface MainsDraft {
  text: string
  language: 'en' | 'hi'
  directive: string
  format: string
  evidence: SourceSentence[]
}

/** So many sentences must speak of a topic: less is no material for an answer. */
const LEAST_SENTENCES = 2
const MOST_EVIDENCE = 4
const STATEMENT_WORDS = { least: 12, most: 32 }
/** Speakers and cases that a book has introduced before. */
const SPEAKS_TO_READER = /^(?:There|We|You|If|When|In this|At this|Even|On the other|हम|आप)(?![\p{L}\p{M}])/u

/**
 * Questions on a head of the syllabus by rules: its key terms that the library really speaks of, put into the wording of a
 * directive; sentences of the library to be commented on; pairs that it holds both of. The same passages give the
 * same questions, in the same order. `isTaken` leaves out those that are there already.
 */
export function draftMainsQuestions(
  {
    passages,
    pageText,
    terms,
  }: { passages: readonly SearchHit[]; pageText: PageText; terms: { en: string[]; hi: string[] } },
  data: Pick<MainsData, 'templates' | 'pairs'>,
  { count, isTaken }: { count: number; isTaken: (text: string) => boolean },
): MainsDraft[] {
  const sentences = gatherSentences(passages, pageText).filter(({ whole }) => whole)
  const english = draftIn('en', sentences, terms.en, data)
  const hindi = draftIn('hi', sentences, terms.hi, data)
  // What most of the passages are written in comes first.
  const isMostlyHindi = passages.filter(({ text }) => isHindi(text)).length * 2 > passages.length
  const drafts = isMostlyHindi ? [...hindi, ...english] : [...english, ...hindi]
  const seen = new Set<string>()
  return drafts
    .filter(({ text }) => {
      const isNew = !seen.has(text) && !isTaken(text)
      seen.add(text)
      return isNew
    })
    .slice(0, count)
}

interface Topic {
  term: string
  /** As it stands in a sentence: with its article where the library writes one. */
  name: string
  evidence: SourceSentence[]
}

function draftIn(
  language: 'en' | 'hi',
  all: readonly SourceSentence[],
  terms: readonly string[],
  { templates, pairs }: Pick<MainsData, 'templates' | 'pairs'>,
): MainsDraft[] {
  const sentences = all.filter(({ text }) => isHindi(text) === (language === 'hi'))
  const topics = terms
    .map((term): Topic => ({ term, name: nameOf(term, sentences, language), evidence: speakingOf(term, sentences) }))
    .filter(({ evidence }) => evidence.length >= LEAST_SENTENCES)
    .sort((a, b) => b.evidence.length - a.evidence.length)
  const onTopic = templates.filter(({ en }) => en.includes('{topic}') && !en.includes('{other}'))
  const write = (
    template: QuestionTemplate,
    words: Record<string, string>,
    evidence: SourceSentence[],
  ): MainsDraft => ({
    text: template[language].replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? ''),
    language,
    directive: template.directive,
    format: template.format,
    evidence: evidence.slice(0, MOST_EVIDENCE),
  })
  const compared = templates.filter(({ en }) => en.includes('{other}'))
  const comparisons = compared.flatMap((template) =>
    pairs[language].flatMap(([topic, other]) => {
      const [first, second] = [speakingOf(topic, sentences), speakingOf(other, sentences)]
      const enough = first.length >= LEAST_SENTENCES && second.length >= LEAST_SENTENCES
      return enough ? [write(template, { topic, other }, [...first.slice(0, 2), ...second.slice(0, 2)])] : []
    }),
  )
  const comments = templates
    .filter(({ en }) => en.includes('{statement}'))
    .flatMap((template) =>
      statements(sentences, terms).map((sentence) =>
        write(template, { statement: asStatement(sentence.text) }, [sentence]),
      ),
    )
  // Each round gives every topic another directive, so that few questions are not all of one kind.
  const rounds = onTopic.flatMap((_, round) =>
    topics.flatMap(({ name, evidence }, i) => {
      const template = onTopic[(i + round) % onTopic.length]
      return template ? [write(template, { topic: name }, evidence)] : []
    }),
  )
  return weave(rounds, comments.slice(0, 12), comparisons)
}

/** Three on topics, then one of the others: as a paper mixes them. */
function weave(main: readonly MainsDraft[], ...others: readonly (readonly MainsDraft[])[]): MainsDraft[] {
  const rest = others.map((list) => [...list])
  const woven: MainsDraft[] = []
  for (const [i, draft] of main.entries()) {
    woven.push(draft)
    if (i % 3 === 2) {
      const next = rest[Math.floor(i / 3) % rest.length]?.shift() ?? rest.find((list) => list.length > 0)?.shift()
      if (next) woven.push(next)
    }
  }
  return [...woven, ...rest.flat()]
}

function speakingOf(term: string, sentences: readonly SourceSentence[]): SourceSentence[] {
  const bare = term.replace(/^the /, '')
  return sentences.filter(({ text }) => findTerms(text, [bare]).length > 0)
}

/** "the Supreme Court", but "judicial review": as most sentences have it. */
function nameOf(term: string, sentences: readonly SourceSentence[], language: 'en' | 'hi'): string {
  if (language === 'hi') return term
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  let count = 0
  let withArticle = 0
  for (const { text } of sentences) {
    for (const match of text.matchAll(new RegExp(`(\\bthe\\s+)?\\b${escaped}\\b(?!\\s+[A-Z])`, 'gi'))) {
      count++
      if (match[1]) withArticle++
    }
  }
  // A single word is often an adjective: "executive power" says nothing of "the executive".
  const leastShare = /^\p{L}*[^s\s]$/u.test(term) ? 0.25 : 0.5
  return count > 0 && withArticle > count * leastShare ? `the ${term}` : term
}

function statements(sentences: readonly SourceSentence[], terms: readonly string[]): SourceSentence[] {
  return sentences.filter(({ text }) => {
    const words = countWords(text)
    return (
      words >= STATEMENT_WORDS.least &&
      words <= STATEMENT_WORDS.most &&
      !pointsBack(text) &&
      leaningOpening(text) === undefined &&
      !SPEAKS_TO_READER.test(text) &&
      !/[?:“”"]/.test(text) &&
      findTerms(text, terms).length > 0 &&
      wordsOf(text).some(({ folded }) => CLAIMS.has(folded))
    )
  })
}

/** What can be argued over, not only noted. */
const CLAIMS = new Set(
  'must should essential necessary important protect protects ensure ensures democracy democratic liberty equality justice freedom independence independent accountable responsible power powers limits limit balance check representative rights dignity reform reforms चाहिए आवश्यक ज़रूरी महत्वपूर्ण लोकतंत्र लोकतांत्रिक स्वतंत्रता समानता न्याय उत्तरदायी अधिकार शक्ति संतुलन सुधार'.split(
    ' ',
  ),
)

const asStatement = (text: string) => text.replace(/\s+/g, ' ').trim()
