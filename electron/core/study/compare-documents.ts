import type { SearchHit } from '#contract/search.ts'
import { checkedContent } from '../ask/answer-content.ts'
import { buildPrompt } from '../ask/build-prompt.ts'
import { type Evidence, findEvidence, type JudgedSentence } from '../ask/find-evidence.ts'
import { isHindi } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import type { SourceDocument } from '../store/quizzes.rows.ts'
import { askWhole, type BriefWriting, quoted, type WrittenSection } from './write-brief.ts'

const MOST_SENTENCES = 4
/** A sentence is on the topic that holds most of its weight in words, or is this near to it in meaning. */
const ON_TOPIC_COVERAGE = 0.6
const ON_TOPIC_COSINE = 0.5

/** What one document says on a topic, cited; no sentence where it says nothing. */
export async function readOnTopic(
  topic: string,
  document: SourceDocument,
  by: 'ollama' | 'extractive',
  writing: BriefWriting & { searcher: Searcher },
): Promise<WrittenSection> {
  const { db, embedder, searcher, signal } = writing
  const evidence = await findEvidence(
    { db, searcher, embedder: () => embedder },
    { text: topic, scope: { documentIds: [document.id] } },
    signal,
  )
  const onTopic = evidence.sentences.filter((sentence) => isOnTopic(evidence, sentence))
  const { title } = document
  if (onTopic.length === 0) return { title, sentences: [], citations: [] }
  if (by === 'ollama') {
    const { messages, sources } = buildPrompt(topic, evidence.hits, 'compare')
    const text = await askWhole(writing, messages, 'compare')
    const reply = { text, stopped: false, reachedLimit: false }
    const content = await checkedContent({ db, embedder }, { question: topic, reply, sources }, signal)
    return { title, sentences: content.sentences, citations: content.citations }
  }
  const chosen = onTopic
    .slice(0, MOST_SENTENCES)
    .sort((a, b) => a.hit.page - b.hit.page || a.startOffset - b.startOffset)
  return { title, ...quoted(db, chosen.map(asHit)) }
}

function isOnTopic({ question }: Evidence, { features, text }: JudgedSentence): boolean {
  if (features.nearCoverage >= ON_TOPIC_COVERAGE && features.coverage > 0) return true
  return !isHindi(question.text) && !isHindi(text) && features.cosine >= ON_TOPIC_COSINE
}

const asHit = ({ hit, text, startOffset, endOffset }: JudgedSentence): SearchHit => ({
  ...hit,
  text: text.replace(/\s+/g, ' ').trim(),
  startOffset,
  endOffset,
})
