/** A line that begins so starts anew: a bullet, a number, a letter in brackets. */
const NEW_ITEM = /^\s*(?:[•±▪◦●○■□–—*-]\s|\(?[\divxIVX]{1,4}[.)]\s|\([a-z]\)\s)/

/**
 * Lets a page's text flow: ends of lines that only the paper's width made become
 * spaces; paragraphs and lists keep theirs. Nothing moves: offsets stay true.
 */
export function joinLines(text: string): string {
  const units = text.split('')
  for (let at = 1; at < text.length - 1; at++) {
    if (text[at] !== '\n' || text[at - 1] === '\n' || text[at + 1] === '\n') continue
    if (!NEW_ITEM.test(text.slice(at + 1, at + 8))) units[at] = ' '
  }
  return units.join('')
}
