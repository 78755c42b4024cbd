import { cosine } from '../search/exact-search.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import type { Syllabus, SyllabusNode } from './read-syllabus.ts'

/** A node that a passage belongs to. */
export interface NodeMatch {
  nodeId: string
  /** 0 to 1: how sure it is; only to be compared with others of its kind. */
  score: number
}

/** A passage as it is compared: `vector` (unit length, of the model of the nodes' vectors) where it has one. */
export interface Passage {
  heading: string
  text: string
  vector?: Float32Array | undefined
}

export interface PassageMatcher {
  /** The nodes of a passage, best first: at most two of each paper; none where nothing is sure enough. */
  match(passage: Passage): NodeMatch[]
}

/** Changes with what is decided below: matches made by other rules are made again. */
export const MATCHING_VERSION = 1

/** What the terms found count for beside the cosine (0..1). */
const TERM_SHARE = 0.28
/** A term in the heading says what the passage is about. */
const HEADING_TERM = 1.5
/** So much weight of terms is as good as any more. */
const ENOUGH_TERMS = 2.5
/** Of cosine and terms together: below, a passage has no node in the paper. */
const LEAST_SCORE = 0.46
/** Where no vector tells, terms alone must say it: two that no other node has, or one of them in the heading. */
const LEAST_TERMS_ALONE = 1.5
/** A second node of a paper is named when it is nearly as good. */
const SECOND_SHARE = 0.92

interface Term {
  stems: readonly string[]
  node: number
  weight: number
}

/** What a node is compared by. */
export function nodeText({ name, description }: SyllabusNode): string {
  return `${name.en}. ${description?.en ?? ''}`
}

/** The nodes that passages are matched with, in the order their vectors are to be given. */
export function matchedNodes(syllabus: Syllabus): (SyllabusNode & { paperId: string })[] {
  return [...syllabus.nodes.values()].filter(({ description, matched }) => description && matched !== false)
}

/** Makes a matcher. `vectors` are those of `matchedNodes` in order; without them terms alone decide. */
export function makePassageMatcher(syllabus: Syllabus, vectors: readonly Float32Array[] | undefined): PassageMatcher {
  const nodes = matchedNodes(syllabus)
  const byFirst = indexTerms(nodes)
  const paperOf = nodes.map(({ paperId }) => paperId)

  function weighTerms({ heading, text }: Passage): Float64Array {
    const found = new Map<Term, number>()
    const look = (of: string, factor: number) => {
      const words = wordsOf(of)
      for (let at = 0; at < words.length; at++) {
        for (const term of byFirst.get(words[at]?.stem ?? '') ?? []) {
          if (!term.stems.every((stem, i) => words[at + i]?.stem === stem)) continue
          found.set(term, Math.max(found.get(term) ?? 0, factor))
        }
      }
    }
    look(text, 1)
    look(heading, HEADING_TERM)
    const weights = new Float64Array(nodes.length)
    for (const [{ node, weight }, factor] of found) weights[node] = (weights[node] ?? 0) + weight * factor
    return weights
  }

  return {
    match(passage) {
      const weights = weighTerms(passage)
      // The model that ships reads English: of Hindi its vectors tell little, those of another model may.
      const alone = passage.vector === undefined || !vectors || isHindi(passage.text)
      const best = new Map<string, NodeMatch[]>()
      for (let i = 0; i < nodes.length; i++) {
        const terms = weights[i] ?? 0
        const byMeaning = scoreByMeaning(terms, vectors?.[i], passage.vector)
        const score = alone ? Math.max(byMeaning, scoreByTerms(terms)) : byMeaning
        const paper = paperOf[i] ?? ''
        const nodeId = nodes[i]?.id ?? ''
        if (score < LEAST_SCORE) continue
        const list = best.get(paper) ?? []
        list.push({ nodeId, score: Math.min(1, Math.round(score * 1000) / 1000) })
        best.set(paper, list)
      }
      return [...best.values()]
        .flatMap((list) => {
          const [first, second] = list.sort((a, b) => b.score - a.score)
          if (!first) return []
          return second && second.score >= first.score * SECOND_SHARE ? [first, second] : [first]
        })
        .sort((a, b) => b.score - a.score)
    },
  }
}

const termShare = (terms: number) => TERM_SHARE * Math.min(1, terms / ENOUGH_TERMS)

function scoreByMeaning(terms: number, node: Float32Array | undefined, passage: Float32Array | undefined): number {
  return node && passage ? cosine(node, passage) + termShare(terms) : 0
}

function scoreByTerms(terms: number): number {
  return terms >= LEAST_TERMS_ALONE ? LEAST_SCORE + termShare(terms) : 0
}

/** The terms by their first stem; one that several nodes of a paper share weighs less. */
function indexTerms(nodes: readonly (SyllabusNode & { paperId: string })[]): Map<string, Term[]> {
  const all = nodes.flatMap(({ terms, paperId }, node) =>
    [...(terms?.en ?? []), ...(terms?.hi ?? [])].map((term) => {
      const stems = wordsOf(term).map(({ stem }) => stem)
      return { stems, node, key: `${paperId} ${stems.join(' ')}` }
    }),
  )
  const counts = new Map<string, number>()
  for (const { key } of all) counts.set(key, (counts.get(key) ?? 0) + 1)
  const byFirst = new Map<string, Term[]>()
  for (const { stems, node, key } of all) {
    const [first] = stems
    if (first === undefined) continue
    // A single plain word is said in passing more often than a phrase.
    const weight = (stems.length > 1 ? 1 : 0.7) / (counts.get(key) ?? 1)
    byFirst.set(first, [...(byFirst.get(first) ?? []), { stems, node, weight }])
  }
  return byFirst
}
