import type { Answer, AnswerSentence, AskEngine, AskEvent, Citation } from '#contract/ask.ts'
import { AnswerId } from '#contract/ids.ts'
import type { SearchScope } from '#contract/search.ts'
import { StudyError, toFailure } from '../errors.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { Searcher } from '../search/search-library.ts'
import { deleteAnswer, findAnswer, insertAnswer, listAnswers } from '../store/answers.rows.ts'
import type { Store } from '../store/open-store.ts'
import { buildPrompt, NO_ANSWER } from './build-prompt.ts'
import { type CheckedSentence, checkGrounding } from './check-grounding.ts'
import { asQuote, type CitedStretch, citeSentence } from './cite-sentence.ts'
import { extractAnswer } from './extract-answer.ts'
import { type Evidence, findEvidence } from './find-evidence.ts'
import { type ModelReply, writeWithModel } from './write-with-model.ts'

export interface AskInput {
  question: string
  engine: AskEngine
  scope: SearchScope
}

export interface AskerParts {
  store: Store
  searcher: Searcher
  embedder: () => Embedder | undefined
  model: LanguageModel
  ids: Ids
  clock: Clock
}

export interface Asker {
  /**
   * Answers from the library alone, and ends with one 'answer', which is stored. A
   * model that fails or is stopped in the middle leaves its part, marked so. Throws StudyError:
   * `cancelled` where nothing was written yet, and what is wrong with a model that was asked for by name.
   */
  ask(input: AskInput, signal?: AbortSignal): AsyncIterable<AskEvent>
  /** Newest first. */
  history(input: { limit: number }): Answer[]
  /** Throws `not-found`. */
  get(input: { answerId: AnswerId }): Answer
  delete(input: { answerId: AnswerId }): void
}

const PASSAGES_SHOWN = 8
/** Far below the log-odds of an answer: a model may read between the lines, but is not asked about what is not there. */
const READABLE_LOG_ODDS = -2.5
const REFUSAL = {
  en: 'Your documents do not answer this. These passages come nearest.',
  hi: 'आपके दस्तावेज़ों में इसका उत्तर नहीं मिला। सबसे नज़दीकी अंश नीचे हैं।',
}

/** The part of an answer that its engine makes. */
type Content = Pick<Answer, 'answer' | 'sentences' | 'citations' | 'refused' | 'partial'> & { failure?: StudyError }

/** Answers questions from the library, by a model that is held to it or by its own sentences. */
export function makeAsker({ store, searcher, embedder, model, ids, clock }: AskerParts): Asker {
  const db = store.reader

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

  function extract(evidence: Evidence): Content {
    const chosen = extractAnswer(evidence)
    if (chosen.length === 0) return refuse(evidence)
    const citations = chosen.map((sentence, i) => citeSentence(db, i + 1, sentence))
    const sentences = citations.map(
      ({ quote, number }): AnswerSentence => ({ text: quote, support: 'supported', citations: [number] }),
    )
    return { answer: joined(sentences), sentences, citations, refused: false, partial: false }
  }

  async function check(
    evidence: Evidence,
    reply: ModelReply,
    sources: Evidence['hits'],
    signal: AbortSignal,
  ): Promise<Content> {
    const { failure, stopped, reachedLimit } = reply
    const cut = failure !== undefined || stopped || reachedLimit
    if (!cut && isNoAnswer(reply.text)) return refuse(evidence)
    const checked = await checkGrounding(embedder(), reply.text, sources, signal)
    const content = withCitations(checked)
    if (!cut && content.citations.length === 0) return refuse(evidence)
    return { ...content, refused: false, partial: cut, ...(failure && { failure }) }
  }

  function withCitations(checked: CheckedSentence[]): Pick<Content, 'answer' | 'sentences' | 'citations'> {
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

  return {
    async *ask({ question, engine, scope }, given) {
      const signal = given ?? new AbortController().signal
      const startedAtMs = clock.monotonicMs()
      yield { type: 'stage', stage: 'searching' }
      const [evidence, writer] = await Promise.all([
        findEvidence({ db, searcher, embedder }, { text: question, scope }, signal),
        chooseWriter(engine, signal),
      ])
      const passages = evidence.hits.slice(0, PASSAGES_SHOWN)

      const keep = (content: Content, by: Pick<Answer, 'engine' | 'model'>): Answer => {
        const { failure, ...rest } = content
        const answer: Answer = {
          id: AnswerId.parse(ids.next()),
          question,
          ...rest,
          ...by,
          passages,
          ...(failure && { failure: toFailure(failure) }),
          createdAtMs: clock.nowMs(),
          tookMs: clock.monotonicMs() - startedAtMs,
        }
        store.transaction((write) => insertAnswer(write, answer))
        return answer
      }

      if (writer !== undefined && isReadable(evidence)) {
        const by = { engine: 'ollama', ...(writer !== '' && { model: writer }) } as const
        yield { type: 'passages', passages, engine: 'ollama' }
        const prompt = buildPrompt(question, evidence.hits)
        const reply: ModelReply = { text: '', stopped: false, reachedLimit: false }
        let settled = false
        try {
          yield* writeWithModel({ model, clock }, prompt, reply, signal)
          // A model that fails before its first word leaves nothing to keep: the documents' own sentences may still answer.
          const fell = reply.failure !== undefined && reply.text.trim() === ''
          if (fell && (reply.stopped || engine === 'ollama')) {
            settled = true
            throw reply.failure
          }
          if (!fell) {
            yield { type: 'stage', stage: 'checking' }
            // What was written until a stop is checked too: the stop was meant for the model.
            const checking = reply.stopped ? new AbortController().signal : signal
            const answer = keep(await check(evidence, reply, prompt.sources, checking), by)
            settled = true
            yield { type: 'answer', answer }
            return
          }
          settled = true
        } finally {
          // The reader went away in the middle: what was written is kept all the same.
          if (!settled && reply.text.trim() !== '') {
            const stopped = new StudyError('cancelled', 'Stopped. What was written so far is kept.')
            const part: ModelReply = { ...reply, stopped: true, failure: reply.failure ?? stopped }
            keep(await check(evidence, part, prompt.sources, new AbortController().signal), by)
          }
        }
      }

      yield { type: 'passages', passages, engine: 'extractive' }
      yield { type: 'stage', stage: 'reading' }
      const answer = keep(extract(evidence), { engine: 'extractive' })
      if (signal.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: signal.reason })
      if (!answer.refused) yield { type: 'token', text: answer.answer }
      yield { type: 'answer', answer }
    },
    history: ({ limit }) => listAnswers(db, limit),
    get({ answerId }) {
      const answer = findAnswer(db, answerId)
      if (!answer) throw new StudyError('not-found', 'This answer is no longer there. Ask the question again.')
      return answer
    },
    delete: ({ answerId }) => store.transaction((write) => deleteAnswer(write, answerId)),
  }
}

function isReadable({ sentences }: Evidence): boolean {
  return sentences.some(({ logOdds }) => logOdds !== undefined && logOdds >= READABLE_LOG_ODDS)
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

function refuse({ question }: Evidence): Content {
  return {
    answer: question.hindi ? REFUSAL.hi : REFUSAL.en,
    sentences: [],
    citations: [],
    refused: true,
    partial: false,
  }
}

function joined(sentences: readonly AnswerSentence[]): string {
  return sentences
    .map(({ text, citations }) => [text, citations.map((number) => `[${number}]`).join('')].filter(Boolean).join(' '))
    .join(' ')
}
