import type { Citation } from '#contract/ask.ts'
import { citeSentence } from '../ask/cite-sentence.ts'
import { type Evidence, findEvidence, type JudgedSentence } from '../ask/find-evidence.ts'
import type { Embedder } from '../ports.ts'
import { cosine } from '../search/exact-search.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import type { ReadDb } from '../store/connection.ts'
import { pointsBack } from '../study/pick-central.ts'

const MOST_POINTS = 6
/** As a comparison takes a sentence for one on its topic. */
const ON_TOPIC_COVERAGE = 0.6
const ON_TOPIC_COSINE = 0.45
/** Two points nearer than this say the same. */
const SAME_COSINE = 0.86
/** A sentence of the answer says a point when it is this near to it, or holds so much of its words. */
const SAYS_COSINE = 0.66
const SAYS_WORDS = 0.6

export interface ModelPoint {
  citation: Citation
  covered: boolean
}

/**
 * What the library says on a question: sentences of its documents on the topic, each with its page, in the question's
 * language where there are some, and whether the answer says the same. None where the library says nothing. Throws `cancelled`.
 */
export async function findModelPoints(
  parts: { db: ReadDb; searcher: Searcher; embedder: () => Embedder | undefined },
  { topic, answerSentences }: { topic: string; answerSentences: readonly string[] },
  signal: AbortSignal,
): Promise<ModelPoint[]> {
  const evidence = await findEvidence(parts, { text: topic, scope: {} }, signal)
  const onTopic = evidence.sentences.filter((sentence) => isOnTopic(evidence, sentence))
  const model = parts.embedder()
  const canCompare = model !== undefined && !evidence.question.hindi
  // A point is read alone: those that need what stands before them come last.
  const standing = onTopic.filter(({ text }) => !pointsBack(text) && !/^On the other/.test(text))
  const candidates = [...standing, ...onTopic.filter((sentence) => !standing.includes(sentence))].slice(
    0,
    MOST_POINTS * 3,
  )
  const vectors = canCompare
    ? await model.embed([...candidates.map(({ text }) => text), ...answerSentences], { priority: 'question', signal })
    : undefined
  const chosen: { sentence: JudgedSentence; vector: Float32Array | undefined }[] = []
  for (const [i, sentence] of candidates.entries()) {
    if (chosen.length >= MOST_POINTS) break
    const vector = vectors?.[i]
    const isSaid = chosen.some((other) => vector && other.vector && cosine(vector, other.vector) > SAME_COSINE)
    if (!isSaid) chosen.push({ sentence, vector })
  }
  const answerVectors = vectors?.slice(candidates.length)
  return chosen.map(({ sentence, vector }, i) => ({
    citation: citeSentence(parts.db, i + 1, sentence),
    covered: answerSentences.some((said, k) => says(said, sentence.text, answerVectors?.[k], vector)),
  }))
}

function isOnTopic({ question }: Evidence, { features, text }: JudgedSentence): boolean {
  if (features.nearCoverage >= ON_TOPIC_COVERAGE && features.coverage > 0) return true
  return question.byMeaning && !isHindi(text) && features.cosine >= ON_TOPIC_COSINE
}

function says(said: string, point: string, a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  if (a && b && cosine(a, b) >= SAYS_COSINE) return true
  const own = new Set(wordsOf(said).map(({ stem }) => stem))
  const wanted = [...new Set(wordsOf(point).flatMap(({ stem, stop }) => (stop ? [] : [stem])))]
  return wanted.length > 2 && wanted.filter((stem) => own.has(stem)).length / wanted.length >= SAYS_WORDS
}
