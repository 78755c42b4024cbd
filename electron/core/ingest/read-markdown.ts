/** A paragraph, list or heading of a text file, as it is read. */
export interface TextBlock {
  text: string
  /** From 1; undefined for what is no heading. */
  headingLevel?: number
}

/** Plain text: its blocks stand between blank lines. */
export function readPlainText(text: string): TextBlock[] {
  return text
    .split(/\n[^\S\n]*\n\s*/)
    .map((block) => ({ text: block.replace(/[^\S\n]+$/gm, '').trim() }))
    .filter((block) => block.text)
}

/**
 * Markdown as it reads without its marks: headings known, emphasis, links, quotes
 * and HTML stripped to their words, list items with a bullet, a table's cells
 * parted by tabs. `title` is that of its front matter.
 */
export function readMarkdown(source: string): { blocks: TextBlock[]; title?: string } {
  const { body, title } = splitFrontMatter(source)
  const blocks: TextBlock[] = []
  let lines: string[] = []
  let fence: string | undefined
  const close = () => {
    const text = lines.join('\n').trim()
    if (text) blocks.push({ text })
    lines = []
  }
  const heading = (text: string, headingLevel: number) => {
    const plain = stripInline(text)
    if (plain) blocks.push({ text: plain, headingLevel })
  }
  for (const line of body.replace(/<!--[\s\S]*?-->/g, '').split('\n')) {
    const fenceMark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (fenceMark?.startsWith(fence)) fence = undefined
      else lines.push(line)
      continue
    }
    const atx = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
    const underline = /^\s{0,3}(=+|-{2,})\s*$/.exec(line)?.[1]
    if (fenceMark) {
      close()
      fence = fenceMark
    } else if (atx) {
      close()
      heading(atx[2] ?? '', (atx[1] ?? '').length)
    } else if (underline && lines.length === 1) {
      const [text = ''] = lines
      lines = []
      heading(text, underline.startsWith('=') ? 1 : 2)
    } else if (/^\s*$/.test(line) || /^\s{0,3}(?:[-*_]\s*){3,}$/.test(line)) {
      close()
    } else if (!/^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(line) && !/^\s*\[[^\]]+\]:\s/.test(line)) {
      lines.push(stripLine(line))
    }
  }
  close()
  return title === undefined ? { blocks } : { blocks, title }
}

function splitFrontMatter(source: string): { body: string; title?: string } {
  const match = /^---\n([\s\S]*?)\n(?:---|\.\.\.)\n/.exec(source)
  if (!match) return { body: source }
  const body = source.slice(match[0].length)
  const title = /^title:\s*(["']?)(.+?)\1\s*$/m.exec(match[1] ?? '')?.[2]
  return title === undefined ? { body } : { body, title }
}

function stripLine(line: string): string {
  const quoted = line.replace(/^\s{0,3}(?:>\s?)+/, '')
  const listed = quoted.replace(/^(\s*)[-*+]\s+(?:\[[ xX]\]\s+)?/, '$1• ')
  const row = /^\s*\|.*\|\s*$/.test(listed)
    ? listed.replace(/^\s*\|\s*|\s*\|\s*$/g, '').replace(/\s*\|\s*/g, '\t')
    : listed
  return stripInline(row)
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", apos: "'" }

/** Escaped marks wait in the private-use area while the others are taken off. */
const ESCAPED_BASE = 0xe000

function stripInline(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(ESCAPED_BASE + mark.charCodeAt(0)))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/!?\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/<((?:https?|mailto):[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-zA-Z][^>]*>/g, '')
    .replace(/(`+)(.+?)\1/g, '$2')
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/\*(?=\S)([^*]+?)(?<=\S)\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}])_(?=\S)([^_]+?)(?<=\S)_(?![\p{L}\p{N}])/gu, '$1')
    .replace(/[\ue021-\ue07e]/g, (waiting) => String.fromCharCode(waiting.charCodeAt(0) - ESCAPED_BASE))
    .replace(/&(#39|[a-z]+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/[^\S\n]+$/g, '')
}
