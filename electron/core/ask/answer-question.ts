import type { Answer, AskEngine, AskEvent, AskScope, AskTask } from '#contract/ask.ts'
import { AnswerId, ConversationId } from '#contract/ids.ts'
import type { ModelProvider } from '#contract/usage.ts'
import { StudyError } from '../errors.ts'
import type { AnswerCache } from '../models/answer-cache.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { Searcher } from '../search/search-library.ts'
import { findTurn, purgeConversations, readTurns } from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'
import { type Content, checkedContent, extractedContent, quotedContent } from './answer-content.ts'
import { buildPrompt, continuePrompt, type Prompt } from './build-prompt.ts'
import { type Conversations, makeConversations } from './conversations.ts'
import { findExplanation } from './explain-selection.ts'
import { type Evidence, findEvidence } from './find-evidence.ts'
import { keepTurn, type MadeBy, type TurnKeeper } from './keep-turn.ts'
import { recoverDrafts } from './recover-drafts.ts'
import { toEarlierTurn } from './rewrite-by-rules.ts'
import { rewriteFollowUp } from './rewrite-follow-up.ts'
import { type ModelReply, replyFromCache, writeWithModel } from './write-with-model.ts'

export interface AskInput {
  question: string
  engine: AskEngine
  scope: AskScope
  /** Explains the scope's selection instead of answering. */
  task?: AskTask | undefined
  /** The conversation that the question goes on with. */
  conversationId?: ConversationId | undefined
  /** An answer of it whose place the new one takes. */
  replaces?: AnswerId | undefined
}

export interface AskerParts {
  store: Store
  searcher: Searcher
  embedder: () => Embedder | undefined
  model: LanguageModel
  /** Whose model it is, as the ledger and the cache name it; Ollama's where absent. */
  provider?: () => ModelProvider
  /** Replies that need not be asked for twice; none is kept without it. */
  cache?: Pick<AnswerCache, 'find' | 'keep'>
  ids: Ids
  clock: Clock
}

export interface Asker extends Conversations {
  /**
   * Answers from the library alone, and ends with one 'answer', which is stored. What a model
   * writes is stored as it comes: whatever ends it in the middle leaves its part, marked so. Throws StudyError:
   * `cancelled` where nothing was written yet, `not-found`, and what is wrong with a model that was asked for by name.
   */
  ask(input: AskInput, signal?: AbortSignal): AsyncIterable<AskEvent>
  /** Has a model go on with a part of its own. Throws `not-found`, `bad-input` for an answer that is whole. */
  resume(input: { answerId: AnswerId }, signal?: AbortSignal): AsyncIterable<AskEvent>
  /** Ends an answer that is being made; its stream goes on to tell the part. */
  stop(input: { answerId: AnswerId }): void
  /** At the start: settles what a crash left half-written, and removes what was deleted. */
  recover(): Promise<void>
}

/** What a model is to write. */
interface ModelTurn {
  prompt: Prompt
  question: string
  task: AskTask | undefined
  by: MadeBy
  /** What it wrote before, to go on from. */
  known?: string
}

const PASSAGES_SHOWN = 8
/** Far below the log-odds of an answer: a model may read between the lines, but is not asked about what is not there. */
const READABLE_LOG_ODDS = -3.5

/** Answers questions from the library, by a model that is held to it or by its own sentences. */
export function makeAsker(parts: AskerParts): Asker {
  const { store, searcher, embedder, model, cache, ids, clock } = parts
  const db = store.reader
  /** What ends each answer that is being made. */
  const running = new Map<AnswerId, AbortController>()

  /** The model to write with; undefined where the library's own sentences answer. */
  async function chooseWriter(engine: AskEngine, signal: AbortSignal): Promise<string | undefined> {
    if (engine === 'extractive') return undefined
    const status = await model.status(signal)
    if (status.state === 'ready') return status.model ?? ''
    if (engine === 'auto') return undefined
    const code =
      status.state === 'unreachable'
        ? 'model-unreachable'
        : status.state === 'no-model'
          ? 'model-missing'
          : 'model-refused'
    throw new StudyError(code, status.message)
  }

  /** Runs a stream under a signal that `stop` can end too. */
  async function* stoppable(
    id: AnswerId,
    given: AbortSignal | undefined,
    run: (signal: AbortSignal) => AsyncGenerator<AskEvent>,
  ): AsyncGenerator<AskEvent> {
    const stopping = new AbortController()
    running.set(id, stopping)
    try {
      yield* run(given ? AbortSignal.any([given, stopping.signal]) : stopping.signal)
    } finally {
      running.delete(id)
    }
  }

  /**
   * Has the model write a turn, and settles it. False where it fell before its first
   * word and nothing is kept: then the documents' own sentences may still answer.
   */
  async function* writeTurn(
    turn: TurnKeeper,
    { prompt, question, task, by, known = '' }: ModelTurn,
    { signal, mayFall, fresh }: { signal: AbortSignal; mayFall: boolean; fresh: boolean },
  ): AsyncGenerator<AskEvent, boolean> {
    const reply: ModelReply = { text: known, stopped: false, reachedLimit: false }
    const check = (checking: AbortSignal): Promise<Content> =>
      checkedContent({ db, embedder: embedder() }, { question, reply, sources: prompt.sources }, checking)
    const key = {
      provider: parts.provider?.() ?? 'ollama',
      model: by.model ?? '',
      feature: task === 'explain' ? ('explain' as const) : ('ask' as const),
      question,
      passages: prompt.sources.map(({ text }) => text),
      prompt: prompt.messages[0]?.content ?? '',
    }
    const cached = fresh || known !== '' ? undefined : cache?.find(key)
    turn.begin(by, known)
    let settled = false
    try {
      if (cached) yield* replyFromCache(cached.text, reply)
      else yield* writeWithModel({ model, clock, feature: key.feature, onText: turn.draft }, prompt, reply, signal)
      const fell = reply.failure !== undefined && reply.text.trim() === ''
      if (fell) {
        turn.drop()
        settled = true
        if (reply.stopped || !mayFall) throw reply.failure
        return false
      }
      if (!cached && reply.usage && reply.failure === undefined && !reply.reachedLimit && known === '') {
        cache?.keep(key, { text: reply.text, ...reply.usage })
      }
      yield { type: 'stage', stage: 'checking' }
      // What was written until a stop is checked too: the stop was meant for the model.
      const answer = turn.settle(await check(reply.stopped ? new AbortController().signal : signal), by)
      settled = true
      yield { type: 'answer', answer }
      return true
    } finally {
      // The reader went away in the middle: what was written is kept all the same.
      if (!settled && reply.text.trim() === '') turn.drop()
      else if (!settled) {
        reply.stopped = true
        reply.failure ??= new StudyError('cancelled', 'Stopped. What was written so far is kept.')
        turn.settle(await check(new AbortController().signal), by)
      }
    }
  }

  async function* answer(
    { question, engine, scope, task, conversationId, replaces }: AskInput,
    id: AnswerId,
    signal: AbortSignal,
  ): AsyncGenerator<AskEvent> {
    const startedAtMs = clock.monotonicMs()
    const conversation = conversationId ?? ConversationId.parse(ids.next())
    yield { type: 'begun', conversationId: conversation, answerId: id }
    yield { type: 'stage', stage: 'searching' }
    const writer = await chooseWriter(engine, signal)
    const turns = task ? [] : earlierTurns(conversationId, replaces)
    const asked = await rewriteFollowUp(question, turns, {
      model: writer === undefined ? undefined : model,
      signal,
    })
    if (asked) yield { type: 'rewritten', asked }
    const complete = asked ?? question
    const looking = { db, searcher, embedder }
    const { evidence, explaining } = task
      ? await findExplanation(looking, selectionOf(scope), signal)
      : { evidence: await findEvidence(looking, { text: complete, scope }, signal), explaining: undefined }
    const passages = evidence.hits.slice(0, PASSAGES_SHOWN)
    const turn = keepTurn(
      { store, clock },
      { id, conversationId: conversation, question, asked, task, scope, passages, startedAtMs, replaces },
    )
    if (writer !== undefined && (scope.selection || isReadable(evidence))) {
      const by = { engine: 'ollama', ...(writer !== '' && { model: writer }) } as const
      yield { type: 'passages', passages, engine: 'ollama' }
      const prompt = task
        ? buildPrompt(selectionOf(scope).text, evidence.hits, task)
        : buildPrompt(complete, evidence.hits)
      const options = { signal, mayFall: engine !== 'ollama', fresh: replaces !== undefined }
      if (yield* writeTurn(turn, { prompt, question: complete, task, by }, options)) return
    }
    yield { type: 'passages', passages, engine: 'extractive' }
    yield { type: 'stage', stage: 'reading' }
    if (signal.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: signal.reason })
    const content = explaining ? quotedContent(db, question, explaining) : extractedContent(db, evidence)
    const settled = turn.settle(content, { engine: 'extractive' })
    if (!settled.refused) yield { type: 'token', text: settled.answer }
    yield { type: 'answer', answer: settled }
  }

  /** What a follow-up may point at: the turns before it, and before the one it replaces. */
  function earlierTurns(conversationId: ConversationId | undefined, replaces: AnswerId | undefined) {
    if (!conversationId) return []
    const turns = readTurns(db, conversationId)
    const at = turns.findIndex(({ id }) => id === replaces)
    return turns.slice(0, at < 0 ? undefined : at).map(toEarlierTurn)
  }

  async function* goOn(part: Answer, signal: AbortSignal): AsyncGenerator<AskEvent> {
    const { id, conversationId, question, asked, task, scope, passages, createdAtMs, tookMs } = part
    const startedAtMs = clock.monotonicMs()
    yield { type: 'begun', conversationId, answerId: id }
    const writer = await chooseWriter('ollama', signal)
    yield { type: 'passages', passages, engine: 'ollama' }
    const written = part.sentences.map(({ text }) => text).join(' ')
    const turn = keepTurn(
      { store, clock },
      {
        id,
        conversationId,
        question,
        asked,
        task,
        scope,
        passages,
        startedAtMs,
        replaces: undefined,
        resumed: { createdAtMs, tookMs },
      },
    )
    const whole = task ? buildPrompt(selectionOf(scope).text, passages, task) : buildPrompt(asked ?? question, passages)
    const prompt = continuePrompt(whole, written)
    const known = written === '' ? '' : `${written} `
    if (known !== '') yield { type: 'token', text: known }
    const by = { engine: 'ollama', ...(writer && { model: writer }) } as const
    const options = { signal, mayFall: false, fresh: true }
    yield* writeTurn(turn, { prompt, question: asked ?? question, task, by, known }, options)
  }

  return {
    ...makeConversations({ store, clock }),
    ask(input, given) {
      const id = AnswerId.parse(ids.next())
      return stoppable(id, given, (signal) => answer(input, id, signal))
    },
    resume({ answerId }, given) {
      const part = findTurn(db, answerId)
      if (!part) throw new StudyError('not-found', 'This answer is no longer there. Ask the question again.')
      if (!part.partial) throw new StudyError('bad-input', 'This answer is whole: there is nothing to continue.')
      if (running.has(answerId)) throw new StudyError('bad-input', 'This answer is being written just now.')
      return stoppable(answerId, given, (signal) => goOn(part, signal))
    },
    stop: ({ answerId }) => running.get(answerId)?.abort(),
    async recover() {
      store.transaction(purgeConversations)
      await recoverDrafts(store)
    },
  }
}

function selectionOf({ selection }: AskScope): NonNullable<AskScope['selection']> {
  if (!selection) throw new StudyError('bad-input', 'Mark the text that is to be explained, then ask again.')
  return selection
}

function isReadable({ sentences }: Evidence): boolean {
  return sentences.some(({ logOdds }) => logOdds !== undefined && logOdds >= READABLE_LOG_ODDS)
}
