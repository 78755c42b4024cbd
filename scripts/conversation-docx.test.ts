// A conversation's Word document, opened by the app's own import of such documents.
// It stands here because neither the renderer nor the core may import the other.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Answer } from '#contract/ask.ts'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { openArchive } from '#core/adapters/yauzl-archive.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { asXmlText, conversationAsDocx } from '../renderer/features/ask/conversation-document.ts'
import type { AnswerWords } from '../renderer/features/ask/conversation-text.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const WORDS: AnswerWords = {
  sources: 'Sources',
  partial: 'Stopped before its end',
  understoodAs: (asked) => `Understood as: ${asked}`,
  place: ({ page }) => `page ${page}`,
  weak: 'weakly carried',
  unsupported: 'not in the sources',
  answeredBy: () => 'By the documents',
}
const HINDI = '73वाँ संविधान संशोधन 24 अप्रैल 1993 को लागू हुआ; क्षेत्रीय परिषदें बनीं।'

const ANSWERS = [
  {
    question: 'When did the 73rd Amendment <commence>?',
    asked: 'When did the 73rd Amendment of the Constitution commence?',
    answer: `${HINDI} [1] He liked it.\n- The first point. [1]\n- The second point. [1]`,
    sentences: [
      { text: HINDI, support: 'supported', citations: [1] },
      { text: 'He liked it.', support: 'unsupported', citations: [] },
      { text: 'The first point.', support: 'supported', citations: [1] },
      { text: 'The second point.', support: 'weak', citations: [1] },
    ],
    citations: [{ number: 1, title: 'पंचायती राज & more', page: 4, quote: HINDI }],
    refused: false,
    partial: true,
  },
  { question: 'And then?', answer: 'Your documents do not answer this.', sentences: [], citations: [], refused: true },
] as unknown as Answer[]

async function writeConversation(): Promise<string> {
  const written = await conversationAsDocx('Local government \u0002', ANSWERS, WORDS)
  expect(written.type).toBe(DOCX)
  const path = join(temporaryFolder(), 'conversation.docx')
  writeFileSync(path, new Uint8Array(await written.arrayBuffer()))
  return path
}

it('a conversation is a Word document: questions as headings, Hindi as Hindi, citations as in the Markdown', async () => {
  const extractor = makeExtractor({ clock: systemClock })
  onTestFinished(() => extractor.close())
  const source = { path: await writeConversation(), mediaType: DOCX, fromPage: 1 } as const
  const pages: string[] = []
  for await (const event of extractor.extract(source, new AbortController().signal)) {
    if (event.type === 'opened') expect(event.metadataTitle).toBe('Local government')
    if (event.type === 'page') pages.push(event.page.text)
  }
  // Each question is a heading, and so begins a page of its own.
  expect(pages).toHaveLength(2)
  expect(pages.join('\n\n')).toBe(
    [
      'Local government',
      'When did the 73rd Amendment <commence>?',
      'Understood as: When did the 73rd Amendment of the Constitution commence?',
      'Stopped before its end',
      `${HINDI} [1] He liked it. (not in the sources)`,
      '• The first point. [1]\n• The second point. [1] (weakly carried)',
      'Sources',
      `[1] पंचायती राज & more, page 4: “${HINDI}”`,
      'By the documents',
      'And then?',
      'Your documents do not answer this.',
      'By the documents',
    ].join('\n\n'),
  )
})

it('each number leads to its source, and Devanagari has a font, a size and a language of its own', async () => {
  const archive = await openArchive(await writeConversation())
  onTestFinished(() => archive.close())
  const read = async (name: string) => (await archive.read(name, 1e6)).toString('utf8')
  const document = await read('word/document.xml')
  const anchors = [...document.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map(([, anchor]) => anchor)
  expect(anchors).toEqual(['source-1-1', 'source-1-1', 'source-1-1'])
  expect(document.match(/<w:bookmarkStart [^>]*w:name="source-1-1"/g)).toHaveLength(1)
  // To Word it is a complex script: without these it shows boxes, another size, and a red line under each word.
  const styles = await read('word/styles.xml')
  expect(styles).toContain('w:cs="Nirmala UI"')
  expect(styles).toMatch(/<w:lang (?=[^>]*w:val="en-IN")(?=[^>]*w:bidi="hi-IN")/)
  expect(styles).toContain('<w:szCs w:val="22"/>')
})

it('letters that XML does not have are left out, and no others', () => {
  expect(asXmlText('a\u0000b\u000bc\ufffe\td\n')).toBe('abc\td\n')
  expect(asXmlText('क्षत्रिय 😀 \ud800')).toBe('क्षत्रिय 😀 \ufffd')
})
