import type { Brief } from '#contract/study.ts'
import { type AnswerWords, inMarkdown, markedText, sourceLines } from '../ask/index.ts'

/** A summary or comparison as Markdown: each section a heading, the sources as a list. */
export function briefAsMarkdown(brief: Pick<Brief, 'title' | 'sections' | 'citations'>, words: AnswerWords): string {
  const { title, sections, citations } = brief
  const parts = sections.flatMap((section) => [
    ...(section.title ? [`## ${inMarkdown(section.title)}`] : []),
    inMarkdown(markedText({ sentences: section.sentences, answer: '—' }, words)),
  ])
  const sources = sourceLines(citations, words).map((line) => `- ${inMarkdown(line)}`)
  return `${[`# ${inMarkdown(title)}`, ...parts, `**${words.sources}**`, sources.join('\n')].join('\n\n')}\n`
}
