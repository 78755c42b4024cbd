import type { TextRun } from './text-run.ts'

/** Of the font size: a copy is set this near its original. */
const NEAR = 0.4
/** Copies follow their original closely in the file. */
const LOOK_BACK = 8

/**
 * Some programs make bold letters by printing a text several times, a hair's
 * breadth apart. Keeps one copy, marked by a font of its own, since to a reader it
 * is one; copies may cover only a part of the original, or go on beyond it.
 */
export function dropOverprints(runs: readonly TextRun[]): TextRun[] {
  const kept: TextRun[] = []
  const recent: TextRun[] = []
  for (const run of runs) {
    const rest = run.text.trim() ? uncovered(recent, run) : run
    if (rest) {
      const copy = { ...rest }
      kept.push(copy)
      if (!rest.text.trim()) continue
      recent.push(copy)
      if (recent.length > LOOK_BACK) recent.shift()
    } else if (run.endsLine) {
      const last = kept.at(-1)
      if (last) last.endsLine = true
    }
  }
  return kept
}

/** What of a run is not printed already; undefined for a mere copy. Extends the original where the copy goes on. */
function uncovered(recent: readonly TextRun[], run: TextRun): TextRun | undefined {
  const near = NEAR * run.size
  for (const original of recent) {
    const isLevel = Math.abs(original.baseline - run.baseline) < near && Math.abs(original.size - run.size) < 0.5
    if (!isLevel || original.turned || run.turned) continue
    const originalEnd = original.x + original.width
    if (run.x > originalEnd - near || run.x < original.x - near) continue
    if (Math.abs(run.x - original.x) < near && run.text.startsWith(original.text)) {
      original.text = run.text
      original.width = Math.max(original.width, run.x + run.width - original.x)
      markBold(original)
      return undefined
    }
    if (run.x + run.width < originalEnd + near && original.text.includes(run.text)) {
      markBold(original)
      return undefined
    }
    const shared = sharedLength(original.text, run.text)
    const overlapInLetters = (originalEnd - run.x) / (run.width / run.text.length)
    // One equal letter may be chance, unless it is drawn on the other one.
    if (shared >= 2 || (shared === 1 && Math.abs(overlapInLetters - 1) < 0.6)) {
      markBold(original)
      const width = run.x + run.width - originalEnd
      return { ...run, text: run.text.slice(shared), x: originalEnd, width: Math.max(0, width), font: original.font }
    }
  }
  return run
}

/** How many characters at the end of one text begin the other. */
function sharedLength(text: string, next: string): number {
  let length = Math.min(text.length, next.length)
  while (length > 0 && !text.endsWith(next.slice(0, length))) length--
  return length
}

function markBold(run: TextRun): void {
  if (!run.font.endsWith(' bold')) run.font += ' bold'
}
