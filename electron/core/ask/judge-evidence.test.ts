import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeOnnxAnswerJudge, openOnnxEmbedder } from '../adapters/onnx-minilm.ts'
import { systemClock } from '../ops/system-clock.ts'
import { wordsOf } from '../search/query-words.ts'
import { answerKind } from './answer-kind.ts'
import { answerType } from './answer-type.ts'
import { embedJudged, judgeByReading, readRelevances } from './judge-evidence.ts'
import { type AskedQuestion, type WeighedSentence, weighSentences } from './weigh-sentences.ts'

const MODEL_DIR = fileURLToPath(new URL('../../../resources/models/all-MiniLM-L6-v2', import.meta.url))
const JUDGE_DIR = fileURLToPath(new URL('../../../resources/models/answer-judge', import.meta.url))

/** Judges sentences that stand in a passage of their own each. */
async function judge(text: string, sentences: readonly string[]) {
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR, workerCount: 1 })
  onTestFinished(() => embedder.close())
  const [vector = new Float32Array(), ...vectors] = await embedder.embed([text, ...sentences])
  const topical = wordsOf(text).filter(({ stop }) => !stop)
  const question: AskedQuestion = {
    text,
    vector,
    kind: answerKind(text),
    type: answerType(text),
    words: topical.map((word) => ({
      word,
      share: 1 / topical.length,
      passageCount: 5,
      isName: word.start > 0 && /^\p{Lu}/u.test(word.text),
    })),
    hindi: false,
    byMeaning: true,
  }
  const sources = sentences.map((sentence, rank) => ({
    hit: {
      title: 'Polity',
      heading: 'The Constitution',
      text: sentence,
      score: 1,
      cosine: 0.5,
    } as WeighedSentence['hit'],
    rank,
    text: sentence,
    startOffset: 0,
    endOffset: sentence.length,
    surroundings: sentence,
    whole: true,
  }))
  const weighed = weighSentences(question, sources, vectors, new Map())
  const tokens = await embedJudged(embedder, question, weighed, new AbortController().signal)
  if (!tokens) throw new Error('the model that ships gives tokens')
  const answerJudge = makeOnnxAnswerJudge({ modelDir: JUDGE_DIR, clock: systemClock })
  onTestFinished(() => answerJudge.close())
  const relevances = await readRelevances(answerJudge, question, weighed, new AbortController().signal)
  if (!relevances) throw new Error('the judge ships')
  const judged = judgeByReading(question, weighed, tokens, relevances)
  return new Map(weighed.map(({ text: sentence }, i) => [sentence, judged[i]]))
}

describe('judging by reading', () => {
  it('puts the sentence that answers over one on the same matter', async () => {
    const answer = 'Dr. B.R. Ambedkar chaired the Drafting Committee.'
    const near = 'The Drafting Committee met on many days and its debates were printed.'
    const judged = await judge('Who headed the Drafting Committee?', [near, answer])
    expect(judged.get(answer)?.logOdds).toBeGreaterThan((judged.get(near)?.logOdds ?? 0) + 1)
    // "headed" is meant by "chaired", and by nothing in the other sentence.
    expect(judged.get(answer)?.evidence.ownLeast).toBeGreaterThan(judged.get(near)?.evidence.ownLeast ?? 1)
  })

  it('sees what a sentence denies and on what condition it stands', async () => {
    const judged = await judge('How is a money bill passed?', [
      'If a non-money bill is passed by one House, it is sent to the other House.',
      'The Lok Sabha passes a money bill and the Rajya Sabha may only suggest amendments.',
    ])
    const [first, second] = [...judged].sort(([a]) => (a.startsWith('If') ? -1 : 1)).map(([, judgement]) => judgement)
    expect(first?.evidence).toMatchObject({ conditional: 1, denied: expect.closeTo(1 / 3, 5) })
    expect(second?.evidence).toMatchObject({ conditional: 0, denied: 0 })
    expect(first?.logOdds).toBeLessThan(second?.logOdds ?? Number.NaN)
  })
})
