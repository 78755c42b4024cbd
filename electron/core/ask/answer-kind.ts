import { wordsOf } from '../search/query-words.ts'

/** What a question asks for: it tells what its answer must look like. */
export type AnswerKind = 'person' | 'time' | 'number' | 'place' | 'reason' | 'definition' | 'manner' | 'other'

const ASKED: [AnswerKind, RegExp][] = [
  [
    'number',
    /\bhow (?:many|much|long|old|far|often|large|big|tall|high|deep|fast)\b|\bwhat (?:is the )?(?:number|percentage|proportion|share|per ?cent|length|height|age|population|term|size|strength)\b|कितन[ाेी]/i,
  ],
  [
    'time',
    /\bwhen\b|\b(?:what|which|in what|in which) (?:year|date|day|month|century|decade)\b|(?:^|\s)कब(?:\s|$|\?)|किस (?:वर्ष|साल|सन|तारीख|दिन|तिथि)/i,
  ],
  [
    'reason',
    /\bwhy\b|\bwhat (?:is|was|are|were) the (?:reasons?|purpose|need|rationale|significance|importance)\b|\bfor what reason\b|\bwhat (?:led|made|caused|causes)\b|क्यों|किसलिए|किस कारण|क्या कारण/i,
  ],
  ['person', /^(?:\S+ ){0,2}who(?:m|se)?\b|(?:^|\s)(?:कौन|किसने|किसे|किसकी|किसके)(?:\s|$|\?)(?!.*कहते)/i],
  [
    'place',
    /\bwhere\b|\b(?:what|which) (?:country|city|town|village|district|place|continent)\b|कहाँ|कहां|किस (?:देश|शहर|स्थान|गाँव|राज्य)/i,
  ],
  [
    'definition',
    /\b(?:defined?|definition|meaning|meant|mean)\b|^what (?:is|are) (?:(?:a|an|the) )?(?:[\w'’-]+ ){0,3}[\w'’-]+\s*\??$|किसे कहते|से क्या (?:अर्थ|तात्पर्य|अभिप्राय)|परिभाषा|^\S+(?: \S+){0,3} क्या (?:है|हैं)\s*\??$/i,
  ],
  ['manner', /\bhow\b|\bin what (?:way|manner)\b|कैसे|किस प्रकार|किस तरह/i],
]

/** The kind of answer that a question wants. */
export function answerKind(question: string): AnswerKind {
  const text = question.trim()
  return ASKED.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
}

const NUMBER_WORD =
  /\d|[०-९]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|lakhs?|crores?|millions?|billions?|half|third|thirds|quarter|fourths?|dozen|once|twice|several|few|majority|none|per cent|percent)\b|(?:^|\s)(?:एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|बीस|सौ|हज़ार|हजार|लाख|करोड़|आधा|आधे|तिहाई|प्रतिशत)(?:\s|$|[,।])/i
/** Numbers that count nothing: dates, years, articles and schedules of a law. */
const NO_COUNT =
  /\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|(?<!\d)(?:1[5-9]|20)\d{2}(?![\d,])|\b(?:articles?|art\.|sections?|clauses?|chapters?|page|p\.) ?\d+/gi
const TIME_WORD =
  /\b(?:1\d{3}|20\d{2})\b|[०-९]{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|century|centuries|BCE?|AD|CE|decades?|years?|months?|days?|weeks?|today|midnight|before|after|since|until|during|every|immediately)\b|सदी|शताब्दी|वर्ष|साल|जनवरी|फ़?रवरी|मार्च|अप्रैल|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर/i
const REASON_WORD =
  /\b(?:because|since|so that|in order to|therefore|thus|hence|as a result|reasons?|due to|owing to|purpose|functions?|aims?|helps?|ensur\w+|prevent\w*|avoid\w*|protect\w*|allows?|enables?|necessary|needed|needs?|required?|important|essential|otherwise|to (?:make|give|keep|provide|guard|check|maintain|promote|secure|balance|reduce|limit)|led to|leads? to|caused?|makes? it|would|could|must|cannot|felt|wanted|believed|thought|feared|if)\b|क्योंकि|इसलिए|ताकि|कारण|वजह|आवश्यक|ज़रूर|जरूर|हेतु|उद्देश्य/i
const DEFINING_WORD =
  /\b(?:is|are|was|were|means?|meant|refers?|called|termed|known as|defined|consists?|implies|denotes?|stands for|describes?|involves|comprises)\b|कहते हैं|कहा जाता|कहलात|का अर्थ|है[।\s]|हैं[।\s]/i

/**
 * Whether a sentence can be an answer of the kind: a count holds a number, a date
 * a time, and so on. True where the kind says nothing of the looks of its answer.
 */
export function looksLikeAnswer(kind: AnswerKind, sentence: string): boolean {
  switch (kind) {
    case 'number':
      return NUMBER_WORD.test(sentence.replace(NO_COUNT, ''))
    case 'time':
      return TIME_WORD.test(sentence)
    case 'reason':
      return REASON_WORD.test(sentence)
    case 'definition':
      return DEFINING_WORD.test(sentence)
    case 'person':
    case 'place':
      return hasName(sentence)
    default:
      return true
  }
}

/** As `looksLikeAnswer`, of what the sentence says beside the question's own words: a name that was asked about is not the name asked for. */
export function offersAnswer(kind: AnswerKind, sentence: string, askedStems: ReadonlySet<string>): boolean {
  let rest = ''
  let at = 0
  for (const { start, end, stem } of wordsOf(sentence)) {
    rest += sentence.slice(at, start)
    rest += askedStems.has(stem) ? '…' : sentence.slice(start, end)
    at = end
  }
  return looksLikeAnswer(kind, rest + sentence.slice(at))
}

/** Bodies and offices are written small as often as not. */
const AGENT =
  /\b(?:people|citizens?|members?|voters?|judges?|courts?|governments?|parliament|legislatures?|ministers?|president|governor|commission|committee|assembly|states?|king|queen|leaders?|officers?|community|communities|women|men|children|minorities)\b/i

/** A capital letter that does not begin the sentence; Devanagari has none, so every sentence may hold a name. */
function hasName(sentence: string): boolean {
  if (/[\u0900-\u097f]/.test(sentence)) return true
  return (
    /[\p{L}\d,;:)’'”"]\s+[“‘"'(]*\p{Lu}\p{L}/u.test(sentence) ||
    /^\p{Lu}[\p{L}.]*\s+\p{Lu}/u.test(sentence) ||
    AGENT.test(sentence)
  )
}
