import { wordsOf } from '../search/query-words.ts'
import { findHindiTopic } from './find-topic.ts'
import type { EarlierTurn } from './rewrite-by-rules.ts'

const LEAD = /^(?:और|अच्छा|तो|फिर|लेकिन)\s+/
const ASKING = 'क्या|कौन|कब|कहाँ|कहां|कैसे|क्यों|कितना|कितनी|कितने|किस|किसे|किसने'
const BARE = new RegExp(`^(?:ऐसा\\s+)?(${ASKING})(?:\\s+(?:नहीं|ऐसा|भला))?$`)
const MORE = /^(?:(?:और|थोड़ा|ज़रा|विस्तार से|उदाहरण)\s*)+(?:बताइए|बताएँ|बताओ|समझाइए|समझाएँ|दीजिए|दें)?$/
/** Pronouns that point back. */
const POINTER = '(?:इस|उस|इन|उन)(?:का|के|की|में|से|पर|को)|इसे|उसे|इन्हें|उन्हें|इसने|उसने|इन्होंने|उन्होंने|यह|ये|वह|वे'
const EDGE_BEFORE = '(?<![\\p{L}\\p{M}])'
const EDGE_AFTER = '(?![\\p{L}\\p{M}])'
const ANY_POINTER = new RegExp(`${EDGE_BEFORE}(?:${POINTER})${EDGE_AFTER}`, 'u')
/** "यह कि": points forward. */
const FORWARD = new RegExp(`${EDGE_BEFORE}यह\\s+(?:कि|बात)${EDGE_AFTER}`, 'u')
const ABOUT = /^(.+?)\s*(?:के बारे में|के विषय में|का|की|के|में|को)$/

const bare = (question: string) =>
  question
    .trim()
    .replace(/[?।!\s]+$/, '')
    .replace(/\s+/g, ' ')
const asks = (text: string) => new RegExp(`${EDGE_BEFORE}(?:${ASKING})${EDGE_AFTER}`, 'u').test(text)

export function hindiDependsOnTurns(question: string): boolean {
  const plain = bare(question)
  const body = plain.replace(LEAD, '')
  if (BARE.test(body) || MORE.test(plain)) return true
  const pointer = ANY_POINTER.exec(plain)
  // A name before the pronoun is what it means.
  if (pointer && !FORWARD.test(plain))
    return wordsOf(plain.slice(0, pointer.index)).filter(({ stop }) => !stop).length < 2
  return wordsOf(body).length <= 4 && !asks(body)
}

/** As `rewriteByRules`, in Hindi: pronouns take the topic of the turn before; a lone question word is asked of it again. */
export function rewriteHindi(question: string, last: EarlierTurn): string | undefined {
  const topic = findHindiTopic(last.question)
  if (!topic) return undefined
  const plain = bare(question)
  const body = plain.replace(LEAD, '')
  if (MORE.test(plain)) return `${topic} के बारे में और क्या लिखा है?`
  const word = BARE.exec(body)?.[1]
  if (word) {
    const before = bare(last.question)
    const asked = new RegExp(`${EDGE_BEFORE}(?:${ASKING})${EDGE_AFTER}`, 'u')
    return asked.test(before) ? `${before.replace(asked, word)}?` : `${before} ${word}?`
  }
  const resolved = resolve(body, topic)
  if (resolved !== body) return `${resolved}${asks(resolved) ? '' : ' के बारे में क्या लिखा है'}?`
  const other = ABOUT.exec(body)?.[1] ?? body
  if (wordsOf(body).length <= 4 && last.question.includes(topic)) return `${bare(last.question.replace(topic, other))}?`
  return `${topic}: ${body}?`
}

function resolve(text: string, topic: string): string {
  const word = (pattern: string) => new RegExp(`${EDGE_BEFORE}${pattern}${EDGE_AFTER}`, 'gu')
  return text
    .replace(word('(?:इस|उस|इन|उन)(का|के|की|में|से|पर|को)'), `${topic} $1`)
    .replace(word('(?:इसे|उसे|इन्हें|उन्हें)'), `${topic} को`)
    .replace(word('(?:इसने|उसने|इन्होंने|उन्होंने)'), `${topic} ने`)
    .replace(word('(?:यह|ये|वह|वे)'), topic)
}
