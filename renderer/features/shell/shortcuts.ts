/** What the keyboard can ask for anywhere. */
export type ShortcutCommand = { type: 'go'; path: string } | { type: 'search' } | { type: 'help' }

/** The second key after `g`. */
export const GO_KEYS = {
  h: '/',
  l: '/library',
  s: '/search',
  a: '/ask',
  u: '/study',
  f: '/study/cards',
  q: '/quizzes',
  m: '/mains',
  j: '/jobs',
  ',': '/settings',
} as const

/** A `g` waits this long for its second key. */
export const SEQUENCE_MS = 1200

export interface KeyPress {
  key: string
  code: string
  shiftKey: boolean
  /** Ctrl, Alt or Meta. */
  modified: boolean
  atMs: number
}

export interface ShortcutState {
  /** When `g` was pressed. */
  goAtMs: number | undefined
}

const CODES: Record<string, [plain: string, shifted: string]> = { Slash: ['/', '?'], Comma: [',', '<'] }

/** The Latin key of a press, also on a Devanagari layout, where only the key's place tells. */
export function latinKey({ key, code, shiftKey }: Pick<KeyPress, 'key' | 'code' | 'shiftKey'>): string {
  if (key.length !== 1 || key.charCodeAt(0) < 128) return key
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey ? letter : letter.toLowerCase()
  return CODES[code]?.[shiftKey ? 1 : 0] ?? key
}

/** Reads one key press: single keys, and `g` followed by another. */
export function readShortcut(
  state: ShortcutState,
  press: KeyPress,
): { state: ShortcutState; command: ShortcutCommand | undefined } {
  const rest = { goAtMs: undefined }
  if (press.modified) return { state: rest, command: undefined }
  const key = latinKey(press)
  if (state.goAtMs !== undefined && press.atMs - state.goAtMs <= SEQUENCE_MS) {
    const path = Object.hasOwn(GO_KEYS, key) ? GO_KEYS[key as keyof typeof GO_KEYS] : undefined
    return { state: rest, command: path === undefined ? undefined : { type: 'go', path } }
  }
  if (key === 'g') return { state: { goAtMs: press.atMs }, command: undefined }
  if (key === '/') return { state: rest, command: { type: 'search' } }
  if (key === '?') return { state: rest, command: { type: 'help' } }
  return { state: rest, command: undefined }
}
