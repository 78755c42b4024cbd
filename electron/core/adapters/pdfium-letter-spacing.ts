/** What stands before a letter: a space that the file draws, one that PDFium saw in a gap, or the end of a line that it saw. */
export type Spacing = 'drawn' | 'seen' | 'line'

/** A stretch of a line. */
export interface SpacedRun {
  codes: readonly number[]
  /** What each of `codes` is: a letter, by its index on the page, or a space. */
  origins: readonly (number | 'drawn' | 'seen')[]
  setting: { size: number }
}

/** Along the line, from where the run begins. */
type Place<Run> = (run: Run, index: number) => { from: number; to: number }

/** Of the font size: a gap between words is so much wider than one between letters. */
const LEAST_WORD_GAP = 0.12
/** Of the font size: a space of text set close; letters may be set as far apart. */
const NARROW_GAP = 0.25
const FEWEST_SINGLE_LETTERS = 3

/**
 * The text of each run of a line. In a text that is set with its letters apart, to fill
 * the line, PDFium sees spaces between letters ("w o u ld know"): those go whose gap is
 * hardly wider than the line's gaps between letters are. `place` tells where a letter
 * begins and where its advance ends; it is asked of doubtful lines alone.
 */
export function textsOfLine<Run extends SpacedRun>(line: readonly Run[], place: Place<Run>): string[] {
  if (!isDoubtful(line, place)) return line.map(({ codes }) => String.fromCodePoint(...codes))
  const gaps = line.map((run) => readGaps(run, place))
  const sorted = gaps.flatMap((each) => each.map(({ gap }) => gap)).sort((a, b) => a - b)
  const usual = sorted[sorted.length >> 2] ?? 0
  return line.map(({ codes }, at) => {
    const closed = new Set(
      gaps[at]?.flatMap(({ seenSpace, gap }) =>
        seenSpace !== undefined && gap < usual + LEAST_WORD_GAP ? [seenSpace] : [],
      ),
    )
    return String.fromCodePoint(...codes.filter((_, code) => !closed.has(code)))
  })
}

/** It has several single letters among its words, or a seen space that is narrow for one. */
function isDoubtful<Run extends SpacedRun>(line: readonly Run[], place: Place<Run>): boolean {
  return line.some((run) => {
    const { origins, setting } = run
    let singles = 0
    for (let at = 1; at < origins.length; at++) {
      const [before, after] = [origins[at - 1], origins[at + 1]]
      if (origins[at] !== 'seen' || typeof before !== 'number' || typeof after !== 'number') continue
      if (typeof origins[at + 2] !== 'number' && ++singles >= FEWEST_SINGLE_LETTERS) return true
      if (place(run, after).from - place(run, before).to < NARROW_GAP * setting.size) return true
    }
    return false
  })
}

/** The gaps between letters that follow each other, as shares of the font size, and which of `codes` is a seen space in it. */
function readGaps<Run extends SpacedRun>(run: Run, place: Place<Run>) {
  const gaps: { gap: number; seenSpace: number | undefined }[] = []
  let before: number | undefined
  run.origins.forEach((origin, at) => {
    if (typeof origin !== 'number') return
    const { from, to } = place(run, origin)
    const spacing = run.origins[at - 1]
    if (before !== undefined) {
      gaps.push({ gap: (from - before) / run.setting.size, seenSpace: spacing === 'seen' ? at - 1 : undefined })
    }
    before = to
  })
  return gaps
}
