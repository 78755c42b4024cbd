import type { PageLabel } from '#contract/documents.ts'

/** Where something stands: a page, by its number or by what a person calls it. */
export interface Place {
  /** From 1. */
  pageNumber: number
  pageLabel?: PageLabel | undefined
}

/** The set phrases of a question paper, as the UPSC prints them in each language. */
export interface Wording {
  blank: string
  cloze(sentence: string): string
  /** A term for a meaning. */
  termFor(meaning: string, plural: boolean): string
  /** A meaning for a term. */
  meaningOf(term: string, plural: boolean): string
  nameFor(description: string): string
  describedBy(description: string): string
  says(quote: string, at: Place): string
  /** What a numbered statement is called in an explanation; with a label that is its name. */
  statementName(number: number, label?: string): string
  statementRight(name: string, at: Place): string
  /** What the statement has, what stands in the text, and the text's sentence. */
  statementWrong(name: string, change: { now: string; was: string }, sentence: string, at: Place): string
  /** The same for an option that is a statement. */
  optionWrong(change: { now: string; was: string }, sentence: string, at: Place): string
  pairRight(number: number, at: Place): string
  pairWrong(number: number, sentence: string, at: Place): string
  /** The text gives some statements as reasons of another, by their names. */
  explainsIt(reasons: readonly string[], claim: string, quote: string, at: Place): string
  explainsNot(others: readonly string[], claim: string): string
  /** Of dated events, in the order they are numbered. */
  happenedIn(events: readonly { year: number; at: Place }[]): string
}

/** As citations name it: a chapter or slide where the page is one, else its number. */
function place({ pageNumber, pageLabel }: Place): string {
  if (!pageLabel) return `page ${pageNumber}`
  if (pageLabel.kind === 'slide') return `slide ${pageLabel.number}`
  return pageLabel.part === undefined ? pageLabel.title : `${pageLabel.title} (${pageLabel.part})`
}

function hindiPlace({ pageNumber, pageLabel }: Place): string {
  if (!pageLabel) return `पृष्ठ ${pageNumber}`
  return pageLabel.kind === 'slide' ? `स्लाइड ${pageLabel.number}` : place({ pageNumber, pageLabel })
}

const ENGLISH: Wording = {
  blank: '______',
  cloze: (sentence) => `Which one of the following correctly fills the blank?\n“${sentence}”`,
  termFor: (meaning, plural) =>
    plural
      ? `Which of the following are best described as “${meaning}”?`
      : `Which one of the following is best described as “${meaning}”?`,
  meaningOf: (term) => `Which one of the following best describes “${term}”?`,
  nameFor: (description) => `${capitalised(description)} is known by which one of the following names?`,
  describedBy: (description) => `Which one of the following is being described here?\n“${description}”`,
  says: (quote, at) => `The text says: “${quote}” (${place(at)}).`,
  statementName: (number, label) => label?.replace(/:$/, '') ?? `Statement ${number}`,
  statementRight: (name, at) => `${name} is correct (${place(at)}).`,
  statementWrong: (name, { now, was }, sentence, at) =>
    `${name} is wrong: it says “${now}”, the text says “${was}”: “${sentence}” (${place(at)}).`,
  optionWrong: ({ now, was }, sentence, at) =>
    `It says “${now}”, the text says “${was}”: “${sentence}” (${place(at)}).`,
  pairRight: (number, at) => `Pair ${number} is correctly matched (${place(at)}).`,
  pairWrong: (number, sentence, at) =>
    `Pair ${number} is not correctly matched: the text says “${sentence}” (${place(at)}).`,
  explainsIt: (reasons, claim, quote, at) =>
    `The text gives ${reasons.join(' and ')} as ${reasons.length > 1 ? 'reasons' : 'the reason'} of ${claim}: “${quote}” (${place(at)}).`,
  explainsNot: (others, claim) => `The text does not give ${others.join(' or ')} as the reason of ${claim}.`,
  happenedIn: (events) =>
    events
      .map(({ year, at }, index) => `${index + 1}: ${year} (${place(at)})`)
      .join('; ')
      .concat('.'),
}

const HINDI: Wording = {
  blank: '______',
  cloze: (sentence) => `निम्नलिखित में से कौन-सा विकल्प रिक्त स्थान की सही पूर्ति करता है?\n“${sentence}”`,
  termFor: (meaning) => `“${meaning}” निम्नलिखित में से किसका वर्णन है?`,
  meaningOf: (term) => `निम्नलिखित में से कौन-सा “${term}” का सबसे सही वर्णन है?`,
  nameFor: (description) => `${description} निम्नलिखित में से किस नाम से जाना जाता है?`,
  describedBy: (description) => `निम्नलिखित में से किसका वर्णन किया गया है?\n“${description}”`,
  says: (quote, at) => `पाठ में लिखा है: “${quote}” (${hindiPlace(at)})।`,
  statementName: (number, label) => label?.replace(/:$/, '') ?? `कथन ${number}`,
  statementRight: (name, at) => `${name} सही है (${hindiPlace(at)})।`,
  statementWrong: (name, { now, was }, sentence, at) =>
    `${name} गलत है: उसमें “${now}” है, पाठ में “${was}” है: “${sentence}” (${hindiPlace(at)})।`,
  optionWrong: ({ now, was }, sentence, at) => `उसमें “${now}” है, पाठ में “${was}” है: “${sentence}” (${hindiPlace(at)})।`,
  pairRight: (number, at) => `युग्म ${number} सही सुमेलित है (${hindiPlace(at)})।`,
  pairWrong: (number, sentence, at) => `युग्म ${number} सही सुमेलित नहीं है: पाठ में लिखा है “${sentence}” (${hindiPlace(at)})।`,
  explainsIt: (reasons, claim, quote, at) =>
    `पाठ में ${reasons.join(' और ')} को ${claim} का कारण बताया गया है: “${quote}” (${hindiPlace(at)})।`,
  explainsNot: (others, claim) => `पाठ में ${others.join(' या ')} को ${claim} का कारण नहीं बताया गया है।`,
  happenedIn: (events) =>
    events
      .map(({ year, at }, index) => `${index + 1}: ${year} (${hindiPlace(at)})`)
      .join('; ')
      .concat('।'),
}

export function wordingOf(language: 'en' | 'hi'): Wording {
  return language === 'hi' ? HINDI : ENGLISH
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
