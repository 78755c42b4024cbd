/**
 * About how many tokens a WordPiece model makes of a text, and rather more than
 * fewer: for sizing chunks while no embedding model is installed. English words
 * take one for every five letters, other scripts one a character.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [piece] of text.matchAll(/[a-z]+|\p{Nd}+|[^\s]/giu)) {
    tokens += /^[a-z]/i.test(piece) ? Math.ceil(piece.length / 5) : Math.ceil(piece.length / 2)
  }
  return tokens
}
