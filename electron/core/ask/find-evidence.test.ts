import { expect, it } from 'vitest'
import { StudyError, type StudyErrorCode } from '../errors.ts'
import type { Embedder } from '../ports.ts'
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
      { db: store.reader, searcher, embedder: () => dying },
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
