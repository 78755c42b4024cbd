import type { TextRange } from '#contract/search.ts'

/**
 * Cuts a text into its sentences, in order, trimmed of surrounding whitespace;
 * ranges are UTF-16 offsets into `text`. English and Devanagari: full stops,
 * question and exclamation marks, danda and double danda end a sentence; blank
 * lines, list items and a table's rows (lines with tabs) always do, so that a heading,
 * a point or a row stands by itself.
 * A full stop does not end one after an abbreviation ("Dr.", "Art. 21", "e.g."),
 * an initial ("B. R. Ambedkar") or a list number at a line's start ("2. The …").
 */
export function splitSentences(text: string): TextRange[] {
  const sentences: TextRange[] = []
  let start = 0
  const cut = (end: number) => {
    const range = trim(text, start, end)
    if (range.end > range.start) sentences.push(range)
    start = end
  }
  for (const match of text.matchAll(CANDIDATE)) {
    const end = match.index + match[0].length
    if (match.groups?.block !== undefined) cut(match.index)
    else if (match.groups?.danda !== undefined) cut(end)
    else if (endsSentence(text, start, match.index, match.groups?.stop ?? '', end)) cut(end)
  }
  cut(text.length)
  return sentences
}

const BULLET = '[•●○◦▪■◆❖➢►✓✔√§±*–—-]'
const CLOSERS = '["\'”’»)\\]]*'
/** Paragraph breaks, starts of list items, dandas, and marks that are followed by a space or the end. */
const CANDIDATE = new RegExp(
  [
    `(?<block>\\n\\s*\\n|\\n(?=[^\\S\\n]*(?:${BULLET}\\s|\\(?(?:\\d{1,2}|[a-z]|[ivx]{1,4})[.)]\\s)|[^\\n]*\\t)|(?<=\\t[^\\n]*)\\n)`,
    `(?<danda>[।॥]+${CLOSERS})`,
    `(?<stop>[.!?…]+)${CLOSERS}(?=\\s|$)`,
  ].join('|'),
  'g',
)

/** Never the end, whatever follows. */
const TITLES =
  /^(?:Dr|Mr|Mrs|Ms|Prof|Sr|Shri|Smt|Km|Pt|St|Hon|Rs|Gen|Col|Lt|Capt|Maj|Brig|Adm|Gov|Sen|Rep|Rev|Messrs|Govt|Dept|vs|v|viz|cf|e\.g|i\.e|eg|ie|approx|c|ca|ibid|op|w\.e\.f|S\.No|Sl|Sr\.No|al)$/i
/** Not the end when a number, a roman numeral, a letter in brackets or a capital letter by itself follows. */
const BEFORE_NUMBER =
  /^(?:No|Nos|Art|Arts|Sec|Secs|Sch|Cl|Cls|Ch|Chap|Fig|Figs|Vol|Vols|Pt|p|pp|para|paras|Ex|Eq|Q|Ques|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)$/i
const NUMBER_AHEAD = /^\s+["“‘'(]*(?:\d|[IVXLC]+\b|\([\da-z]|[A-Z]\b)/
/** Words a sentence often starts with: after "U.S." or "Ltd." they tell an end from a name that goes on. */
const STARTER =
  /^\s+["“‘'(]*(?:The|This|These|Those|That|It|In|On|At|As|An?|But|And|Or|If|When|While|Where|Who|What|Why|How|He|She|They|We|I|You|His|Her|Their|Our|Its|For|From|To|By|With|However|Thus|Therefore|Hence|Moreover|There|Here|After|Before|Under|According|Also|Such|Some|Many|Most|All|No|Not)\b/
const ACRONYM = /^(?:[A-Za-z]\.)+[A-Za-z]$|^(?:Ltd|Co|Inc|Corp|Jr|etc|a\.m|p\.m)$/

function endsSentence(text: string, sentenceStart: number, at: number, stop: string, end: number): boolean {
  // Reading no further than this keeps one long text from being copied for every full stop in it.
  const ahead = text.slice(end, end + 40)
  if (/^\s*$/.test(ahead)) return true
  if (/^\s+\p{Ll}/u.test(ahead)) return false
  if (stop !== '.') return true
  const word = /[^\s"'“‘([]+$/.exec(text.slice(Math.max(sentenceStart, at - 24), at))?.[0] ?? ''
  if (TITLES.test(word)) return false
  if (BEFORE_NUMBER.test(word) && NUMBER_AHEAD.test(ahead)) return false
  if (ACRONYM.test(word) || /^\p{Lu}$/u.test(word)) return STARTER.test(ahead)
  // "2. The President…", "(b). …": the mark of a list item, not a sentence.
  if (/^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\)?$/.test(word)) {
    const before = text.slice(sentenceStart, at - word.length)
    return !/^\s*$/.test(before)
  }
  return true
}

function trim(text: string, start: number, end: number): TextRange {
  while (start < end && /\s/.test(text[start] ?? '')) start++
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--
  return { start, end }
}
