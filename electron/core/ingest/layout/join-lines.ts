import type { TextLine } from './text-run.ts'

/** What stands between two lines of a page's text: '' where a broken word goes on. */
export type Joint = '' | '\n' | '\n\n'

const BULLET = /^(?:[•●○◦▪■◆❖➢►✓✔√§±*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s/
const TERMINAL = /[.!?:;…।॥]["'”’)\]]*$/

/**
 * How two lines that follow each other in reading order are joined: a blank line
 * between paragraphs, a line break inside one. `leading` is the page's usual
 * distance of baselines for its running text, `right` where full lines around
 * these end; both in points.
 */
export function joinLines(above: TextLine, below: TextLine, page: { leading: number; right: number }): Joint {
  const isOpen = !TERMINAL.test(above.text) && /^\p{Ll}/u.test(below.text)
  if (above.turned !== below.turned) return '\n\n'
  if (Math.abs(above.size - below.size) > 0.12 * Math.max(above.size, below.size)) return '\n\n'
  const distance = below.baseline - above.baseline
  const isJump = distance < -0.5 * above.size || below.x0 > above.x1 || above.x0 > below.x1
  if (isJump) return isOpen ? '\n' : '\n\n'
  const usual = Math.max(page.leading, 1.15 * below.size)
  if (distance > 1.45 * usual) return '\n\n'
  if (BULLET.test(below.text)) return '\n'
  if (isOpen) return '\n'
  const indent = below.x0 - above.x0
  const isShort = above.x1 < page.right - 2 * above.size
  const isTerminal = TERMINAL.test(above.text)
  const isIndented = indent > 0.8 * below.size && indent < 6 * below.size && !BULLET.test(above.text)
  if (isIndented && (isTerminal || isShort)) return '\n\n'
  const isLastLine = isTerminal && above.x1 < page.right - 0.15 * (page.right - above.x0)
  return isLastLine && isShort ? '\n\n' : '\n'
}

/** Prefixes that keep their hyphen when a line ends after it: "self-" + "government". */
const KEPT_PREFIX =
  /(?:^|[^\p{L}])(?:self|non|vice|quasi|semi|socio|well|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-$/iu

/**
 * Where a word is broken over two lines, how many characters of its first part
 * stay: one less than its length for a hyphen that only marks the break.
 * Undefined where no word is broken.
 */
export function brokenWordLength(above: string, below: string): number | undefined {
  if (!/\p{Ll}[-\u2010]$/u.test(above) || !/^\p{Ll}/u.test(below)) return undefined
  return KEPT_PREFIX.test(above) ? above.length : above.length - 1
}
