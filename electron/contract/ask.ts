import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Box } from './documents.ts'
import { Failure } from './errors.ts'
import { AnswerId, DocumentId } from './ids.ts'
import { SearchHit, SearchScope } from './search.ts'

export const AskEngine = z.enum(['auto', 'ollama', 'extractive'])
export type AskEngine = z.infer<typeof AskEngine>

/** A place in the library that says what the answer says. */
export const Citation = z.object({
  /** From 1: the [n] in the answer. */
  number: z.number().int().positive(),
  documentId: DocumentId,
  path: z.string(),
  title: z.string(),
  /** The file's own page, from 1. */
  page: z.number().int().positive(),
  /** Verbatim from that page. */
  quote: z.string(),
  startOffset: z.number().int(),
  endOffset: z.number().int(),
  /** The quote's rectangles; empty for formats without a page size. */
  boxes: z.array(Box),
})
export type Citation = z.infer<typeof Citation>

/** How well the sources carry a sentence of the answer. */
export const Support = z.enum(['supported', 'weak', 'unsupported'])
export type Support = z.infer<typeof Support>

export const AnswerSentence = z.object({
  text: z.string(),
  support: Support,
  /** Numbers of the citations that carry it. */
  citations: z.array(z.number().int().positive()),
})
export type AnswerSentence = z.infer<typeof AnswerSentence>

export const Answer = z.object({
  id: AnswerId,
  question: z.string(),
  /** The sentences joined, each followed by its [n]. For a refusal, the sentence that says so. */
  answer: z.string(),
  sentences: z.array(AnswerSentence),
  /** Nothing in the library supports an answer. */
  refused: z.boolean(),
  /** Stopped or cut off before its end: what is there is a part. */
  partial: z.boolean(),
  engine: z.enum(['ollama', 'extractive']),
  /** The model's name where one wrote it. */
  model: z.string().optional(),
  citations: z.array(Citation),
  /** The nearest passages, best first: the whole evidence for a refusal. */
  passages: z.array(SearchHit),
  failure: Failure.optional(),
  createdAtMs: z.number(),
  tookMs: z.number(),
})
export type Answer = z.infer<typeof Answer>

export const AskEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stage'), stage: z.enum(['searching', 'waiting', 'reading', 'writing', 'checking']) }),
  z.object({ type: z.literal('passages'), passages: z.array(SearchHit), engine: z.enum(['ollama', 'extractive']) }),
  z.object({ type: z.literal('token'), text: z.string() }),
  z.object({ type: z.literal('answer'), answer: Answer }),
])
export type AskEvent = z.infer<typeof AskEvent>

export const askContract = {
  /** Ends with one 'answer'. Aborting stops the model and keeps the part as a partial answer. */
  ask: oc
    .input(
      z.object({
        question: z.string().trim().min(1).max(2000),
        engine: AskEngine.default('auto'),
        scope: SearchScope.default({}),
      }),
    )
    .output(eventIterator(AskEvent)),
  /** Past answers, newest first. */
  history: oc.input(z.object({ limit: z.number().int().min(1).max(200).default(50) })).output(z.array(Answer)),
  get: oc.input(z.object({ answerId: AnswerId })).output(Answer),
  delete: oc.input(z.object({ answerId: AnswerId })),
}
