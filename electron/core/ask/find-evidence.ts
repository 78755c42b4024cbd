import type { AskScope } from '#contract/ask.ts'
import type { SearchHit } from '#contract/search.ts'
import { embedIfThere } from '../embedding/embed-if-there.ts'
import type { AnswerJudge, Embedder } from '../ports.ts'
import { isHindi } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import type { ReadDb } from '../store/connection.ts'
import { readPageText } from '../store/search.rows.ts'
import { answerKind } from './answer-kind.ts'
import { answerType } from './answer-type.ts'
import { gatherSentences } from './gather-sentences.ts'
import {
  embedJudged,
  embedWords,
  type Judgement,
  judgeByReading,
  judgeEvidence,
  readRelevances,
} from './judge-evidence.ts'
import { isSelected, locateSelection, selectedPassages } from './selected-passages.ts'
import { type AskedQuestion, headingsOf, type WeighedSentence, weighSentences } from './weigh-sentences.ts'
import { weighWords } from './weigh-words.ts'

export interface EvidenceParts {
  db: ReadDb
  searcher: Searcher
  embedder: () => Embedder | undefined
  /** Without it sentences are judged by single words' meaning. */
  judge?: AnswerJudge | undefined
}

/** What the library has to say on a question. */
export interface Evidence {
  question: AskedQuestion
  /** What the sentences were judged by: read whole where the models can, else the meaning of single words, else words alone. */
  judge: 'reading' | 'meaning' | 'words'
  /** The nearest passages, best first. */
  hits: SearchHit[]
  /** Statements of the passages, best first. */
  sentences: JudgedSentence[]
}

export interface JudgedSentence extends WeighedSentence {
  /** That it answers; only the first few are judged, the others are undefined. */
  logOdds?: number
  /** What the judgement was made from, where one was made. */
  evidence?: Judgement['evidence']
}

/** Passages whose sentences are weighed. Devanagari takes more tokens a word, so Hindi passages are half as long. */
const PASSAGE_COUNT = 16
const HINDI_PASSAGE_COUNT = 30
/** Sentences that are judged; those that are not read are ordered by weight and judgement together. */
const JUDGED_COUNT = { read: 16, otherwise: 5 }
const JUDGEMENT_WEIGHT = 1

/** Searches for a question and weighs what it finds. Throws StudyError `cancelled`. */
export async function findEvidence(
  { db, searcher, embedder, judge }: EvidenceParts,
  { text, scope }: { text: string; scope: AskScope },
  signal: AbortSignal,
): Promise<Evidence> {
  const model = embedder()
  const hindi = isHindi(text)
  if (!hindi) judge?.warm?.()
  const limit = hindi ? HINDI_PASSAGE_COUNT : PASSAGE_COUNT
  const { selection, ...within } = scope
  const marked = selection && locateSelection(db, selection)
  const { hits, mode } = await searcher.search(
    { query: text, limit, scope: selection ? { documentIds: [selection.documentId] } : within, asYouType: false },
    signal,
  )
  const passages = marked ? selectedPassages(db, marked, hits) : hits
  // The model that ships reads English: vectors of Hindi sentences would be made to be ignored.
  const isComparable = model !== undefined && mode === 'hybrid' && !hindi
  const sentences = gatherSentences(preferLanguage(passages, hindi), (hit) =>
    readPageText(db, hit.documentId, hit.page),
  ).filter((sentence) => !marked || isSelected(marked, sentence))
  const headings = [...new Set(sentences.flatMap(({ hit }) => headingsOf(hit)))]
  const texts = [text, ...sentences.map((sentence) => sentence.text), ...headings]
  const embedded = isComparable ? await embedIfThere(model, texts, { priority: 'question', signal }) : undefined
  const canCompare = embedded !== undefined
  const vectors = embedded ?? []
  const question: AskedQuestion = {
    text,
    hindi,
    byMeaning: canCompare,
    kind: answerKind(text),
    type: answerType(text),
    words: weighWords(db, text),
    vector: vectors[0] ?? new Float32Array(0),
  }
  const headingVectors = new Map(
    headings.map((heading, i) => [heading, vectors[1 + sentences.length + i] ?? new Float32Array(0)]),
  )
  const weighed: JudgedSentence[] = weighSentences(
    question,
    sentences,
    vectors.slice(1, 1 + sentences.length),
    headingVectors,
  )
  const foremost = weighed.slice(0, JUDGED_COUNT.read)
  if (canCompare && model?.embedTokens && judge) {
    const [tokens, relevances] = await Promise.all([
      embedJudged(model, question, foremost, signal),
      readRelevances(judge, question, foremost, signal),
    ])
    if (tokens && relevances) {
      const judgements = judgeByReading(question, foremost, tokens, relevances)
      const judged = foremost.map((sentence, i) => ({ ...sentence, ...(judgements[i] as Judgement) }))
      judged.sort((a, b) => b.logOdds - a.logOdds)
      const rest = weighed.slice(JUDGED_COUNT.read)
      return { question, judge: 'reading', hits: passages, sentences: [...judged, ...rest] }
    }
  }
  const best = weighed.slice(0, JUDGED_COUNT.otherwise)
  const rest = weighed.slice(JUDGED_COUNT.otherwise)
  const wordVectors = canCompare && model ? await embedWords(model, question, best, signal) : undefined
  const judged = best.map((sentence) => ({ ...sentence, ...judgeEvidence(question, sentence, wordVectors) }))
  const worth = ({ score, logOdds }: { score: number; logOdds: number }) => score + JUDGEMENT_WEIGHT * logOdds
  judged.sort((a, b) => worth(b) - worth(a))
  return { question, judge: wordVectors ? 'meaning' : 'words', hits: passages, sentences: [...judged, ...rest] }
}

/** An answer in the question's language, where the library has one. */
function preferLanguage(hits: SearchHit[], hindi: boolean): SearchHit[] {
  const same = hits.filter((hit) => isHindi(hit.text) === hindi)
  return same.length > 0 ? same : hits
}
