import type { Answer, Citation } from '#contract/ask.ts'
import { type AskInput, makeAsker } from '#core/ask/answer-question.ts'
import { toFailure, toStudyError } from '#core/errors.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { LanguageModel } from '#core/ports.ts'
import { readPageText } from '#core/store/search.rows.ts'
import { type MeasuredLibrary, scopeOf } from './import-files.ts'

/** A question and how to know a right citation of it. */
export interface MeasuredQuestion {
  question: string
  /** It is put to this file alone, else to the whole library. */
  path?: string
  /** Absent: the library does not answer it. */
  expected?: {
    /** Whether the words that answer stand in a text (runs of whitespace as one space). */
    words(text: string): boolean
    /** Whether they can stand on the cited page; every page of the library where absent. */
    page?(citation: Pick<Citation, 'path' | 'page'>): boolean
  }
}

export interface AnswerMeasures {
  answerable: number
  /** Share of the answerable questions that were refused. */
  falseRefusals?: number
  /** Share of the answerable questions with a citation that holds the answer's words. */
  citationRecall?: number
  /** Share of the citations on a page that holds the answer's words. */
  pagePrecision?: number
  /** Share of the citations whose own quote holds them. */
  quotePrecision?: number
  unanswerable: number
  /** Share of the unanswerable questions that got an answer. */
  falseAnswers?: number
  /** Questions on which the model failed, or that it was cut off in: they are in no share. */
  failed: number
  p50Ms: number
  p95Ms: number
}

/** No model at all: what is measured is what everybody has. */
export const NO_MODEL: LanguageModel = {
  status: () => Promise.reject(new Error('no model is measured here')),
  // biome-ignore lint/correctness/useYield: it is never called
  async *chat() {
    throw new Error('no model is measured here')
  },
}

/** Asks every question of a library and counts what came. `note` gets a line on each answer that is not as it should be. */
export async function measureAnswers(
  { store, searcher, embedder, judge }: MeasuredLibrary,
  questions: readonly MeasuredQuestion[],
  { model = NO_MODEL, note = () => {} }: { model?: LanguageModel; note?: (line: string) => void } = {},
): Promise<AnswerMeasures> {
  const ids = makeIds({ clock: systemClock })
  const asker = makeAsker({ store, searcher, embedder: () => embedder, judge, model, ids, clock: systemClock })
  const engine = model === NO_MODEL ? 'extractive' : 'ollama'
  const count = {
    answerable: 0,
    refused: 0,
    recalled: 0,
    unanswerable: 0,
    answered: 0,
    cited: 0,
    byPage: 0,
    byQuote: 0,
  }
  const tookMs: number[] = []
  let failed = 0
  for (const { question, path, expected } of questions) {
    const got = await askOnce(asker, { question, engine, scope: scopeOf(store.reader, path) })
    if (got.partial) {
      failed++
      note(`FAILED        ${question}\n              ${got.failure?.message ?? 'The limit ended the answer.'}`)
      continue
    }
    const { refused, citations, answer, tookMs: took } = got
    tookMs.push(took)
    if (!expected) {
      count.unanswerable++
      if (refused) continue
      count.answered++
      note(`FALSE ANSWER  ${question}\n              ${answer}`)
      continue
    }
    count.answerable++
    if (refused) {
      count.refused++
      note(`FALSE REFUSAL ${question}`)
      continue
    }
    const pageText = ({ documentId, page }: Citation) =>
      (readPageText(store.reader, documentId, page) ?? '').replace(/\s+/g, ' ')
    const byPage = citations.filter((cited) => (expected.page?.(cited) ?? true) && expected.words(pageText(cited)))
    const byQuote = citations.filter((cited) => expected.words(cited.quote))
    count.cited += citations.length
    count.byPage += byPage.length
    count.byQuote += byQuote.length
    if (byQuote.length > 0) count.recalled++
    if (byQuote.length < citations.length) {
      const quotes = citations.map(({ path, page, quote }) => `              ${path.slice(-11)} p${page}: ${quote}`)
      note([`OTHER QUOTE   ${question}`, ...quotes].join('\n'))
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole)
  tookMs.sort((a, b) => a - b)
  return {
    answerable: count.answerable,
    falseRefusals: share(count.refused, count.answerable),
    citationRecall: share(count.recalled, count.answerable),
    pagePrecision: share(count.byPage, count.cited),
    quotePrecision: share(count.byQuote, count.cited),
    unanswerable: count.unanswerable,
    falseAnswers: share(count.answered, count.unanswerable),
    failed,
    p50Ms: tookMs[Math.floor(tookMs.length / 2)] ?? 0,
    p95Ms: tookMs[Math.floor(tookMs.length * 0.95)] ?? 0,
  }
}

async function askOnce(
  asker: ReturnType<typeof makeAsker>,
  asked: AskInput,
): Promise<Pick<Answer, 'partial' | 'refused' | 'citations' | 'answer' | 'tookMs' | 'failure'>> {
  try {
    for await (const event of asker.ask(asked)) {
      if (event.type === 'answer') return event.answer
    }
  } catch (error) {
    // A model that failed once in an hour's run is a figure of the run, not its end.
    const failure = toFailure(toStudyError(error))
    return { partial: true, refused: false, citations: [], answer: '', tookMs: 0, failure }
  }
  throw new Error(`no answer to ${asked.question}`)
}
