import { describe, expect, it } from 'vitest'
import { type KeyPress, latinKey, readShortcut, SEQUENCE_MS, type ShortcutCommand } from './shortcuts.ts'

const press = (key: string, atMs = 0, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  shiftKey: false,
  modified: false,
  atMs,
  ...more,
})

function commandsOf(...presses: KeyPress[]): ShortcutCommand[] {
  let state = { goAtMs: undefined as number | undefined }
  return presses.flatMap((one) => {
    const result = readShortcut(state, one)
    state = { goAtMs: result.state.goAtMs }
    return result.command ?? []
  })
}

describe('readShortcut', () => {
  it('goes to a page by two keys', () => {
    expect(commandsOf(press('g'), press('l', 300))).toEqual([{ type: 'go', path: '/library' }])
    expect(commandsOf(press('g'), press(',', 300))).toEqual([{ type: 'go', path: '/settings' }])
  })

  it('forgets the first key after a while, or after a wrong one', () => {
    expect(commandsOf(press('g'), press('l', SEQUENCE_MS + 1))).toEqual([])
    expect(commandsOf(press('g'), press('x', 10), press('l', 20))).toEqual([])
  })

  it('knows the single keys', () => {
    expect(commandsOf(press('/'), press('?'))).toEqual([{ type: 'search' }, { type: 'help' }])
  })

  it('leaves combinations with Ctrl, Alt and Meta to others', () => {
    expect(commandsOf(press('/', 0, { modified: true }), press('g'), press('l', 1, { modified: true }))).toEqual([])
  })

  it('is not fooled by names of objects', () => {
    expect(commandsOf(press('g'), press('toString', 1), press('g'), press('constructor', 1))).toEqual([])
  })
})

describe('latinKey', () => {
  it('reads a Devanagari layout by the place of the key', () => {
    expect(latinKey({ key: 'ु', code: 'KeyG', shiftKey: false })).toBe('g')
    expect(latinKey({ key: 'य', code: 'Slash', shiftKey: false })).toBe('/')
    expect(latinKey({ key: 'य़', code: 'Slash', shiftKey: true }).length).toBeGreaterThan(0)
  })

  it('trusts a Latin layout, wherever its keys are', () => {
    expect(latinKey({ key: 'g', code: 'KeyU', shiftKey: false })).toBe('g')
  })
})
