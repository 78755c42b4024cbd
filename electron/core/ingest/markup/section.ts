import type { Failure } from '#contract/errors.ts'
import type { TextBlock } from '../read-markdown.ts'

/** A stretch of a document that has a name of its own: a chapter, what stands under a heading. */
export interface Section {
  title?: string
  blocks: TextBlock[]
  /** It could not be read. */
  failure?: Failure
}

const LONGEST_TITLE = 200

/**
 * Cuts a text without a table of contents at its headings: those of the highest level
 * that occurs more than once, and any above. A heading that nothing stands under goes
 * with what follows.
 */
export function splitAtHeadings(blocks: readonly TextBlock[]): Section[] {
  const counts = new Map<number, number>()
  for (const { headingLevel } of blocks) {
    if (headingLevel !== undefined) counts.set(headingLevel, (counts.get(headingLevel) ?? 0) + 1)
  }
  const repeated = [...counts].filter(([, count]) => count > 1).map(([level]) => level)
  const deepest = Math.min(...(repeated.length > 0 ? repeated : counts.keys()))
  const sections: Section[] = []
  for (const block of blocks) {
    const last = sections.at(-1)
    const isCut = block.headingLevel !== undefined && block.headingLevel <= deepest
    const isBare = last?.blocks.every(({ headingLevel }) => headingLevel !== undefined)
    if (last && (!isCut || isBare)) {
      last.blocks.push(block)
      if (isCut) last.title = titleOf(block)
    } else {
      sections.push({ blocks: [block], ...(isCut && { title: titleOf(block) }) })
    }
  }
  return sections
}

function titleOf({ text }: TextBlock): string {
  return text.replace(/\s+/g, ' ').slice(0, LONGEST_TITLE)
}
