import type { TextBlock } from '../read-markdown.ts'
import type { ParseMarkup } from './parse-markup.ts'
import { BlockWriter } from './write-blocks.ts'

/** What an HTML page says: its blocks in reading order, and the title it gives itself. */
export interface HtmlText {
  blocks: TextBlock[]
  title: string | undefined
  /** For each `id` the number of blocks before it: where a link into the page leads. */
  anchors: Map<string, number>
}

const NOT_READ = new Set(
  (
    'script style template noscript svg iframe object embed audio video canvas map nav select button textarea ' +
    'datalist rt rp'
  ).split(' '),
)
const BLOCKS = new Set(
  (
    'p div section article header footer main aside address blockquote figure figcaption details summary dt dd pre hr ' +
    'center caption fieldset legend form body h1 h2 h3 h4 h5 h6'
  ).split(' '),
)
const HEADING = /^h([1-6])$/
/** A mark that leads to a note ("12", "[3]", "*"): it would stick to the word before. */
const NOTE_MARK = /^\W*(?:\d{1,3}|[a-z]|[*†‡])\W*$/i
const UNSEEN = /\u00ad|\u200b|\u2060|\ufeff/g

/**
 * Reads HTML (or, with `xml`, XHTML) as text. What is not for reading is left out:
 * scripts, styles, hidden parts, menus, marks of footnotes. Nothing is fetched:
 * of pictures their captions remain.
 */
export function readHtml(source: string, parse: ParseMarkup, { xml = false } = {}): HtmlText {
  const writer = new BlockWriter()
  const anchors = new Map<string, number>()
  const opened: { isRead: boolean }[] = []
  let notRead = 0
  let kept = 0
  let title: string | undefined
  let isInTitle = false
  /** The text of the <sup> under way. */
  let raised: { text: string; isLink: boolean } | undefined

  parse(
    source,
    {
      open(rawName, attributes) {
        const name = localName(rawName)
        const isRead = notRead === 0 && !isLeftOut(name, attributes)
        opened.push({ isRead })
        if (!isRead) {
          notRead++
          return
        }
        if (BLOCKS.has(name)) writer.endBlock()
        if (attributes.id && !anchors.has(attributes.id)) anchors.set(attributes.id, writer.blockCount)
        switch (name) {
          case 'title':
            isInTitle = title === undefined
            break
          case 'br':
            writer.breakLine()
            break
          case 'ul':
            writer.openList(undefined)
            break
          case 'ol':
            writer.openList(Number.parseInt(attributes.start ?? '', 10) || 1)
            break
          case 'li':
            writer.openItem()
            break
          case 'table':
            writer.openTable()
            break
          case 'tr':
            writer.openRow()
            break
          case 'td':
          case 'th':
            writer.openCell()
            break
          case 'pre':
            kept++
            break
          case 'sup':
            raised = { text: '', isLink: false }
            break
          case 'a':
            if (raised) raised.isLink = true
            break
        }
      },
      text(text) {
        if (notRead > 0) return
        if (isInTitle) title = (title ?? '') + text
        else if (raised) raised.text += text
        else writer.text(text.replace(UNSEEN, ''), { keepSpace: kept > 0 })
      },
      close(rawName) {
        if (opened.pop()?.isRead === false) {
          notRead--
          return
        }
        const name = localName(rawName)
        switch (name) {
          case 'title':
            isInTitle = false
            break
          case 'ul':
          case 'ol':
            writer.closeList()
            break
          case 'li':
            writer.endBlock()
            break
          case 'table':
            writer.closeTable()
            break
          case 'td':
          case 'th':
            writer.closeCell()
            break
          case 'pre':
            kept--
            break
          case 'sup':
            if (raised && !(raised.isLink && NOTE_MARK.test(raised.text))) writer.text(raised.text)
            raised = undefined
            break
        }
        if (BLOCKS.has(name)) {
          const level = HEADING.exec(name)?.[1]
          writer.endBlock(level === undefined ? undefined : Number(level))
        }
      },
    },
    { xml },
  )
  return { blocks: writer.end(), title: title?.replace(/\s+/g, ' ').trim() || undefined, anchors }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function isLeftOut(name: string, attributes: Record<string, string>): boolean {
  if (NOT_READ.has(name)) return true
  if (attributes.hidden !== undefined || attributes['aria-hidden'] === 'true') return true
  if (/display\s*:\s*none/i.test(attributes.style ?? '')) return true
  return /(?:^|\s)(?:doc-)?noteref(?:\s|$)/.test(`${attributes['epub:type'] ?? ''} ${attributes.role ?? ''}`)
}
