import { posix } from 'node:path'
import { StudyError } from '../errors.ts'
import type { Archive, ExtractEvent, ExtractRequest } from '../ports.ts'
import { headingTitle } from './choose-title.ts'
import { cleanText } from './decode-text.ts'
import { extractSections, withoutText } from './extract-sections.ts'
import type { ParseMarkup } from './markup/parse-markup.ts'
import { readDocx } from './markup/read-docx.ts'
import { readEpub } from './markup/read-epub.ts'
import { type PackageReader, type Relationship, readPackage, readRelationships } from './markup/read-package.ts'
import { readSlide } from './markup/read-slide.ts'

/** Reads a Word document as the sections under its headings. Throws StudyError: file-empty, file-damaged, file-too-large. */
export async function* extractDocx(
  archive: Archive,
  request: Pick<ExtractRequest, 'fromPage'>,
  parse: ParseMarkup,
): AsyncGenerator<ExtractEvent> {
  const reader = readPackage(archive)
  const main = await findMain(reader, parse, 'word/document.xml')
  const links = await readRelationships(reader, main, parse)
  const linked = async (type: string) => {
    const path = links.find((link) => link.type === type)?.target
    return path === undefined ? undefined : reader.textIfThere(path)
  }
  const parts = {
    document: await reader.text(main),
    styles: await linked('styles'),
    numbering: await linked('numbering'),
    footnotes: await linked('footnotes'),
  }
  const blocks = readDocx(parts, parse)
  const title = await readTitle(reader, parse)
  yield* extractSections({ title, sections: blocks.length > 0 ? [{ blocks }] : [] }, request)
}

/** Reads an EPUB as its chapters. Throws StudyError: file-empty, file-damaged, file-encrypted, file-too-large. */
export async function* extractEpub(
  archive: Archive,
  request: Pick<ExtractRequest, 'fromPage'>,
  parse: ParseMarkup,
): AsyncGenerator<ExtractEvent> {
  yield* extractSections(await readEpub(readPackage(archive), parse), request)
}

/** Reads a presentation, a slide a page with its notes below. Throws StudyError: file-empty, file-damaged, file-too-large. */
export async function* extractPptx(
  archive: Archive,
  request: Pick<ExtractRequest, 'fromPage'>,
  parse: ParseMarkup,
): AsyncGenerator<ExtractEvent> {
  const reader = readPackage(archive)
  const main = await findMain(reader, parse, 'ppt/presentation.xml')
  const links = new Map((await readRelationships(reader, main, parse)).map((link) => [link.id, link.target]))
  const slides: string[] = []
  parse(
    await reader.text(main),
    {
      open(name, attributes) {
        const target = name === 'p:sldId' ? links.get(attributes['r:id'] ?? '') : undefined
        if (target !== undefined) slides.push(target)
      },
      text() {},
      close() {},
    },
    { xml: true },
  )
  const texts: string[] = []
  const headings: number[][] = []
  for (const slide of slides) {
    const page = layOut(await readSlideBlocks(reader, slide, parse))
    texts.push(page.text)
    headings.push(page.headings)
  }
  if (!texts.some(Boolean)) throw withoutText()
  const pages = texts.map((text, index) => ({
    pageNumber: index + 1,
    width: 0,
    height: 0,
    text,
    boxes: [],
    headings: headings[index] ?? [],
    label: { kind: 'slide' as const, number: index + 1 },
  }))
  const [first] = pages
  const title = await readTitle(reader, parse)
  yield {
    type: 'opened',
    pageCount: pages.length,
    ...(title !== undefined && { metadataTitle: title }),
    headingTitle: first && headingTitle(first),
  }
  for (const page of pages.slice(request.fromPage - 1)) {
    yield { type: 'page', page, status: page.text === '' ? 'empty' : 'text' }
  }
}

async function readSlideBlocks(reader: PackageReader, path: string, parse: ParseMarkup) {
  const blocks = readSlide(await reader.text(path), parse)
  const links = await readRelationships(reader, path, parse)
  const read = async (link: Relationship) => readSlide((await reader.textIfThere(link.target)) ?? '', parse)
  for (const link of links.filter(({ type }) => type === 'diagramData')) {
    const points = (await read(link)).map(({ text }) => `• ${text.replace(/\s+/g, ' ')}`)
    if (points.length > 0) blocks.push({ text: points.join('\n') })
  }
  for (const link of links.filter(({ type }) => type === 'notesSlide')) {
    const notes = await read(link)
    if (notes.length > 0) blocks.push({ text: 'Notes', headingLevel: 2 }, ...notes)
  }
  return blocks
}

function layOut(blocks: readonly { text: string; headingLevel?: number }[]): { text: string; headings: number[] } {
  const headings: number[] = []
  let text = ''
  for (const block of blocks) {
    const clean = cleanText(block.text)
    if (text) text += '\n\n'
    if (block.headingLevel !== undefined) headings.push(text.length, clean.length, block.headingLevel)
    text += clean
  }
  return { text, headings }
}

/** The part that is the document itself; `usual` is where most programs put it. */
async function findMain(reader: PackageReader, parse: ParseMarkup, usual: string): Promise<string> {
  const links = await readRelationships(reader, '', parse)
  const main = links.find(({ type }) => type === 'officeDocument')?.target ?? usual
  if (reader.has(main)) return main
  throw new StudyError(
    'file-damaged',
    `This file is damaged: its part ${posix.basename(main)} is missing. It was kept as it is. Download or copy it again and import that copy.`,
  )
}

async function readTitle(reader: PackageReader, parse: ParseMarkup): Promise<string | undefined> {
  let title = ''
  let isTitle = false
  parse(
    (await reader.textIfThere('docProps/core.xml')) ?? '',
    {
      open: (name) => {
        isTitle = name === 'dc:title'
      },
      text: (text) => {
        if (isTitle) title += text
      },
      close: () => {
        isTitle = false
      },
    },
    { xml: true },
  )
  return title.trim() || undefined
}
