/** What a key does in a test. */
export type AttemptAction =
  | { type: 'choose'; index: number }
  | { type: 'clear' }
  | { type: 'mark' }
  | { type: 'next' }
  | { type: 'previous' }

/**
 * 1–5 and A–E choose, M marks, N and P (or the arrows) go on and back, Delete or
 * Backspace clears. C is an option of every question, so it clears nothing.
 */
export function attemptAction(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  optionCount: number,
): AttemptAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const { key } = event
  const letter = key.length === 1 ? key.toLowerCase() : ''
  const index = /^[1-5]$/.test(letter) ? Number(letter) - 1 : /^[a-e]$/.test(letter) ? letter.charCodeAt(0) - 97 : -1
  if (index >= 0) return index < optionCount ? { type: 'choose', index } : undefined
  if (letter === 'm') return { type: 'mark' }
  if (letter === 'n' || key === 'ArrowRight') return { type: 'next' }
  if (letter === 'p' || key === 'ArrowLeft') return { type: 'previous' }
  if (key === 'Delete' || key === 'Backspace') return { type: 'clear' }
  return undefined
}
