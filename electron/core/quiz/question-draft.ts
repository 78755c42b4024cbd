import type { DocumentId } from '#contract/ids.ts'
import type { QuestionStyle } from '#contract/quiz.ts'
import type { SourceSentence } from './read-material.ts'

/** A question before it is checked and kept: the same shape from both engines. */
export interface QuestionDraft {
  style: QuestionStyle
  engine: 'ollama' | 'rules'
  stem: string
  statements: string[]
  prompt: string
  options: string[]
  answerIndex: number
  explanation: string
  documentId: DocumentId
  pageNumber: number
  /** Verbatim from the page's text between the offsets, whitespace apart. */
  quote: string
  startOffset: number
  endOffset: number
  /** The sentences it rests on, each enough to tell another question on the same fact. */
  facts: string[]
  /** What a person has to know: the key, or for statements the facts that decide. */
  answer: string
  /** Which statements are true; empty for other styles. */
  truths: boolean[]
  /** Options are codes ("1 and 2 only") in their usual order, not terms. */
  coded: boolean
}

/** The place of one sentence, or of the stretch of a page from the first to the last of several. */
export function sourceOf(
  sentences: readonly [SourceSentence, ...SourceSentence[]],
  pageText: string,
): Pick<QuestionDraft, 'documentId' | 'pageNumber' | 'quote' | 'startOffset' | 'endOffset'> {
  const [{ documentId, pageNumber }] = sentences
  const startOffset = Math.min(...sentences.map((sentence) => sentence.startOffset))
  const endOffset = Math.max(...sentences.map((sentence) => sentence.endOffset))
  const quote = pageText.slice(startOffset, endOffset).replace(/\s+/g, ' ').trim()
  return { documentId, pageNumber, quote, startOffset, endOffset }
}
