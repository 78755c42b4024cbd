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
  considerStatements: string
  withReferenceTo(name: string): string
  whichCorrect: string
  /** Options for two statements in the paper's order: 1 only, 2 only, both, neither. */
  twoCodes: readonly [string, string, string, string]
  /** "1 and 3 only", "1, 2 and 3": statement numbers from 1, of `of`. */
  code(numbers: readonly number[], of: number): string
  says(quote: string, page: number): string
  statementRight(number: number, page: number): string
  /** What the statement has, what stands in the text, and the text's sentence. */
  statementWrong(number: number, change: { now: string; was: string }, sentence: string, page: number): string
}

const joined = (numbers: readonly number[], and: string) =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} ${and} ${numbers.at(-1)}`

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
  considerStatements: 'Consider the following statements:',
  withReferenceTo: (name) => `With reference to ${name}, consider the following statements:`,
  whichCorrect: 'Which of the statements given above is/are correct?',
  twoCodes: ['1 only', '2 only', 'Both 1 and 2', 'Neither 1 nor 2'],
  code: (numbers, of) => (numbers.length === of ? joined(numbers, 'and') : `${joined(numbers, 'and')} only`),
  says: (quote, page) => `The text says: “${quote}” (page ${page}).`,
  statementRight: (number, page) => `Statement ${number} is correct (page ${page}).`,
  statementWrong: (number, { now, was }, sentence, page) =>
    `Statement ${number} is wrong: it says “${now}”, the text says “${was}”: “${sentence}” (page ${page}).`,
}

const HINDI: Wording = {
  blank: '______',
  cloze: (sentence) => `निम्नलिखित में से कौन-सा विकल्प रिक्त स्थान की सही पूर्ति करता है?\n“${sentence}”`,
  termFor: (meaning) => `“${meaning}” निम्नलिखित में से किसका वर्णन है?`,
  meaningOf: (term) => `निम्नलिखित में से कौन-सा “${term}” का सबसे सही वर्णन है?`,
  nameFor: (description) => `${description} निम्नलिखित में से किस नाम से जाना जाता है?`,
  describedBy: (description) => `निम्नलिखित में से किसका वर्णन किया गया है?\n“${description}”`,
  considerStatements: 'निम्नलिखित कथनों पर विचार कीजिए:',
  withReferenceTo: (name) => `${name} के संदर्भ में, निम्नलिखित कथनों पर विचार कीजिए:`,
  whichCorrect: 'उपर्युक्त कथनों में से कौन-सा/से सही है/हैं?',
  twoCodes: ['केवल 1', 'केवल 2', '1 और 2 दोनों', 'न तो 1, न ही 2'],
  code: (numbers, of) => (numbers.length === of ? joined(numbers, 'और') : `केवल ${joined(numbers, 'और')}`),
  says: (quote, page) => `पाठ में लिखा है: “${quote}” (पृष्ठ ${page})।`,
  statementRight: (number, page) => `कथन ${number} सही है (पृष्ठ ${page})।`,
  statementWrong: (number, { now, was }, sentence, page) =>
    `कथन ${number} गलत है: उसमें “${now}” है, पाठ में “${was}” है: “${sentence}” (पृष्ठ ${page})।`,
}

export function wordingOf(language: 'en' | 'hi'): Wording {
  return language === 'hi' ? HINDI : ENGLISH
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
