import type { Answer, AskEngine, AskEvent, AskScope, AskTask } from '#contract/ask.ts'
import { AnswerId, ConversationId } from '#contract/ids.ts'
import type { ModelProvider } from '#contract/usage.ts'
import { StudyError, toStudyError } from '../errors.ts'
import type { AnswerCache } from '../models/answer-cache.ts'
import type { AnswerJudge, Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { Searcher } from '../search/search-library.ts'
import { findTurn, purgeConversations, readTurns } from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'
import { type Content, checkedContent, extractedContent, quotedContent } from './answer-content.ts'
import { buildPrompt, continuePrompt, type Prompt } from './build-prompt.ts'
import { wholeSentences, withoutRepeats } from './continue-reply.ts'
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
  judge?: AnswerJudge | undefined
  model: LanguageModel
  /** Whose model it is, as the ledger and the cache name it; Ollama's where absent. */
  provider?: () => ModelProvider
  /** Replies that need not be asked for twice; none is kept without it. */
  cache?: Pick<AnswerCache, 'find' | 'keep'>
  /** Has heavy work rest while a person waits for a model's words; gives its release. */
  answering?: () => () => void
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
  /**
   * Has a model go on with a part of its own. Where it is away or falls before its first word, the part stays, with
   * the reason. Throws `not-found`, `bad-input` for an answer that is whole.
   */
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
  /** The part that this is of. */
  resumed?: Answer
}

const PASSAGES_SHOWN = 8
const NEVER = new AbortController().signal
/** Far below the log-odds of an answer: a model may read between the lines, but is not asked about what is not there. */
const READABLE_LOG_ODDS = { reading: -3, meaning: -3.5, words: -3.5 }

/** Answers questions from the library, by a model that is held to it or by its own sentences. */
export function makeAsker(parts: AskerParts): Asker {
  const { store, searcher, embedder, judge, model, cache, ids, clock } = parts
  const db = store.reader
  /** What ends each answer that is being made. */
  const running = new Map<AnswerId, { stopping: AbortController; isNew: boolean }>()

  /** The model to write with; undefined where the library's own sentences answer. */
  async function chooseWriter(engine: AskEngine, signal: AbortSignal): Promise<string | undefined> {
    if (engine === 'extractive') return undefined
    const status = await model.status(signal, { patient: true })
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
    { id, isNew }: { id: AnswerId; isNew: boolean },
    given: AbortSignal | undefined,
    run: (signal: AbortSignal) => AsyncGenerator<AskEvent>,
  ): AsyncGenerator<AskEvent> {
    const stopping = new AbortController()
    running.set(id, { stopping, isNew })
    try {
      for await (const event of run(given ? AbortSignal.any([given, stopping.signal]) : stopping.signal)) {
        // Whoever hears of the answer may look for it at once.
        if (event.type === 'answer') running.delete(id)
        yield event
      }
    } finally {
      running.delete(id)
    }
  }

  /**
   * Has the model write a turn, and settles it. Returns why it fell where it did before its first
   * word and nothing is kept: then the documents' own sentences may still answer.
   */
  async function* writeTurn(
    turn: TurnKeeper,
    { prompt, question, task, by, known = '', resumed }: ModelTurn,
    { signal, mayFall, fresh }: { signal: AbortSignal; mayFall: boolean; fresh: boolean },
  ): AsyncGenerator<AskEvent, StudyError | undefined> {
    const reply: ModelReply = { text: known, stopped: false, reachedLimit: false }
    const isNew = () => reply.text.length > known.length
    const checkWith = (model: Embedder | undefined, checking: AbortSignal): Promise<Content> => {
      const text = known + withoutRepeats(known, reply.text.slice(known.length))
      const checked = { question, reply: { ...reply, text }, sources: prompt.sources }
      return checkedContent({ db, embedder: model }, checked, checking)
    }
    // A stop is meant for the model: what it wrote until then is checked all the same, and at a second stop by words alone.
    const check = async (): Promise<Content> => {
      if (signal.aborted) return checkWith(embedder(), NEVER)
      return checkWith(embedder(), signal).catch((error) => {
        if (!signal.aborted) throw error
        return checkWith(undefined, NEVER)
      })
    }
    const key = {
      provider: parts.provider?.() ?? 'ollama',
      model: by.model ?? '',
      feature: task === 'explain' ? ('explain' as const) : ('ask' as const),
      question,
      passages: prompt.sources.map(({ text }) => text),
      prompt: prompt.messages[0]?.content ?? '',
    }
    const cached = fresh || known !== '' ? undefined : cache?.find(key)
    turn.begin(by, resumed ? textOf(resumed) : known)
    let settled = false
    try {
      if (cached) yield* replyFromCache(cached.text, reply)
      else yield* writeWithModel({ model, clock, feature: key.feature, onText: turn.draft }, prompt, reply, signal)
      if (reply.failure !== undefined && !isNew()) {
        settled = true
        if (resumed) {
          yield { type: 'answer', answer: turn.leave(reply.failure) }
          return undefined
        }
        turn.drop()
        if (reply.stopped || !mayFall) throw reply.failure
        return reply.failure
      }
      if (!cached && reply.usage && reply.failure === undefined && !reply.reachedLimit && known === '') {
        cache?.keep(key, { text: reply.text, ...reply.usage })
      }
      yield { type: 'stage', stage: 'checking' }
      const answer = turn.settle(await check(), by)
      settled = true
      yield { type: 'answer', answer }
      return undefined
    } finally {
      // The reader went away in the middle: what was written is kept all the same.
      if (!settled && !isNew()) turn.drop()
      else if (!settled) {
        reply.stopped = true
        reply.failure ??= new StudyError('cancelled', 'Stopped. What was written so far is kept.')
        turn.settle(await check(), by)
      }
    }
  }

  /** From the search for what to show the model until its words are checked, nothing else loads the machine. */
  async function* alone<Result>(stream: AsyncGenerator<AskEvent, Result>): AsyncGenerator<AskEvent, Result> {
    const release = parts.answering?.()
    try {
      return yield* stream
    } finally {
      release?.()
    }
  }

  async function* answer(input: AskInput, id: AnswerId, signal: AbortSignal): AsyncGenerator<AskEvent> {
    const startedAtMs = clock.monotonicMs()
    const conversationId = input.conversationId ?? ConversationId.parse(ids.next())
    yield { type: 'begun', conversationId, answerId: id }
    yield { type: 'stage', stage: 'searching' }
    const writer = await chooseWriter(input.engine, signal)
    const answering = answerBy(writer, input, { id, conversationId, startedAtMs }, signal)
    yield* writer === undefined ? answering : alone(answering)
  }

  async function* answerBy(
    writer: string | undefined,
    { question, engine, scope, task, conversationId, replaces }: AskInput,
    begun: { id: AnswerId; conversationId: ConversationId; startedAtMs: number },
    signal: AbortSignal,
  ): AsyncGenerator<AskEvent> {
    const turns = task ? [] : earlierTurns(conversationId, replaces)
    const asked = yield* rewriteFollowUp(question, turns, {
      model: writer === undefined ? undefined : model,
      signal,
    })
    if (asked) yield { type: 'rewritten', asked }
    if (turns.length > 0) yield { type: 'stage', stage: 'searching' }
    const complete = asked ?? question
    const looking = { db, searcher, embedder, judge }
    const { evidence, explaining } = task
      ? await findExplanation(looking, selectionOf(scope), signal)
      : { evidence: await findEvidence(looking, { text: complete, scope }, signal), explaining: undefined }
    const passages = evidence.hits.slice(0, PASSAGES_SHOWN)
    const turn = keepTurn({ store, clock }, { ...begun, question, asked, task, scope, passages, replaces })
    let fell: StudyError | undefined
    if (writer !== undefined && (scope.selection || isReadable(evidence))) {
      const by = { engine: 'ollama', ...(writer !== '' && { model: writer }) } as const
      yield { type: 'passages', passages, engine: 'ollama' }
      const prompt = task
        ? buildPrompt(selectionOf(scope).text, evidence.hits, task)
        : buildPrompt(complete, evidence.hits)
      const options = { signal, mayFall: engine !== 'ollama', fresh: replaces !== undefined }
      fell = yield* writeTurn(turn, { prompt, question: complete, task, by }, options)
      if (!fell) return
    }
    yield { type: 'passages', passages, engine: 'extractive' }
    yield { type: 'stage', stage: 'reading' }
    if (signal.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: signal.reason })
    const content = explaining ? quotedContent(db, question, explaining) : extractedContent(db, evidence)
    const settled = turn.settle({ ...content, ...(fell && { failure: fell }) }, { engine: 'extractive' })
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
    const { id, conversationId, question, asked, task, scope, passages } = part
    const startedAtMs = clock.monotonicMs()
    yield { type: 'begun', conversationId, answerId: id }
    yield { type: 'passages', passages, engine: 'ollama' }
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
        resumed: part,
      },
    )
    let writer: string | undefined
    try {
      writer = await chooseWriter('ollama', signal)
    } catch (error) {
      // The part stays as it is, and says why it could not be gone on with.
      yield { type: 'answer', answer: turn.leave(toStudyError(error)) }
      return
    }
    const whole = task ? buildPrompt(selectionOf(scope).text, passages, task) : buildPrompt(asked ?? question, passages)
    const written = wholeSentences(part)
    const prompt = continuePrompt(whole, written)
    const known = written === '' ? '' : `${written} `
    if (known !== '') yield { type: 'token', text: known }
    const by = { engine: 'ollama', ...(writer && { model: writer }) } as const
    const options = { signal, mayFall: false, fresh: true }
    yield* alone(writeTurn(turn, { prompt, question: asked ?? question, task, by, known, resumed: part }, options))
  }

  return {
    ...makeConversations({ store, clock, isBeingWritten: (id) => running.get(id)?.isNew ?? false }),
    ask(input, given) {
      const id = AnswerId.parse(ids.next())
      return stoppable({ id, isNew: true }, given, (signal) => answer(input, id, signal))
    },
    resume({ answerId }, given) {
      const part = findTurn(db, answerId)
      if (!part) throw new StudyError('not-found', 'This answer is no longer there. Ask the question again.')
      if (!part.partial) throw new StudyError('bad-input', 'This answer is whole: there is nothing to continue.')
      if (running.has(answerId)) throw new StudyError('bad-input', 'This answer is being written just now.')
      return stoppable({ id: answerId, isNew: false }, given, (signal) => goOn(part, signal))
    },
    stop: ({ answerId }) => running.get(answerId)?.stopping.abort(),
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

function textOf({ sentences }: Answer): string {
  return sentences.map(({ text }) => text).join(' ')
}

function isReadable({ judge, sentences }: Evidence): boolean {
  return sentences.some(({ logOdds }) => logOdds !== undefined && logOdds >= READABLE_LOG_ODDS[judge])
}
