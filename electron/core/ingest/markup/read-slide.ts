import type { TextBlock } from '../read-markdown.ts'
import type { ParseMarkup } from './parse-markup.ts'
import { BlockWriter } from './write-blocks.ts'

/** Kinds of placeholder that hold no content of the slide's own. */
const FURNITURE = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg'])

/**
 * Reads one slide, its notes, or a diagram's data (ECMA-376 part 1, §19 and §21) as
 * text: the title first as a heading, each text frame's paragraphs as a list where
 * it has several, and tables.
 */
export function readSlide(xml: string, parse: ParseMarkup): TextBlock[] {
  const titles: TextBlock[] = []
  const blocks: TextBlock[] = []
  let paragraphs: { text: string; level: number }[] = []
  let placeholder: string | undefined
  let table: BlockWriter | undefined
  let isText = false

  const endShape = () => {
    const lines = paragraphs.map(({ text, level }) => ({ text: text.trim(), level })).filter(({ text }) => text)
    paragraphs = []
    const [first] = lines
    if (!first || FURNITURE.has(placeholder ?? '')) return
    if (placeholder === 'title' || placeholder === 'ctrTitle') {
      titles.push({ text: lines.map(({ text }) => text.replace(/\s+/g, ' ')).join(' '), headingLevel: 1 })
    } else if (lines.length === 1) {
      blocks.push({ text: first.text })
    } else {
      const marked = lines.map(({ text, level }) => `${'  '.repeat(Math.min(level, 8))}${mark(text)}${text}`)
      blocks.push({ text: marked.join('\n') })
    }
  }

  parse(
    xml,
    {
      open(name, attributes) {
        switch (name) {
          case 'p:sp':
          case 'p:graphicFrame':
          case 'dgm:pt':
            placeholder = undefined
            paragraphs = []
            break
          case 'p:ph':
            placeholder = attributes.type ?? 'body'
            break
          case 'a:p':
            paragraphs.push({ text: '', level: 0 })
            break
          case 'a:pPr':
            if (paragraphs.length > 0) (paragraphs.at(-1) as { level: number }).level = Number(attributes.lvl) || 0
            break
          case 'a:t':
          case 'm:t':
            isText = true
            break
          case 'a:br':
            addText('\n')
            break
          case 'a:tab':
            addText(' ')
            break
          case 'a:tbl':
            table = new BlockWriter()
            table.openTable()
            break
          case 'a:tr':
            table?.openRow()
            break
          case 'a:tc':
            table?.openCell()
            paragraphs = []
            break
        }
      },
      text(text) {
        if (isText) addText(text)
      },
      close(name) {
        switch (name) {
          case 'a:t':
          case 'm:t':
            isText = false
            break
          case 'a:tc':
            table?.text(paragraphs.map(({ text }) => text).join(' '))
            table?.closeCell()
            paragraphs = []
            break
          case 'a:tbl':
            table?.closeTable()
            blocks.push(...(table?.end() ?? []))
            table = undefined
            break
          case 'p:sp':
          case 'dgm:pt':
            endShape()
            break
        }
      },
    },
    { xml: true },
  )
  return [...titles, ...blocks]

  function addText(text: string): void {
    const paragraph = paragraphs.at(-1)
    if (paragraph) paragraph.text += text
  }
}

/** Authors also type their bullets and numbers by hand. */
function mark(text: string): string {
  return /^(?:[•‣◦–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s/.test(text) ? '' : '• '
}
