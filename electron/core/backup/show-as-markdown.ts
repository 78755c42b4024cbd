import type { Answer, Conversation } from '#contract/ask.ts'
import { type Question, type QuizSummary, sourcesOf } from '#contract/quiz.ts'

/** Questions and answers to read or print, each with its sources. */
export function showConversations(conversations: readonly (Conversation & { turns: readonly Answer[] })[]): string {
  const parts = conversations.map(({ title, turns }) => [`# ${title}`, ...turns.map(showTurn)].join('\n\n'))
  return `${parts.join('\n\n')}\n`
}

function showTurn({ question, answer, citations }: Answer): string {
  const sources = citations.map(({ number, title, page, quote }) => `[${number}] ${title}, p. ${page}: “${quote}”`)
  return [`## ${question}`, answer, ...sources].join('\n\n')
}

const LETTERS = 'abcde'

/** A quiz to read or print: the questions, then the key with its reasons and sources. */
export function showQuiz({ title }: QuizSummary, questions: readonly Question[]): string {
  const asked = questions.map(({ stem, statements, labels, prompt, options }, index) =>
    [
      `**${index + 1}.** ${stem}`,
      ...(statements.length > 0
        ? [statements.map((statement, n) => `${labels[n] ?? `${n + 1}.`} ${statement}`).join('\n')]
        : []),
      ...(prompt ? [prompt] : []),
      options.map((option, n) => `(${LETTERS[n]}) ${option}`).join('  \n'),
    ].join('\n\n'),
  )
  const keys = questions.map((question, index) =>
    [
      `**${index + 1}.** (${LETTERS[question.answerIndex]}) ${question.explanation}`,
      ...sourcesOf(question).map(({ quote, title: document, page }) => `> ${quote} (${document}, p. ${page})`),
    ].join('\n\n'),
  )
  return `${[`# ${title}`, ...asked, '## Key', ...keys].join('\n\n')}\n`
}
