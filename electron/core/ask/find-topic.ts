import { wordsOf } from '../search/query-words.ts'

/** What joins the parts of a name: "Drafting Committee of the Constituent Assembly", "Speaker of the Lok Sabha". */
const NAME_LINK = /^(?:of|the|and|for|&)$/i
const QUESTION_WORD =
  /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|will|would|may|must|has|have|had|in|on|at|by|under|for|from|to|of|the|a|an)$/i
/** A topic without a name begins after these. */
const BEFORE_TOPIC =
  /\b(?:is|are|was|were|do|does|did|can|may|must|should|will|would|has|have|had|of|about|the|an?|by|meant by|called)\s+/gi
/** …and ends before these: words that say something of it. */
const AFTER_TOPIC =
  /\s+(?:is|are|was|were|be|been|do|does|did|have|has|had|can|may|must|get|come|came|become|became|begin|mean|work|works|happen|take|taken|elected|appointed|chosen|called|made|formed|set|created|removed|used|based|known|different|important|necessary|needed|in|on|at|by|from|to|for|with|under|into|than|when|if|after|before|during|so|ever|never|always|not)\b/i

/**
 * The thing an English question is about, as it stands there: its last name in
 * capitals with what belongs to it, else the noun phrase after its first verb.
 */
export function findTopic(question: string): string | undefined {
  return findName(question) ?? findPhrase(question)
}

/** The longest run of words in capitals that is not only the question's first word. */
export function findName(text: string): string | undefined {
  const words = wordsOf(text)
  const runs: { start: number; end: number; count: number }[] = []
  let run: { start: number; end: number; count: number } | undefined
  let linked = 0
  for (const [i, word] of words.entries()) {
    const last = words[i - 1]
    const gap = last ? text.slice(last.end, word.start) : ''
    const isCapital = /^(?:\p{Lu}|\d+(?:st|nd|rd|th)$)/u.test(word.text) && !(i === 0 && QUESTION_WORD.test(word.text))
    if (run && /[^\s.’'()-]/.test(gap)) run = undefined
    if (isCapital) {
      if (run) Object.assign(run, { end: word.end, count: run.count + 1 })
      else {
        run = { start: word.start, end: word.end, count: 1 }
        runs.push(run)
      }
      linked = 0
    } else if (!run || !NAME_LINK.test(word.text) || ++linked > 2) run = undefined
  }
  const best = runs.toSorted((a, b) => b.count - a.count || b.start - a.start)[0]
  if (!best) return undefined
  // "the 73rd amendment": a numbered thing needs its noun.
  const noun = /^\s+[a-z]+/.exec(text.slice(best.end))?.[0] ?? ''
  const name = text.slice(best.start, best.end)
  return /^\d\S*$/.test(name) ? name + noun : name
}

function findPhrase(question: string): string | undefined {
  const plain = question.replace(/[?.!]+\s*$/, '')
  const first = [...plain.matchAll(BEFORE_TOPIC)][0]
  if (!first) return undefined
  let rest = plain
    .slice(first.index + first[0].length)
    // "Why do we need a constitution?" is about what is needed, not about us.
    .replace(/^(?:we|you|i|one|people)\s+\p{L}+\s+(?:(?:to|for|of|about)\s+)?(?=\S)/iu, '')
    .replace(/^(?:(?:the|an?|there|meant by|called|about)\s+)+/i, '')
  // "the term of a member": what follows "of" tells it too.
  const end = AFTER_TOPIC.exec(rest)
  if (end && end.index > 0) rest = rest.slice(0, end.index)
  const words = wordsOf(rest)
  return words.some(({ stop }) => !stop) && words.length <= 9 ? rest.trim() : undefined
}

/** What a Hindi question is about: the words before its first postposition, or before the question word. */
export function findHindiTopic(question: string): string | undefined {
  const plain = question.replace(/[?।!]+\s*$/, '').replace(/^(?:और|अच्छा|तो|फिर)\s+/, '')
  const cut = /(?:^|\s)(?:का|के|की|को|में|से|ने|पर|द्वारा|क्या|कौन|कब|कहाँ|कहां|कैसे|क्यों|कितन[ाेी]|किस\S*|है|हैं)(?=\s|$)/.exec(plain)
  const topic = (cut ? plain.slice(0, cut.index) : plain).trim()
  const words = wordsOf(topic)
  return words.some(({ stop }) => !stop) && words.length <= 6 ? topic : undefined
}
