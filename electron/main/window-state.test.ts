import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts'

const laptop = { x: 0, y: 0, width: 1366, height: 728 }
const beside = { x: 1366, y: 0, width: 1920, height: 1040 }
const saved = { x: 1500, y: 100, width: 1000, height: 700, maximized: false }

describe('placeWindow', () => {
  it('opens where it was', () => {
    expect(placeWindow(saved, [laptop, beside])).toEqual({ x: 1500, y: 100, width: 1000, height: 700 })
  })

  it('lets the system choose the first time, within the screen', () => {
    expect(placeWindow(undefined, [laptop])).toEqual({ width: 1280, height: 728 })
  })

  it('comes back to a screen that is there', () => {
    expect(placeWindow(saved, [laptop])).toEqual({ width: 1000, height: 700 })
    expect(placeWindow({ ...saved, x: 1300, y: 0 }, [laptop])).toEqual({ width: 1000, height: 700 })
    expect(placeWindow({ ...saved, x: -900, y: 10 }, [laptop])).toEqual({ width: 1000, height: 700 })
  })

  it('is never larger than the screen nor smaller than usable', () => {
    expect(placeWindow({ ...saved, x: 0, width: 4000, height: 3000 }, [laptop])).toMatchObject({
      width: 1366,
      height: 728,
    })
    expect(placeWindow({ ...saved, width: 10, height: 10 }, [beside])).toMatchObject({ width: 720, height: 520 })
    expect(placeWindow(undefined, [])).toEqual({ width: 1280, height: 840 })
  })
})

describe('readWindowState', () => {
  it('reads what was written, and nothing from a note that is none', () => {
    const file = join(temporaryFolder(), 'window.json')
    expect(readWindowState(file)).toBeUndefined()
    writeWindowState(file, saved)
    expect(readWindowState(file)).toEqual(saved)
    writeFileSync(file, '{"x":1}')
    expect(readWindowState(file)).toBeUndefined()
  })
})
