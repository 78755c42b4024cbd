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
  says(quote: string, page: number): string
  statementRight(number: number, page: number): string
  /** What the statement has, what stands in the text, and the text's sentence. */
  statementWrong(number: number, change: { now: string; was: string }, sentence: string, page: number): string
  /** The same for an option that is a statement. */
  optionWrong(change: { now: string; was: string }, sentence: string, page: number): string
  pairRight(number: number, page: number): string
  pairWrong(number: number, sentence: string, page: number): string
  /** The text gives the one as the reason of the other. */
  explainsIt(quote: string, page: number): string
  explainsNot: string
  /** Of dated events, in the order they are numbered. */
  happenedIn(events: readonly { year: number; page: number }[]): string
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
  says: (quote, page) => `The text says: “${quote}” (page ${page}).`,
  statementRight: (number, page) => `Statement ${number} is correct (page ${page}).`,
  statementWrong: (number, { now, was }, sentence, page) =>
    `Statement ${number} is wrong: it says “${now}”, the text says “${was}”: “${sentence}” (page ${page}).`,
  optionWrong: ({ now, was }, sentence, page) =>
    `It says “${now}”, the text says “${was}”: “${sentence}” (page ${page}).`,
  pairRight: (number, page) => `Pair ${number} is correctly matched (page ${page}).`,
  pairWrong: (number, sentence, page) =>
    `Pair ${number} is not correctly matched: the text says “${sentence}” (page ${page}).`,
  explainsIt: (quote, page) => `The text gives the one as the reason of the other: “${quote}” (page ${page}).`,
  explainsNot: 'The text does not give the one as the reason of the other.',
  happenedIn: (events) =>
    events
      .map(({ year, page }, at) => `${at + 1}: ${year} (page ${page})`)
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
  says: (quote, page) => `पाठ में लिखा है: “${quote}” (पृष्ठ ${page})।`,
  statementRight: (number, page) => `कथन ${number} सही है (पृष्ठ ${page})।`,
  statementWrong: (number, { now, was }, sentence, page) =>
    `कथन ${number} गलत है: उसमें “${now}” है, पाठ में “${was}” है: “${sentence}” (पृष्ठ ${page})।`,
  optionWrong: ({ now, was }, sentence, page) => `उसमें “${now}” है, पाठ में “${was}” है: “${sentence}” (पृष्ठ ${page})।`,
  pairRight: (number, page) => `युग्म ${number} सही सुमेलित है (पृष्ठ ${page})।`,
  pairWrong: (number, sentence, page) => `युग्म ${number} सही सुमेलित नहीं है: पाठ में लिखा है “${sentence}” (पृष्ठ ${page})।`,
  explainsIt: (quote, page) => `पाठ में एक को दूसरे का कारण बताया गया है: “${quote}” (पृष्ठ ${page})।`,
  explainsNot: 'पाठ में एक को दूसरे का कारण नहीं बताया गया है।',
  happenedIn: (events) =>
    events
      .map(({ year, page }, at) => `${at + 1}: ${year} (पृष्ठ ${page})`)
      .join('; ')
      .concat('।'),
}

export function wordingOf(language: 'en' | 'hi'): Wording {
  return language === 'hi' ? HINDI : ENGLISH
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
