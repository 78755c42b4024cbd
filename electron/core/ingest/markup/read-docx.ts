import type { TextBlock } from '../read-markdown.ts'
import { markOf, readNumbering } from './docx-numbering.ts'
import type { ParseMarkup } from './parse-markup.ts'
import { BlockWriter } from './write-blocks.ts'

/** The parts of a Word document that are read, as XML; the last three may be missing. */
export interface DocxParts {
  document: string
  styles: string | undefined
  numbering: string | undefined
  footnotes: string | undefined
}

/** How a paragraph is set. */
interface ParagraphFormat {
  style?: string
  /** From 1. */
  headingLevel?: number
  list?: { id: string; level: number }
}

/** Text in these is not on the page: moved away, a copy for older programs, a field's code. */
const NOT_READ = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText', 'w:pict'])
/** Outline levels from 10 on mean running text. */
const MOST_LEVEL = 9

/**
 * Reads a Word document (ECMA-376 part 1, §17) as text: headings by their styles'
 * outline levels, lists with their bullets and numbers, tables, text boxes, and
 * each footnote after its paragraph. Deleted text is left out, inserted text read.
 */
export function readDocx(parts: DocxParts, parse: ParseMarkup): TextBlock[] {
  const styles = readStyles(parts.styles, parse)
  const numbering = readNumbering(parts.numbering, parse)
  const footnotes = readFootnotes(parts.footnotes, parse)
  const writer = new BlockWriter()
  /** Paragraphs hold text boxes, which hold paragraphs. */
  const paragraphs: { format: ParagraphFormat; isItem: boolean; notes: string[] }[] = []
  const counts = new Map<string, number[]>()
  let isListOpen = false
  let isText = false
  let notRead = 0
  let tableDepth = 0

  const closeList = () => {
    if (isListOpen) writer.closeList()
    isListOpen = false
  }
  /** Before a paragraph's first text, when all is known of how it is set. */
  const begin = () => {
    const paragraph = paragraphs.at(-1)
    if (!paragraph || paragraph.isItem) return
    const { format } = paragraph
    const list =
      headingLevelOf(format, styles) === undefined ? (format.list ?? styles.get(format.style ?? '')?.list) : undefined
    if (!list || list.id === '0') {
      if (tableDepth === 0) closeList()
      return
    }
    paragraph.isItem = true
    if (!isListOpen) writer.openList(undefined)
    isListOpen = true
    writer.openItem('  '.repeat(list.level) + markOf(list, numbering, counts))
  }
  const write = (text: string) => {
    begin()
    writer.text(text)
  }

  parse(
    parts.document,
    {
      open(name, attributes) {
        if (notRead > 0 || NOT_READ.has(name)) {
          notRead++
          return
        }
        const paragraph = paragraphs.at(-1)
        const value = attributes['w:val'] ?? ''
        switch (name) {
          case 'w:p':
            if (paragraphs.length > 0) writer.endBlock()
            paragraphs.push({ format: {}, isItem: false, notes: [] })
            break
          case 'w:pStyle':
            if (paragraph) paragraph.format.style = value
            break
          case 'w:outlineLvl':
            if (paragraph) paragraph.format.headingLevel = Number(value) + 1
            break
          case 'w:ilvl':
            if (paragraph) paragraph.format.list = { id: paragraph.format.list?.id ?? '', level: Number(value) || 0 }
            break
          case 'w:numId':
            if (paragraph) paragraph.format.list = { level: paragraph.format.list?.level ?? 0, id: value }
            break
          case 'w:t':
          case 'm:t':
            isText = true
            break
          case 'w:tab':
            // Also the name of a tab stop, which has a position.
            if (attributes['w:pos'] === undefined) write(' ')
            break
          case 'w:br':
          case 'w:cr':
            writer.breakLine()
            break
          case 'w:noBreakHyphen':
            write('-')
            break
          case 'w:footnoteReference': {
            const note = footnotes.get(attributes['w:id'] ?? '')
            if (note) paragraph?.notes.push(note)
            break
          }
          case 'w:tbl':
            closeList()
            writer.openTable()
            tableDepth++
            break
          case 'w:tr':
            writer.openRow()
            break
          case 'w:tc':
            writer.openCell()
            break
        }
      },
      text(text) {
        if (isText && notRead === 0) write(text)
      },
      close(name) {
        if (notRead > 0) {
          notRead--
          return
        }
        switch (name) {
          case 'w:t':
          case 'm:t':
            isText = false
            break
          case 'w:p': {
            const paragraph = paragraphs.pop()
            if (!paragraph) break
            writer.endBlock(paragraph.isItem ? undefined : headingLevelOf(paragraph.format, styles))
            for (const note of paragraph.notes) {
              writer.text(note)
              writer.endBlock()
            }
            break
          }
          case 'w:tc':
            closeList()
            writer.closeCell()
            break
          case 'w:tbl':
            tableDepth--
            writer.closeTable()
            break
        }
      },
    },
    { xml: true },
  )
  return writer.end()
}

interface Style extends ParagraphFormat {
  name: string
}

/** Styles by id, what they are based on worked in. */
function readStyles(xml: string | undefined, parse: ParseMarkup): Map<string, Style> {
  const styles = new Map<string, Style>()
  const parents = new Map<string, string>()
  let id = ''
  let current: Style | undefined
  parse(
    xml ?? '',
    {
      open(name, attributes) {
        const value = attributes['w:val'] ?? ''
        if (name === 'w:style') {
          id = attributes['w:styleId'] ?? ''
          current = { name: '' }
          styles.set(id, current)
        } else if (!current) return
        else if (name === 'w:name') current.name = value.toLowerCase()
        else if (name === 'w:basedOn') parents.set(id, value)
        else if (name === 'w:outlineLvl') current.headingLevel = Number(value) + 1
        else if (name === 'w:numId') current.list = { level: 0, ...current.list, id: value }
        else if (name === 'w:ilvl') current.list = { id: '', ...current.list, level: Number(value) || 0 }
      },
      text() {},
      close(name) {
        if (name === 'w:style') current = undefined
      },
    },
    { xml: true },
  )
  for (const [styleId, style] of styles) {
    if (style.name === 'title') style.headingLevel ??= 1
    const named = /^heading (\d)$/.exec(style.name)?.[1]
    if (named) style.headingLevel ??= Number(named)
    let parent = parents.get(styleId)
    // Styles that are based on each other in a ring end here.
    for (let n = 0; parent !== undefined && n < 20; n++) {
      const base = styles.get(parent)
      if (style.headingLevel === undefined && base?.headingLevel !== undefined) style.headingLevel = base.headingLevel
      if (style.list === undefined && base?.list !== undefined) style.list = base.list
      parent = parents.get(parent)
    }
  }
  return styles
}

function headingLevelOf(format: ParagraphFormat, styles: ReadonlyMap<string, Style>): number | undefined {
  const level = format.headingLevel ?? styles.get(format.style ?? '')?.headingLevel
  return level !== undefined && level >= 1 && level <= MOST_LEVEL ? level : undefined
}

/** Footnotes by id, each one line. Those with a type are the lines that part notes from text. */
function readFootnotes(xml: string | undefined, parse: ParseMarkup): Map<string, string> {
  const notes = new Map<string, string>()
  let id: string | undefined
  let isText = false
  let text = ''
  parse(
    xml ?? '',
    {
      open(name, attributes) {
        if (name === 'w:footnote') {
          id = attributes['w:type'] === undefined ? attributes['w:id'] : undefined
          text = ''
        } else if (name === 'w:t') isText = true
        else if (name === 'w:tab' || name === 'w:br' || name === 'w:p') text += ' '
      },
      text(part) {
        if (isText) text += part
      },
      close(name) {
        if (name === 'w:t') isText = false
        else if (name === 'w:footnote' && id !== undefined && text.trim())
          notes.set(id, text.replace(/\s+/g, ' ').trim())
      },
    },
    { xml: true },
  )
  return notes
}
