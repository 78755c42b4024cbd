/** A sentence that says what a term means. */
export interface Definition {
  /** Without its article: "monsoon", "Gram Sabha". */
  term: string
  /** What it is, beginning with its article: "a seasonal reversal of winds". */
  meaning: string
  /** How the text ties them: 'is' also for "are", "means" and their kin; 'called' for "is known as". */
  tie: 'is' | 'called'
  plural: boolean
  /** The term's place in the sentence. */
  start: number
  end: number
}

const WORD = "[\\p{L}\\p{M}\\d]+(?:[’'-][\\p{L}\\p{M}\\d]+)*"
const TERM = `${WORD}(?: ${WORD}){0,5}?`
const ARTICLE = '(?:The |An? |the |an? )?'
const OPEN = '[‘“"\']?'
const CLOSE = '[’”"\']?'
/** A short form in brackets after the term. */
const SHORT = '(?: \\((?:[A-Z][A-Za-z]{1,7}|or [^)]{3,30})\\))?'

const MEANS = new RegExp(
  `^${ARTICLE}(?:(?:word|term|concept|expression) )?${OPEN}(?<term>${TERM})${CLOSE}${SHORT},? (?<verb>means|refers to|denotes|implies|is defined as|are defined as|stands for) (?<meaning>.+)\\.$`,
  'u',
)
const IS = new RegExp(
  `^${ARTICLE}${OPEN}(?<term>${TERM})${CLOSE}${SHORT} (?<verb>is|are|was|were) (?<meaning>(?:an?|the|one of the) .+)\\.$`,
  'u',
)
const CALLED = new RegExp(
  `^(?<meaning>[^,;:]{20,180}?),? (?<verb>is|are) (?:also |popularly |commonly |generally |usually )?(?:called|known as|termed|described as|referred to as) ${ARTICLE}${OPEN}(?<term>${TERM})${CLOSE}\\.$`,
  'u',
)

/** The definition an English sentence gives, if it gives one: a short term and a meaning that tells it from others. */
export function findDefinition(text: string): Definition | undefined {
  return (
    read(CALLED.exec(text), text, 'called') ?? read(MEANS.exec(text), text, 'is') ?? read(IS.exec(text), text, 'is')
  )
}

function read(match: RegExpExecArray | null, text: string, tie: Definition['tie']): Definition | undefined {
  const { term = '', verb = '', meaning: whole = '' } = match?.groups ?? {}
  // What follows a colon explains the meaning further.
  const meaning = whole.split(/[:;]/)[0]?.trim() ?? ''
  if (!match || !isTerm(term) || !isMeaning(meaning, term)) return undefined
  // In "X is known as Y" the same words may stand in both halves; the last one is the term's.
  const start = tie === 'called' ? text.lastIndexOf(term) : text.indexOf(term)
  return { term, meaning, tie, plural: verb === 'are' || verb === 'were', start, end: start + term.length }
}

/** First words of subjects that define nothing: "The reason is …", "One example is …". */
const NO_TERM =
  /\b(?:reasons?|problems?|aims?|points?|purpose|function|results?|questions?|ideas?|examples?|answers?|ways?|facts?|differences?|issues?|tasks?|role|advantages?|disadvantages?|story|case|things?|persons?|people|groups?|steps?|part|parts|one|first|second|third|fourth|last|most|it|there|this|that|he|she|they|who|which|what|basis|source|objectives?|goal|need|number|rest|best|main|key|only|following|title|author|approach|method|experience|authority|attempt|effort|theme|feature|features|importance|not|never|also|and|however|but|or|if|when|while|because|although|in|on|at|for|from|to|with|by|under|during|as|between|another|other|others|each|every|all|some|many|both|such|its|their|his|her|these|those|our|your|of|north|south|east|west|India|has|have|had|can|may|must|will|would|should)\b/iu

function isTerm(term: string): boolean {
  const words = term.split(' ')
  if (words.length > 5 || term.length < 4 || /^\d/.test(term)) return false
  // Small words may join a name ("Directive Principles of State Policy") but not begin a term.
  const inner = term
    .replace(/ in the /, ' ')
    .split(' ')
    .filter((word) => !/^(?:of|the|for|and)$/.test(word))
    .join(' ')
  return !NO_TERM.test(inner) && !/^(?:of|the|for|and)\b/.test(term)
}

const EMPTY =
  /\b(?:good|bad|important|great|very|difficult|major|significant|key|crucial|living|matter|kind of|sort of|part of|result of|example|examples|good deal|case of|thing|things|something|question|must|should|way|ways|need|needs|reason|same|different|similar|more|less|better|not only|merely|just|simply|itself|delicate|product|step|necessity|success|failure|cornerstone|long|land of|country of|story|attempt|combination|fact|idea|here|this|these|those|you|we|our|he|she|they|today|now|perhaps|member|controversial|complex|interesting|issue|source of|victim|resident|student|means|manifestations?|one of the (?:large|many|most))\b/i

function isMeaning(meaning: string, term: string): boolean {
  const words = meaning.split(' ')
  if (words.length < 5 || words.length > 32 || EMPTY.test(meaning)) return false
  if (/[“”"‘;:—]| [–-] |\(/.test(meaning)) return false
  // A meaning that uses the term's own words gives it away.
  const own = term
    .toLowerCase()
    .split(' ')
    .filter((word) => word.length > 3)
  return (
    own.filter((word) => meaning.toLowerCase().includes(word.replace(/s$/, ''))).length * 2 <=
    own.length - (own.length > 1 ? 0 : 1)
  )
}
