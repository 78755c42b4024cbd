import { describe, expect, it } from 'vitest'
import { attemptAction } from './attempt-keys.ts'

const press = (key: string, more: object = {}) =>
  attemptAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, 4)

describe('attemptAction', () => {
  it.each([
    ['1', 0],
    ['4', 3],
    ['a', 0],
    ['C', 2],
    ['D', 3],
  ])('%s chooses option %i', (key, index) => {
    expect(press(key)).toEqual({ type: 'choose', index })
  })

  it.each(['5', 'e', '0', '9'])('%s chooses nothing of four options', (key) => {
    expect(press(key)).toBeUndefined()
  })

  it.each([
    ['m', 'mark'],
    ['N', 'next'],
    ['ArrowRight', 'next'],
    ['p', 'previous'],
    ['ArrowLeft', 'previous'],
    ['Delete', 'clear'],
    ['Backspace', 'clear'],
  ])('%s is %s', (key, type) => {
    expect(press(key)).toEqual({ type })
  })

  it('leaves shortcuts of the app alone', () => {
    expect(press('c', { ctrlKey: true })).toBeUndefined()
    expect(press('a', { metaKey: true })).toBeUndefined()
    expect(press('Enter')).toBeUndefined()
  })
})
