import type { ParagraphChild } from 'docx'
import type { Answer } from '#contract/ask.ts'
import { type AnswerWords, sourceLine } from './conversation-text.ts'
import { layOutAnswer } from './lay-out-answer.ts'

/** Latin by the first, Devanagari (a "complex script" to Word) by the second; where one is missing Word takes its like. */
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Nirmala UI' }
/** Half points. */
const TEXT_SIZE = 22
/** Twentieths of a point. */
const GAP = 120
const ACCENT = '2F5FB3'
const QUIET = '5F6672'

/**
 * A conversation as a Word document (ECMA-376): the same as its Markdown, each [n] leading to its source.
 * The library that writes it is loaded with the first one.
 */
export async function conversationAsDocx(title: string, answers: readonly Answer[], words: AnswerWords): Promise<Blob> {
  const docx = await import('docx')
  const { Bookmark, Document, HeadingLevel, InternalHyperlink, Packer, Paragraph, TextRun } = docx
  const spacing = { after: GAP }
  const run = (text: string, style: { bold?: boolean; italics?: boolean; color?: string } = {}) =>
    new TextRun({ text: asXmlText(text), ...style })
  const line = (children: readonly ParagraphChild[]) => new Paragraph({ children, spacing })

  function turn(answer: Answer, at: number) {
    const placeOf = (number: number) => `source-${at + 1}-${number}`
    const mark = (number: number) =>
      new InternalHyperlink({ anchor: placeOf(number), children: [run(`[${number}]`, { color: ACCENT })] })
    const blocks = layOutAnswer(answer).map(
      ({ kind, sentences }) =>
        new Paragraph({
          spacing,
          ...(kind === 'item' && { bullet: { level: 0 } }),
          children: sentences.flatMap(({ text, support, citations }, i) => [
            ...(i > 0 ? [run(' ')] : []),
            run(text),
            ...citations.flatMap((number) => [run(' '), mark(number)]),
            ...(support === 'supported' ? [] : [run(` (${words[support]})`, { italics: true, color: QUIET })]),
          ]),
        }),
    )
    return [
      new Paragraph({ heading: HeadingLevel.HEADING_2, children: [run(answer.question)] }),
      ...(answer.asked ? [line([run(words.understoodAs(answer.asked), { italics: true, color: QUIET })])] : []),
      ...(answer.partial ? [line([run(words.partial, { bold: true })])] : []),
      ...(blocks.length > 0 ? blocks : [line([run(answer.answer)])]),
      ...(answer.citations.length > 0
        ? [new Paragraph({ children: [run(words.sources, { bold: true })], spacing, keepNext: true })]
        : []),
      ...answer.citations.map((citation) =>
        line([new Bookmark({ id: placeOf(citation.number), children: [run(sourceLine(citation, words))] })]),
      ),
      line([run(words.answeredBy(answer), { italics: true, color: QUIET })]),
    ]
  }

  const heading = (size: number, outlineLevel: number, before: number) => ({
    run: { font: FONT, size, bold: true, color: '000000' },
    paragraph: { outlineLevel, keepNext: true, spacing: { before, after: GAP } },
  })
  const written = new Document({
    title: asXmlText(title),
    creator: 'Abhyas',
    lastModifiedBy: 'Abhyas',
    styles: {
      default: {
        document: {
          run: { font: FONT, size: TEXT_SIZE, language: { value: 'en-IN', bidirectional: 'hi-IN' } },
          paragraph: { spacing: { line: 300 } },
        },
        heading1: heading(36, 0, 0),
        heading2: heading(26, 1, 320),
      },
    },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [run(title)] }),
          ...answers.flatMap(turn),
        ],
      },
    ],
  })
  return Packer.toBlob(written)
}

/** Without what XML 1.0 does not have: one such letter, as PDFs give them, and Word refuses the file. */
export function asXmlText(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
