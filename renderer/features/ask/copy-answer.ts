import type { Answer } from '#contract/ask.ts'

/** An answer as plain text with its sources below it, to be pasted into notes. */
export function answerAsText(
  answer: Pick<Answer, 'question' | 'answer' | 'citations'>,
  words: { sources: string; page(page: number): string },
): string {
  const sources = answer.citations.map(
    ({ number, title, page, quote }) => `[${number}] ${title}, ${words.page(page)}: “${quote}”`,
  )
  const parts = [answer.question, answer.answer]
  if (sources.length > 0) parts.push(`${words.sources}\n${sources.join('\n')}`)
  return parts.join('\n\n')
}
