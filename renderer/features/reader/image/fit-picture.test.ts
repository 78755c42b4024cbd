import { describe, expect, it } from 'vitest'
import { scaleOf, stepScale } from './fit-picture.ts'

const room = { width: 1048, height: 648 }

describe('scaleOf', () => {
  it('fits a large picture into the width, or wholly into the window', () => {
    expect(scaleOf('auto', { width: 2000, height: 3000 }, room)).toBe(0.5)
    expect(scaleOf('page-width', { width: 2000, height: 3000 }, room)).toBe(0.5)
    expect(scaleOf('page-fit', { width: 2000, height: 3000 }, room)).toBe(0.2)
  })

  it('enlarges a small picture only when the width is asked for', () => {
    expect(scaleOf('auto', { width: 500, height: 100 }, room)).toBe(1)
    expect(scaleOf('page-width', { width: 500, height: 100 }, room)).toBe(2)
  })

  it('takes a chosen factor as it is and never leaves its bounds', () => {
    expect(scaleOf(1.5, { width: 10, height: 10 }, room)).toBe(1.5)
    expect(scaleOf('page-width', { width: 1, height: 1 }, room)).toBe(5)
    expect(stepScale(5, 3)).toBe(5)
    expect(stepScale(1, 1)).toBe(1.1)
  })
})
