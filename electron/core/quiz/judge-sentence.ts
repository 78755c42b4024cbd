import { leaningOpening } from './lexicon/leaning-openings.ts'

/** Why a sentence can't stand in a question by itself. */
export type SentenceFault =
  | 'length'
  | 'unfinished'
  | 'fragment'
  | 'unbalanced'
  | 'rubble'
  | 'list-mark'
  | 'caption'
  | 'glued'
  | 'reader-addressed'
  | 'pointing'
  | 'pronoun'
  | 'bare-reference'
  | 'connective'
  | 'time-bound'
  | 'supposition'
  | 'opinion'
  | 'no-verb'

export type SentenceVerdict =
  /** `text` is the sentence, without a leading connective ("However, "). */
  { standsAlone: true; text: string } | { standsAlone: false; fault: SentenceFault }

/**
 * Tells whether an English sentence, taken out of its page, still says one
 * whole, checkable thing: no pronoun or "this" that points outside, no reader
 * addressed, no supposition, no caption, exercise or table rubble. It is strict
 * on purpose: a book has many sentences, and one that dangles spoils a question.
 */
export function judgeSentence(sentence: string): SentenceVerdict {
  const text = withoutConnective(sentence)
  for (const [fault, isFaulty] of FAULTS) if (isFaulty(text)) return { standsAlone: false, fault }
  return { standsAlone: true, text }
}

/** Running text: not a caption, a credit, a table's row or a title. */
export function isProse(text: string): boolean {
  return !CAPTION.test(text) && !isRubble(text) && text.split(' ').length >= 4
}

/** Connectives whose clause says the same without them; what follows gets its capital. */
const CONNECTIVE =
  /^(?:However|Moreover|Furthermore|Further|In addition|Besides|Therefore|Thus|Hence|Accordingly|Consequently|In fact|Indeed|Similarly|Likewise|Also|Finally|Of course|Clearly|Obviously|Firstly|Secondly|Thirdly|More importantly|Interestingly|Significantly|For example|For instance|As a result|In other words|In particular|In short|Broadly speaking|Generally speaking), (?=\p{L})|^(?:In fact|As a result) (?=\p{L})/u

/** The number of a clause, as laws print it: "(2) The Council …". */
const CLAUSE_MARK = /^\(\d{1,2}[A-Z]?\) (?=\p{Lu})/u

function withoutConnective(sentence: string): string {
  const whole = sentence.replace(CLAUSE_MARK, '')
  const rest = whole.replace(CONNECTIVE, '')
  return rest === whole ? whole : rest.charAt(0).toUpperCase() + rest.slice(1)
}

const FAULTS: readonly [SentenceFault, (text: string) => boolean][] = [
  ['length', (text) => !between(text.split(' ').length, 7, 45)],
  ['unfinished', (text) => !/[.][”’"')]?$/.test(text) || /\.\.+|…/.test(text)],
  ['fragment', (text) => !/^[“"‘'(]?\p{Lu}|^\d[\d,]* \p{Ll}+ (?:were|are|have|had) /u.test(text)],
  ['unbalanced', isUnbalanced],
  ['rubble', isRubble],
  [
    'list-mark',
    (text) =>
      /^\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)] |^\(?[A-Z][.)] (?!\p{Lu}\.)|^[±•●○◦▪■◆❖➢►✓*–—-] |[±•●○◦▪■◆❖➢►✓]|_{2,}/u.test(
        text,
      ),
  ],
  ['caption', (text) => CAPTION.test(text)],
  ['glued', (text) => GLUED.test(text) || COLON_SENTENCE.test(text)],
  ['reader-addressed', (text) => READER.test(text)],
  ['pointing', (text) => POINTING.test(text)],
  ['time-bound', (text) => TIME_BOUND.test(text)],
  ['connective', (text) => leaningOpening(text) !== undefined || DEPENDENT_START.test(text)],
  ['pronoun', hasDanglingPronoun],
  ['bare-reference', hasBareReference],
  ['supposition', (text) => SUPPOSITION.test(text)],
  ['opinion', (text) => OPINION.test(text)],
  ['no-verb', (text) => !VERB.test(text)],
]

function between(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function isUnbalanced(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0
  if (count(/"/g) % 2 === 1) return true
  if (count(/“/g) !== count(/”/g)) return true
  // ’ is an apostrophe too: only an opening mark without any closing one tells.
  if (count(/‘/g) > count(/[’‘]/g) - count(/‘/g)) return true
  return count(/\(/g) !== count(/\)/g) || count(/\[/g) !== count(/\]/g)
}

function isRubble(text: string): boolean {
  const words = text.split(' ')
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters < text.replaceAll(' ', '').length * 0.7) return true
  if (/(?:\b[A-Z]{2,}\b[ ,]*){4}/.test(text)) return true
  if (/(?:(?:^| )\p{L}(?= |$)){3}/u.test(text)) return true
  if (/\p{L}{28}|(\p{L}{3,})\1\1/u.test(text)) return true
  // Marks of an encyclopedia's editors, and of its notes.
  if (/\[(?:[^\]]*needed|\d{1,3}|note \d+)\]/.test(text)) return true
  // A note's mark before a bracket, as printed laws show what was put in: "1 [Chhattisgarh, Jharkhand]".
  if (/(?:^| )\d{1,2} ?\[/.test(text)) return true
  if (/[=+<>|\\^~{}]|:.*:|^.{0,24}: ?\p{Lu}/u.test(text)) return true
  // Words set in capitals throughout are a table's or a title's, not a sentence's.
  const capitalised = words.filter((word) => /^[“"‘'(]?\p{Lu}/u.test(word)).length
  return capitalised > words.length * 0.7
}

const CAPTION =
  /\b(?:chapters?|figure|fig\.|cartoons?|photo(?:graph)?s?|pictures?|illustrations?|textbooks?|exercises?|copyright|credits?:|source:|courtesy|reprint(?:ed)?|isbn|vol\.|ibid|et al|pp?\. ?\d+|cad,|table \d+|map \d+|box \d+|www\.|https?:|newspaper clipping|activity)(?!\p{L})|©|@|^(?:q|ans)[.:]/iu

/** A small word with a capital in mid-sentence: a heading or a boxed note ran into the text. */
const GLUED =
  /[\p{Ll}\d,] (?:The|This|That|These|Those|But|In|It|A|An|However|If|When|Where|While|There|They|We|You|He|She|For|As|First|Second|Third|Finally|What|How|Why|Which|Who|One|Most|Many|Some|All|Each|Every|At|On|By|From|After|Before|Since|Although|Though|Yet|So|And|Or|Not|No|Do|Does|Is|Are|Was|Were|Has|Have|Can|Let|Read)\b(?![’'.])/u
/** A second sentence after a colon. */
const COLON_SENTENCE = /: (?:The|This|That|It|A|An|In|There|They|We|He|She)\b/

/** "I" counts only as the pronoun: not in "Part I" or "Elizabeth I". */
const READER =
  /\b(?:we|us|our|ours|ourselves|you|your|yours|yourself|my|me|mine|myself|let’s|let's)\b|(?:^|[“"‘',;] ?)I(?= \p{Ll})|\bone (?:may|might|can|could|has to|should|must|would|finds|looks|says)\b/iu

const POINTING =
  /\bthis\b|\bthese\b|\bthose\b(?! (?:\p{L}+ )?(?:who|whose|which|that|of|in|with|having)\b)|\bsuch\b(?! as\b)|\b(?:at|in|by|from|of|on|for|since|after|before|to|with|during|until|under|over|through|against|about) that\b(?! (?:is|which|of)\b)|\b(?:here|hereby|above(?! (?:the (?:age|sea|mean|poverty)|sea|all|\d))|below(?! (?:the (?:age|sea|mean|poverty)|sea|zero|\d))|aforesaid|aforementioned|abovementioned|latter|former(?! \p{L}*(?:president|prime|chief|judge|minister|ruler|prince|king|soviet|state|governor|member))|respectively|thereby|therein|thereof|thereafter)\b|\bas follows\b|\bboth the \p{L}|\banother\b(?! (?:ten|five|two|six)\b)|\b(?:thus|therefore|hence|however)\b|, too\b|\bif so\b|\bfor (?:example|instance)\b|\b(?:sub-)?clauses? \(|\bthen\b(?! (?:prime|president|governor|chief|viceroy))|\bso (?:required|called)\b|\bthe following\b|\bthe (?:said|same|other|others|rest|two|three|four|second|third|next|previous|preceding|earlier|later)\b(?! (?:houses? of|chamber))|\bthat (?:is why|way|time|year|day|period|case|point|view|question|system|group|country|respect|sense|matter)\b|\bin (?:the )?(?:first|second|third) (?:place|case|instance)\b|\b(?:two|three|four|many|several|some) (?:such|other|more|of these)\b/iu

const TIME_BOUND =
  /\b(?:today|now(?! (?:known|called|observed|celebrated))|nowadays|currently|recent|recently|at present|presently|so far|till date|last (?:year|month|week|few|two|three|decade)|this year|in (?:the )?coming|tomorrow|yesterday|ago|lately|since \d{4}(?:[–-]\d+)?,? .*\b(?:has|have)|of late|these days|(?:is|are) (?:\p{L}+ly )?(?:witnessing|becoming|growing|rising|increasing|declining|emerging|experiencing|undergoing|facing|planning|considering)|until then|by then|since then|till then|upcoming|as of|as on|already|still|yet|soon)\b/iu

/** Further openings that lean on the sentence before, or are no statement: orders to the reader, rows of a table. */
const DEPENDENT_START =
  /^[“"‘'(]?(?:Provided(?: also| further)? that|Notwithstanding anything in (?:this|clause|article)|Subject to the provisions of (?:this|clause)|A similar|Similar|It|Its|They|Their|Them|He|His|Him|She|Her|That|There(?! (?:is|are|was|were|shall be) (?:an? |the |\d|two|three|four|five|six|seven|eight|ten|eleven|twelve))|Another|Others?|Both|Neither|Either|Only(?! (?:the|an?) )|Even|Not|Some|Many|Most|Several|Few|Few|Certain|Various|Much|More|None|All (?:of )?(?:the|these|this|such)|Each of|One (?:of (?:the|these|them)|such|way|more|can|\p{Ll}+ (?:is|was))|Each (?:committee|Committee|group|member|party|method|system|one)|Once|Else|Perhaps|Maybe|Yes|No(?! \p{Ll}+ (?:shall|can|may|is|has) )|Well|Now|Today|Ah|Oh|Because|Which|Who|What|When|Why|How|Where|Whether|While|In (?:this|that|these|such|both|the (?:first|second|third|story|case|example))|As (?:a result|such|we|you|has|already|noted|mentioned|seen|stated|discussed|the)|Apart from|According |Later|Soon|Second|First|Lastly?|Look|See|Read|Note|Think|Find|Discuss|Explain|Write|List|Compare|Collect|Consider|Imagine|Suppose|Identify|Remember|Recall|Make|Prepare|Draw|Give|Visit|Hold|Enact|Classify|Describe|Mention|State (?:the|whether|any|true)|Name|Fill|Match|Choose|Select|Tick|Arrange|Examine|Analyse|Evaluate|Comment|Justify|Elaborate|Trace|Locate|Study|Observe|Try|Ask|Watch|Take|Keep|Include|Let|Imagine|Bring|Show|Use|Check|Refer|Elects?|Approves?|Establishes|Makes|Provides?|Includes|Settles|Original Settles|Ensures?|Controls?|Discusses|Considers|Decides|Creates?|Gives|Hears|Protects?|Promotes?|Removes|Appoints|Conducts|Supervises|Advises|Issues (?:writs|orders)|Do|Does|Did|Can|Could|Will|Would|Should|Is|Are|Was|Were|Has|Have|If)\b/u

/**
 * A pronoun needs its noun in the same sentence, before it: a person for "he",
 * a plural or a joined pair for "they", any noun for "it". Words, not grammar:
 * where in doubt the sentence is let go.
 */
function hasDanglingPronoun(text: string): boolean {
  if (DANGLING_OPENING.test(text)) return true
  for (const match of text.matchAll(
    /\b(?:it|its|itself|they|their|them|themselves|he|his|him|himself|she|her|hers|herself)\b/giu,
  )) {
    const before = text.slice(0, match.index)
    const pronoun = match[0].toLowerCase()
    if (/^(?:it|its|itself)$/.test(pronoun)) {
      // "It is …" as the sentence's own subject was refused by its opening; inside, a noun phrase must stand before.
      if (!/\b(?:the|a|an|every|each|any|no)\s+\p{L}+|\p{Lu}\p{Ll}+/u.test(before) || /[;:]\s*$/.test(before))
        return true
      if (/\bthat\s*$/.test(before) && pronoun === 'it') return true
      // Whose adviser a person was, and what a body adopted, must be named besides the person and the body.
      if (
        pronoun !== 'itself' &&
        (nounPhrases(before) === 0 || (pronoun === 'it' && isObject(before) && !takesUp(before)))
      )
        return true
    } else if (/^(?:they|their|them|themselves)$/.test(pronoun)) {
      if (
        !/\b\p{L}{3,}(?:[^siu\P{L}]s|men|people|persons|children|staff|police)\b/iu.test(
          before.replace(/^(?:As|This|Its|Does|Was|Has|Is)\b/, ''),
        )
      )
        return true
    } else if (!PERSON.test(before)) return true
  }
  return false
}

/** "Located in the south, it …": the subject, whom the opening is about, is in the sentence before. */
const DANGLING_OPENING =
  /^(?:\p{Lu}\p{Ll}+ly )?(?:\p{L}\p{Ll}+(?:ed|ing)|[Bb]uilt|[Bb]orn|[Ss]et|[Kk]nown|[Hh]eld|[Ll]ed|[Mm]ade|[Ff]ound|[Ww]ritten|[Dd]rawn|[Gg]iven|[Tt]aken|[Cc]hosen) (?=\p{Ll}|\d)[^;:]*?, (?:it|they|he|she|its|their|his|her) \p{L}/u

/** "… adopted it", "… of it": not the subject of a clause. */
function isObject(before: string): boolean {
  return !/(?:[,;:]|\b(?:that|and|but|or|when|as|if|which|while|because|before|after|than|though|although|where|until|since|so|whether)) $/.test(
    before,
  )
}

/** "removed the right and converted it": what was acted upon before in the same clause. */
function takesUp(before: string): boolean {
  return /\band \p{Ll}+(?:ed|es|s|t) $/u.test(before) && nounPhrases(before) >= 2
}

/** Noun phrases that "it" could mean: with an article, or names that are not a person's initials and name. */
function nounPhrases(text: string): number {
  return (
    text
      .replace(/^(?:\p{Lu}\. ?)+\p{Lu}\p{Ll}+|^\p{Lu}\p{Ll}+ly, /u, '')
      .match(
        /\b(?:the|an?|every|each|any|no) (?:\p{L}|-)+|(?<!\b(?:[Tt]he|[Aa]n?) (?:\p{L}|-| )*)\p{Lu}[\p{L}-]+(?: (?:of |and |the )?\p{Lu}[\p{L}-]+)*/gu,
      )?.length ?? 0
  )
}

const PERSON =
  /\b(?:President|Minister|Governor|Speaker|Judge|Justice|Viceroy|King|Queen|Emperor|Chairman|Chairperson|Commissioner|Member|Sarpanch|Mayor|person|citizen|voter|candidate|member|judge|leader|minister|woman|man|officer|Collector|Gandhi|Nehru|Ambedkar|Patel|Bose|Prasad|Tilak|Lord|Sir|Dr\.|Mahatma|Pandit|Sardar|Maulana|\p{Lu}\. ?\p{Lu}\p{Ll}+)\b|^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+ /u

/** Nouns that, with a bare "the", mean one named before. */
const NAMED_BEFORE =
  /\b[Tt]he (?:(?:entire|whole|new|present|final|original|main|only|said|then|two|three) )?(?:document|act|amendments?|bills?|commission|committee|reports?|cases?|judg(?:e)?ments?|verdict|resolution|plan|treaty|agreement|war|battle|scheme|programme|policy|party|parties|movement|session|meeting|draft|provisions?|articles?|clauses?|region|river|dynasty|king|emperor|author|leaders?|process|issues?|questions?|problems?|ideas?|principles?|group|story|stories|example|episode|incident|event|events|decision|decisions|move|demand|debate|dispute|conflict|order|orders|rule|ruling|petition|panel|body|bodies|board|council|court|assembly|list|lists|house|houses|Houses?|Act|Amendments?|Bills?|Commission|Committee|Report|Resolution|Plan|Treaty|Court|Assembly|Council|Board|Party|Article|Schedule|Bench|Mission|League|Company|Scheme|Mission|reason|reasons|answer|difference|differences|result|results|point|points|first (?:is|was|of)|last (?:is|was)|makers|framers|members|country|society|system|arrangement|arrangements|method|change|changes|situation|position|positions|power|purpose|aim|aims|objective|objectives|task|tasks|role|importance|need|significance|experience|attempt|effort|efforts|passage|text|author|writer|village|town|city|district|area|community|communities|crisis|election|elections|institution|institutions|above|nation|company|companies|corporation|firm|university|college|school|schools|institute|team|teams|club|clubs|band|film|films|album|song|novel|book|books|magazine|newspaper|series|show|programme?s?|episode|network|channel|station|stadium|museum|gallery|church|cathedral|temple|mosque|monastery|palace|fort|castle|building|buildings|bridge|tower|park|garden|gardens|street|road|railway|airport|port|harbou?r|neighbou?rhood|suburb|province|island|islands|valley|lake|kingdom|empire|republic|colony|settlement|army|navy|force|forces|troops|expedition|campaign|siege|revolt|rebellion|uprising|strike|invasion|conquest|organi[sz]ation|association|foundation|collection|exhibition|project|experiment|study|survey|theory|theorem|method|technique|device|machine|engine|ship|vessel|aircraft|satellite|spacecraft|mission|disease|virus|drug|species|genus|site|tomb|statue|painting|manuscript|inscription|poem|play|speech|letter|article|essay|interview|couple|family|brothers|duo|trio|tribe|tribes|clan|sect|cult|order|title|name|term|word|phrase|holiday|festival|ceremony|tournament|championship|season|league|match|game|games|race|final|finals)\b(?! (?:of|in|for|on|to|which|that|who|whose|between|against|called|known|named|passed|relating|regarding|governing|concerning|from|by which|p{Ll}+ed by|made by|drawn|held in|\())/g

function hasBareReference(text: string): boolean {
  for (const match of text.matchAll(NAMED_BEFORE)) {
    const noun = (match[0].split(' ').at(-1) ?? '').toLowerCase().replace(/s$/, '')
    const before = text.slice(0, match.index).toLowerCase()
    // "A bill … the bill", "The Drafting Committee … the Committee": named in the sentence itself.
    if (!new RegExp(`\\b(?!the ${noun}s?\\b)\\p{L}+ ${noun}s?\\b`, 'u').test(before)) return true
  }
  return false
}

const SUPPOSITION =
  /\b(?:imagine|suppose|supposing|assume|assuming|let us|would have|could have|might|what if|as if|hypothetical|were to|if (?:he|she|they|it|a|an|any))\b/i

/** What an examiner can't call right or wrong. */
const OPINION =
  /\b(?:perhaps|maybe|probably|possibly|experience shows|seems?|seemed|appears? to|appeared to|likely|arguably|i think|believe|believes|believed|feels?|felt|argues?|argued|opinion|hopes?|hoped|fortunately|unfortunately|surprising(?:ly)?|interesting(?:ly)?|admittedly|undoubtedly|no doubt|doubt|good|bad|better|best|worse|worst|great|greatest|nice|wonderful|beautiful|ugly|right thing|ought|should|need(?:s|ed)? to|important|importance|significant|crucial|vital|essential|necessary|difficult|easy|simple|simply|really|actually|very|quite|rather|fairly|too|so much|a lot|lots|certain things?|sort of|kind of|thing|things|something|someone|somebody|anything|everything|nothing|everybody|everyone|nobody|etc|and so on|naturally|obviously|clearly|in a sense|in some ways?|not (?:just|merely|simply)|it is (?:often |also |widely |generally |sometimes )?(?:said|clear|true|possible|felt|thought|assumed|expected|agreed))\b/i

const VERB =
  /\b(?:is|are|was|were|has|have|had|shall|will|can|could|may|must|does|do|did|be|been|became|become|began|came|gave|took|made|led|held|met|sat|won|lost|left|set|put|rose|fell|grew|went|ran|wrote|built|brought|chose|spread|\p{Ll}{2,}(?:ed|es|ts|ns|rs|ds|ls|ys|ps|ms|ks|ws))\b/u
