import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Failure } from './errors.ts'
import { AnswerId, ConversationId, DocumentId } from './ids.ts'
import { QuotedPlace } from './quoted-place.ts'
import { SearchHit, SearchScope } from './search.ts'

export const AskEngine = z.enum(['auto', 'ollama', 'extractive'])
export type AskEngine = z.infer<typeof AskEngine>

/** What a person marked on a page. */
export const Selection = z.object({
  documentId: DocumentId,
  /** The file's own page, from 1. */
  page: z.number().int().positive(),
  /** As the screen has it: it is found on the page whatever its line breaks are. */
  text: z.string().trim().min(1).max(6000),
})
export type Selection = z.infer<typeof Selection>

/** What is answered from; empty means the whole library. A selection alone counts where there is one. */
export const AskScope = SearchScope.extend({ selection: Selection.optional() })
export type AskScope = z.infer<typeof AskScope>

/** A place in the library that says what the answer says. */
export const Citation = QuotedPlace.extend({
  /** From 1: the [n] in the answer. */
  number: z.number().int().positive(),
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

/** explain: what the selection means, from what else the library says of it. */
export const AskTask = z.enum(['explain'])
export type AskTask = z.infer<typeof AskTask>

/** A turn of a conversation: a question and what was answered. */
export const Answer = z.object({
  id: AnswerId,
  conversationId: ConversationId,
  question: z.string(),
  /** The question as it was answered, where it had to be completed from the turns before it. */
  asked: z.string().optional(),
  /** The marked stretch was to be explained, not asked. */
  task: AskTask.optional(),
  scope: AskScope,
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
  /** Why it is a part; of a whole answer, why the documents' own sentences made it although a model was to. */
  failure: Failure.optional(),
  createdAtMs: z.number(),
  tookMs: z.number(),
})
export type Answer = z.infer<typeof Answer>

export const AskEvent = z.discriminatedUnion('type', [
  /** First: where the answer will stand. */
  z.object({ type: z.literal('begun'), conversationId: ConversationId, answerId: AnswerId }),
  /** The question was completed from the turns before it. */
  z.object({ type: z.literal('rewritten'), asked: z.string() }),
  z.object({
    type: z.literal('stage'),
    /**
     * `completing`: a model completes the follow-up from the turns before it. `waiting`: other calls of the model are
     * before this one. `loading`: the model is read from the disk before it can read anything itself.
     */
    stage: z.enum(['searching', 'completing', 'waiting', 'loading', 'reading', 'writing', 'checking']),
    /** Calls of the model before this one; told with `waiting`, again whenever it changes. */
    ahead: z.number().int().positive().optional(),
    /** How long the model will take for the longest reply, by what it took before. */
    expectedMs: z.number().optional(),
  }),
  z.object({ type: z.literal('passages'), passages: z.array(SearchHit), engine: z.enum(['ollama', 'extractive']) }),
  z.object({ type: z.literal('token'), text: z.string() }),
  z.object({ type: z.literal('answer'), answer: Answer }),
])
export type AskEvent = z.infer<typeof AskEvent>

/** A conversation as a list shows it. */
export const Conversation = z.object({
  id: ConversationId,
  /** Its first question until it is renamed. */
  title: z.string(),
  turnCount: z.number().int().positive(),
  /** Of its last turn. */
  last: z.object({ refused: z.boolean(), partial: z.boolean(), citationCount: z.number().int() }),
  createdAtMs: z.number(),
  /** When the last question was asked. */
  updatedAtMs: z.number(),
})
export type Conversation = z.infer<typeof Conversation>

const ofConversation = z.object({ conversationId: ConversationId })

export const askContract = {
  /** Ends with one 'answer'. Aborting stops the model and keeps the part as a partial answer. */
  ask: oc
    .input(
      z.object({
        question: z.string().trim().min(1).max(2000),
        engine: AskEngine.default('auto'),
        scope: AskScope.default({}),
        /** The conversation that the question goes on with; a new one when absent. */
        conversationId: ConversationId.optional(),
        /** Without one, the question is answered. */
        task: AskTask.optional(),
        /** An answer of it that the new one takes the place of. */
        replaces: AnswerId.optional(),
      }),
    )
    .output(eventIterator(AskEvent)),
  /** Writes a partial answer of a model on from where it stopped; ends with one 'answer', which takes its place. */
  resume: oc.input(z.object({ answerId: AnswerId })).output(eventIterator(AskEvent)),
  /** Stops an answer that is being made: its stream ends with the part. One that is finished is left alone. */
  stop: oc.input(z.object({ answerId: AnswerId })),
  /** Newest first; with `query`, those whose title, questions or answers hold all its words. */
  conversations: oc
    .input(z.object({ query: z.string().max(200).default(''), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.array(Conversation)),
  /** The turns, oldest first. */
  conversation: oc.input(ofConversation).output(z.object({ conversation: Conversation, answers: z.array(Answer) })),
  rename: oc.input(ofConversation.extend({ title: z.string().trim().min(1).max(300) })).output(Conversation),
  /** Out of every list at once; `restore` brings it back until the app is closed. */
  delete: oc.input(ofConversation),
  restore: oc.input(ofConversation).output(Conversation),
}
