import type { Question } from '#contract/quiz.ts'

const LETTERS = 'abcde'

/**
 * The two sides of a flashcard that asks what a question asks: what must be known without its options, so that
 * it is recalled and not recognised, unless the options are what is asked about. The back says why as well.
 */
export function cardOfQuestion({
  style,
  stem,
  statements,
  labels,
  prompt,
  options,
  answerIndex,
  explanation,
}: Pick<Question, 'style' | 'stem' | 'statements' | 'labels' | 'prompt' | 'options' | 'answerIndex' | 'explanation'>): {
  front: string
  back: string
} {
  // Of a sentence with a blank the sentence is the question.
  const asked = style === 'cloze' && stem.includes('\n') ? stem.slice(stem.indexOf('\n') + 1) : stem
  const items = statements.map((statement, at) => `${labels[at] ?? `${at + 1}.`} ${statement}`)
  const isCoded = statements.length > 0
  const areStatements = !isCoded && options.every((option) => /[.।]$/.test(option) && option.split(' ').length > 3)
  const shown = areStatements ? options.map((option, at) => `(${LETTERS[at]}) ${option}`) : items
  const key = options[answerIndex] ?? ''
  return {
    front: [asked, ...shown, ...(prompt === '' ? [] : [prompt])].join('\n'),
    back: [areStatements ? `(${LETTERS[answerIndex]}) ${key}` : key, explanation].filter(Boolean).join('\n'),
  }
}
