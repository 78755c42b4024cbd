import type { DocumentId } from '#contract/ids.ts'
import type { QuestionStyle } from '#contract/quiz.ts'
import type { Code } from './question-styles.ts'
import type { SourceSentence } from './read-material.ts'

/** A stretch of one page that a question rests on. */
export interface QuotedSpan {
  documentId: DocumentId
  /** From 1. */
  pageNumber: number
  /** Verbatim from the page's text between the offsets, whitespace apart. */
  quote: string
  /** UTF-16, into the page's text. */
  startOffset: number
  endOffset: number
}

/** A question before it is checked and kept: the same shape from both engines. */
export interface QuestionDraft extends QuotedSpan {
  style: QuestionStyle
  engine: 'ollama' | 'rules'
  stem: string
  statements: string[]
  /** What stands before each statement ("Statement-I:"); empty for plain numbers. */
  labels: string[]
  prompt: string
  /**
   * What the options are: terms, each an answer of its own · codes that say which statements are true ·
   * statements, of which the key is the false one · orders of the dated statements.
   */
  answers: 'terms' | 'codes' | 'statements' | 'orders'
  options: string[]
  answerIndex: number
  explanation: string
  /** Further stretches it rests on, where its items stand on several pages. */
  otherSources: QuotedSpan[]
  /** The sentences it rests on, each enough to tell another question on the same fact. */
  facts: string[]
  /** What a person has to know: the key, or for statements the facts that decide. */
  answer: string
  /** Which statements are true, or which options where those are statements; empty for other styles. */
  truths: boolean[]
  /** Where the first statement is true: which of the true ones after it, numbered from 1, are told as its reasons. */
  explains?: readonly number[]
  /** What each option says, for `codes`. */
  codes: Code[]
  /** For `orders`: the year of each statement. */
  years: number[]
}

/** What a draft leaves empty unless its style says otherwise. */
export const PLAIN_TERMS = {
  statements: [],
  labels: [],
  prompt: '',
  answers: 'terms',
  otherSources: [],
  truths: [],
  codes: [],
  years: [],
} satisfies Partial<QuestionDraft>

/** All stretches a draft rests on. */
export function spansOf(draft: QuestionDraft): QuotedSpan[] {
  const { documentId, pageNumber, quote, startOffset, endOffset } = draft
  return [{ documentId, pageNumber, quote, startOffset, endOffset }, ...draft.otherSources]
}

/** The place of one sentence, or of the stretch of a page from the first to the last of several. */
export function sourceOf(sentences: readonly [SourceSentence, ...SourceSentence[]], pageText: string): QuotedSpan {
  const [{ documentId, pageNumber }] = sentences
  const startOffset = Math.min(...sentences.map((sentence) => sentence.startOffset))
  const endOffset = Math.max(...sentences.map((sentence) => sentence.endOffset))
  const quote = pageText.slice(startOffset, endOffset).replace(/\s+/g, ' ').trim()
  return { documentId, pageNumber, quote, startOffset, endOffset }
}
