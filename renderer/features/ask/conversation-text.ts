import type { Answer, Citation } from '#contract/ask.ts'

/** The words around an answer in the person's language. */
export interface AnswerWords {
  sources: string
  /** Stands where an answer was stopped before its end. */
  partial: string
  /** Before the completed form of a follow-up. */
  understoodAs(asked: string): string
  place(citation: Citation): string
  weak: string
  unsupported: string
  /** Which engine made it. */
  answeredBy(answer: Answer): string
}

/** An answer as plain text with its sources below it, to be pasted into notes. */
export function answerAsText(answer: Answer, words: AnswerWords): string {
  const parts = [answer.question, markedText(answer, words)]
  if (answer.citations.length > 0) parts.push(`${words.sources}\n${sourceLines(answer.citations, words).join('\n')}`)
  return parts.join('\n\n')
}

/** A conversation as Markdown: each question a heading, each answer with its sources as a list, and who answered. */
export function conversationAsMarkdown(title: string, answers: readonly Answer[], words: AnswerWords): string {
  const turns = answers.map((answer) => {
    const parts = [`## ${inMarkdown(answer.question)}`]
    if (answer.asked) parts.push(`*${inMarkdown(words.understoodAs(answer.asked))}*`)
    if (answer.partial) parts.push(`**${words.partial}**`)
    parts.push(inMarkdown(markedText(answer, words)))
    if (answer.citations.length > 0)
      parts.push(
        `**${words.sources}**`,
        sourceLines(answer.citations, words)
          .map((line) => `- ${inMarkdown(line)}`)
          .join('\n'),
      )
    parts.push(`*${inMarkdown(words.answeredBy(answer))}*`)
    return parts.join('\n\n')
  })
  return `# ${inMarkdown(title)}\n\n${turns.join('\n\n')}\n`
}

/** The sentences with the numbers of their sources; what the sources do not carry well says so. */
export function markedText({ sentences, answer }: Pick<Answer, 'sentences' | 'answer'>, words: AnswerWords): string {
  if (sentences.length === 0) return answer
  return sentences
    .map(({ text, support, citations }) => {
      const numbers = citations.map((number) => `[${number}]`).join('')
      const doubt = support === 'supported' ? '' : `(${words[support]})`
      return [text, numbers, doubt].filter(Boolean).join(' ')
    })
    .join(' ')
}

/** Each citation as a line: number, place and quote. */
export function sourceLines(citations: Answer['citations'], words: AnswerWords): string[] {
  return citations.map((citation) => sourceLine(citation, words))
}

export function sourceLine(citation: Citation, words: Pick<AnswerWords, 'place'>): string {
  return `[${citation.number}] ${citation.title}, ${words.place(citation)}: “${citation.quote}”`
}

/** A file name of a title. */
export function fileNameOf(title: string, extension: 'md' | 'docx'): string {
  const name = title
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
  return `${name || 'conversation'}.${extension}`
}

/** Letters that Markdown would take for marks; numbers of sources stay as they read. */
export function inMarkdown(text: string): string {
  return text.replace(/[*_`#<>|\\]/g, '\\$&')
}
