import type { Answer, AskEngine, AskEvent, Citation } from '#contract/ask.ts'
import { AnswerId } from '#contract/ids.ts'
import type { SearchHit, SearchScope } from '#contract/search.ts'
import { StudyError } from '../errors.ts'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import { cosine } from '../search/exact-search.ts'
import { isHindi } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import { deleteAnswer, findAnswer, insertAnswer, listAnswers } from '../store/answers.rows.ts'
import type { Store } from '../store/open-store.ts'
import { findPage } from '../store/pages.rows.ts'
import { readPageText } from '../store/search.rows.ts'
import { answerKind } from './answer-kind.ts'
import { gatherSentences } from './gather-sentences.ts'
import { headingsOf, type WeighedSentence, weighSentences } from './weigh-sentences.ts'
import { coverage, stemsOf, weighWords } from './weigh-words.ts'

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
  ask(input: AskInput, signal?: AbortSignal): AsyncIterable<AskEvent>
  history(input: { limit: number }): Answer[]
  get(input: { answerId: AnswerId }): Answer
  delete(input: { answerId: AnswerId }): void
}

const MOST_SENTENCES = 3
const REFUSAL = {
  en: 'Your library does not say. These passages come nearest.',
  hi: 'आपकी लाइब्रेरी में इसका उत्तर नहीं मिला। सबसे नज़दीकी अंश नीचे हैं।',
}

/** Answers from the library alone. */
export function makeAsker({ store, searcher, embedder, ids, clock }: AskerParts): Asker {
  async function weigh(question: string, hits: SearchHit[], signal?: AbortSignal): Promise<WeighedSentence[]> {
    const model = embedder()
    const sentences = gatherSentences(hits, (hit) => readPageText(store.reader, hit.documentId, hit.page))
    const headings = [...new Set(hits.flatMap(headingsOf))]
    const options = { priority: 'question' as const, ...(signal && { signal }) }
    const vectors = model
      ? await model.embed([question, ...sentences.map(({ text }) => text), ...headings], options)
      : []
    const [vector = new Float32Array(1), ...rest] = vectors
    const words = weighWords(store.reader, question)
    const asked = { text: question, vector, kind: answerKind(question), words, hindi: isHindi(question) }
    const headingVectors = new Map(
      headings.map((heading, i) => [heading, rest[sentences.length + i] ?? new Float32Array(1)]),
    )
    return weighSentences(asked, sentences, rest.slice(0, sentences.length), headingVectors)
  }

  function cite(number: number, { hit, startOffset, endOffset, text }: WeighedSentence): Citation {
    const page = findPage(store.reader, hit.documentId, hit.page)
    return {
      number,
      documentId: hit.documentId,
      path: hit.path,
      title: hit.title,
      page: hit.page,
      quote: text.replaceAll(/\s+/g, ' ').trim(),
      startOffset,
      endOffset,
      boxes: page ? highlightBoxes(page.boxes, startOffset, endOffset) : [],
    }
  }

  return {
    async *ask({ question, scope }, signal) {
      const startedAtMs = clock.monotonicMs()
      yield { type: 'stage', stage: 'searching' }
      const { hits } = await searcher.search({ query: question, limit: 12, scope, asYouType: false }, signal)
      yield { type: 'passages', passages: hits, engine: 'extractive' }
      yield { type: 'stage', stage: 'reading' }
      const weighed = await weigh(question, hits, signal)
      const words = weighWords(store.reader, question)
      const [best] = weighed
      const known = best
        ? coverage(
            words,
            stemsOf(
              weighed
                .slice(0, 5)
                .map(({ surroundings, hit }) => `${surroundings} ${hit.heading ?? ''} ${hit.title}`)
                .join(' '),
            ),
          )
        : 0
      const enough = best && (best.features.cosine > 0.45 || isHindi(question)) && known > 0.5
      const chosen: WeighedSentence[] = []
      if (enough) {
        for (const sentence of weighed) {
          if (chosen.length === MOST_SENTENCES || sentence.score < best.score * 0.8) break
          if (chosen.every(({ vector }) => cosine(vector, sentence.vector) < 0.9)) chosen.push(sentence)
        }
      }
      const citations = chosen.map((sentence, i) => cite(i + 1, sentence))
      const sentences = citations.map(({ quote, number }) => ({
        text: quote,
        support: 'supported' as const,
        citations: [number],
      }))
      const refusal = isHindi(question) ? REFUSAL.hi : REFUSAL.en
      const answer: Answer = {
        id: AnswerId.parse(ids.next()),
        question,
        answer: sentences.length > 0 ? sentences.map(({ text }, i) => `${text} [${i + 1}]`).join(' ') : refusal,
        sentences,
        refused: sentences.length === 0,
        partial: false,
        engine: 'extractive',
        citations,
        passages: hits,
        createdAtMs: clock.nowMs(),
        tookMs: clock.monotonicMs() - startedAtMs,
      }
      store.transaction((db) => insertAnswer(db, answer))
      yield { type: 'answer', answer }
    },
    history: ({ limit }) => listAnswers(store.reader, limit),
    get({ answerId }) {
      const answer = findAnswer(store.reader, answerId)
      if (!answer) throw new StudyError('not-found', 'This answer is no longer there. Ask the question again.')
      return answer
    },
    delete: ({ answerId }) => store.transaction((db) => deleteAnswer(db, answerId)),
  }
}
