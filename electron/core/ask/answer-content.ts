import type { Answer, AnswerSentence, Citation } from '#contract/ask.ts'
import type { StudyError } from '../errors.ts'
import type { Embedder } from '../ports.ts'
import { isHindi } from '../search/query-words.ts'
import type { ReadDb } from '../store/connection.ts'
import { NO_ANSWER } from './build-prompt.ts'
import { type CheckedSentence, checkGrounding } from './check-grounding.ts'
import { asQuote, type CitedStretch, citeSentence } from './cite-sentence.ts'
import { extractAnswer } from './extract-answer.ts'
import type { Evidence } from './find-evidence.ts'
import type { ModelReply } from './write-with-model.ts'

/** The part of an answer that its engine makes. */
export type Content = Pick<Answer, 'answer' | 'sentences' | 'citations' | 'refused' | 'partial'> & {
  failure?: StudyError
}

const REFUSAL = {
  en: 'Your documents do not answer this. These passages come nearest.',
  hi: 'आपके दस्तावेज़ों में इसका उत्तर नहीं मिला। सबसे नज़दीकी अंश नीचे हैं।',
}

/** The plain statement that there is no answer, in the question's language. */
export function refusal(question: string): Content {
  const answer = isHindi(question) ? REFUSAL.hi : REFUSAL.en
  return { answer, sentences: [], citations: [], refused: true, partial: false }
}

/** The documents' own sentences that answer, each with its citation; or a refusal. */
export function extractedContent(db: ReadDb, evidence: Evidence): Content {
  return quotedContent(db, evidence.question.text, extractAnswer(evidence))
}

/** Sentences as they stand, each with its citation; a refusal where there are none. */
export function quotedContent(
  db: ReadDb,
  question: string,
  chosen: readonly (CitedStretch & { lead?: string })[],
): Content {
  if (chosen.length === 0) return refusal(question)
  const citations = chosen.map((sentence, i) => citeSentence(db, i + 1, sentence))
  const sentences = citations.map(
    ({ quote, number }, i): AnswerSentence => ({
      text: readable(quote, chosen[i]?.lead),
      support: 'supported',
      citations: [number],
    }),
  )
  return { answer: joined(sentences), sentences, citations, refused: false, partial: false }
}

const LONGEST_LEAD = 240

/** A quote as it is read by itself: a point of a list after what leads it in, and what is begun elsewhere marked so. */
function readable(quote: string, lead: string | undefined): string {
  if (lead === undefined) return /^["'“‘«([]*\p{Ll}/u.test(quote) ? `… ${quote}` : quote
  const plain = asQuote(lead)
  const cut =
    plain.length > LONGEST_LEAD ? `… ${plain.slice(plain.indexOf(' ', plain.length - LONGEST_LEAD) + 1)}` : plain
  return `${cut} ${quote}`
}

/** A model's reply, each sentence held against the sources; a refusal where they carry none of it. */
export async function checkedContent(
  { db, embedder }: { db: ReadDb; embedder: Embedder | undefined },
  { question, reply, sources }: { question: string; reply: ModelReply; sources: Evidence['hits'] },
  signal: AbortSignal,
): Promise<Content> {
  const { failure, stopped, reachedLimit } = reply
  const cut = failure !== undefined || stopped || reachedLimit
  if (!cut && isNoAnswer(reply.text)) return refusal(question)
  const checked = await checkGrounding(embedder, reply.text, sources, signal)
  const content = withCitations(db, checked)
  if (!cut && content.citations.length === 0) return refusal(question)
  return { ...content, refused: false, partial: cut, ...(failure && { failure }) }
}

/** Numbers the stretches that carry sentences, each once. */
export function withCitations(
  db: ReadDb,
  checked: readonly CheckedSentence[],
): Pick<Content, 'answer' | 'sentences' | 'citations'> {
  const citations: Citation[] = []
  const numbers = new Map<string, number>()
  const numberOf = (source: CitedStretch) => {
    const key = [source.hit.documentId, source.hit.page, source.startOffset, source.endOffset].join(' ')
    const known = numbers.get(key)
    if (known !== undefined) return known
    const citation = citeSentence(db, citations.length + 1, source)
    citations.push(citation)
    numbers.set(key, citation.number)
    return citation.number
  }
  const sentences = checked.map(
    ({ text, support, source }): AnswerSentence => ({ text, support, citations: source ? [numberOf(source)] : [] }),
  )
  return { answer: joined(sentences), sentences, citations }
}

/** Small models put the agreed words into a sentence, or in other letters. */
function isNoAnswer(reply: string): boolean {
  const plain = asQuote(reply)
  return (
    plain === '' ||
    new RegExp(`^\\W*${NO_ANSWER}`, 'i').test(plain) ||
    (plain.length < 80 && plain.toUpperCase().includes(NO_ANSWER))
  )
}

function joined(sentences: readonly AnswerSentence[]): string {
  return sentences
    .map(({ text, citations }) => [text, citations.map((number) => `[${number}]`).join('')].filter(Boolean).join(' '))
    .join(' ')
}
