import { romanNumeral } from '../roman-numeral.ts'
import type { ParseMarkup } from './parse-markup.ts'

const MOST_LEVELS = 9

export interface Numbering {
  /** Of each list, the formats of its levels. */
  formats: Map<string, string[]>
}

/** Reads a Word document's numbering part (ECMA-376 part 1, §17.9); its lists are named by their numId. */
export function readNumbering(xml: string | undefined, parse: ParseMarkup): Numbering {
  const abstract = new Map<string, string[]>()
  const formats = new Map<string, string[]>()
  let abstractId = ''
  let listId = ''
  let level = 0
  parse(
    xml ?? '',
    {
      open(name, attributes) {
        const value = attributes['w:val'] ?? ''
        if (name === 'w:abstractNum') {
          abstractId = attributes['w:abstractNumId'] ?? ''
          abstract.set(abstractId, [])
        } else if (name === 'w:lvl') level = Number(attributes['w:ilvl']) || 0
        else if (name === 'w:numFmt') {
          const levels = abstract.get(abstractId)
          if (levels && level < MOST_LEVELS) levels[level] = value
        } else if (name === 'w:num') listId = attributes['w:numId'] ?? ''
        else if (name === 'w:abstractNumId') formats.set(listId, abstract.get(value) ?? [])
      },
      text() {},
      close() {},
    },
    { xml: true },
  )
  return { formats }
}

/**
 * What stands before a list's item: its bullet, or the number it has come to. `counts` holds how far each list
 * is, by its id, and is counted on.
 */
export function markOf(
  list: { id: string; level: number },
  { formats }: Numbering,
  counts: Map<string, number[]>,
): string {
  const format = formats.get(list.id)?.[list.level] ?? 'bullet'
  if (format === 'bullet' || format === 'none') return '•'
  const levels = counts.get(list.id) ?? []
  counts.set(list.id, levels)
  levels.length = Math.min(levels.length, list.level + 1)
  const count = (levels[list.level] ?? 0) + 1
  levels[list.level] = count
  if (/letter/i.test(format) && count <= 26) {
    const letter = String.fromCharCode(96 + count)
    return `${format.startsWith('upper') ? letter.toUpperCase() : letter}.`
  }
  if (/roman/i.test(format)) {
    const numeral = romanNumeral(count)
    return `${format.startsWith('upper') ? numeral.toUpperCase() : numeral}.`
  }
  return `${count}.`
}
