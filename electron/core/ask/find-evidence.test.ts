import { expect, it } from 'vitest'
import { StudyError, type StudyErrorCode } from '../errors.ts'
import type { AnswerJudge, Embedder } from '../ports.ts'
import { openAsker } from '../testing/open-asker.ts'
import { findEvidence } from './find-evidence.ts'

it.each<StudyErrorCode>(['internal', 'model-unreachable'])(
  'judges by words where the embedding model ends in the midst of a question (%s)',
  async (code) => {
    const text =
      'The President of India is elected for five years. Members of the Rajya Sabha are elected for a term of six years.'
    const { store, searcher, embedder } = await openAsker([{ id: 'polity', title: 'Polity', pages: [text] }])
    const alive = embedder()
    if (!alive) throw new Error('there is an embedder')
    let died = false
    const dying: Embedder = {
      ...alive,
      embed: (...given) => (died ? Promise.reject(new StudyError(code, 'Gone.')) : alive.embed(...given)),
      embedTokens() {
        died = true
        return Promise.reject(new StudyError(code, 'Gone.'))
      },
    }
    const evidence = await findEvidence(
      { db: store.reader, searcher, embedder: () => dying, judge: { judge: async () => [], close: async () => {} } },
      { text: 'For what term are members of the Rajya Sabha elected?', scope: {} },
      new AbortController().signal,
    )
    expect(died).toBe(true)
    expect(evidence.judge).toBe('words')
    expect(evidence.sentences[0]).toMatchObject({
      text: 'Members of the Rajya Sabha are elected for a term of six years.',
      logOdds: expect.any(Number),
    })
  },
)

const TERM = 'Members of the Rajya Sabha are elected for a term of six years.'

/** Asks for the term, with an embedder that gives tokens. */
async function findTerm(judge: AnswerJudge, signal: AbortSignal) {
  const { store, searcher, embedder } = await openAsker([{ id: 'polity', title: 'Polity', pages: [TERM] }])
  const alive = embedder()
  if (!alive) throw new Error('there is an embedder')
  const withTokens: Embedder = {
    ...alive,
    embedTokens: async (texts) =>
      texts.map(({ cuts }) => ({ vectors: new Float32Array(256), cuts: cuts.map(() => 1) })),
  }
  return findEvidence(
    { db: store.reader, searcher, embedder: () => withTokens, judge },
    { text: 'For what term are members of the Rajya Sabha elected?', scope: {} },
    signal,
  )
}

it.each<StudyErrorCode>(['internal', 'embedding-model-missing'])(
  'judges by the meaning of words where the judge of answers can’t be had (%s)',
  async (code) => {
    let asked = 0
    const judge: AnswerJudge = {
      judge(pairs) {
        asked += pairs.length
        return Promise.reject(new StudyError(code, 'Gone.'))
      },
      close: async () => {},
    }
    const evidence = await findTerm(judge, new AbortController().signal)
    expect(asked).toBe(1)
    expect(evidence.judge).toBe('meaning')
    expect(evidence.sentences[0]).toMatchObject({ text: TERM, logOdds: expect.any(Number) })
  },
)

it('stops with the question while the judge reads', async () => {
  const stopping = new AbortController()
  const judge: AnswerJudge = {
    judge: (_pairs, { signal } = {}) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new StudyError('cancelled', 'Stopped.')))
        stopping.abort()
      }),
    close: async () => {},
  }
  await expect(findTerm(judge, stopping.signal)).rejects.toMatchObject({ code: 'cancelled' })
})
