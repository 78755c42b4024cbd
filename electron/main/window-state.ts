import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** A window's place: device-independent pixels of the desktop. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

export const WindowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST = { width: 720, height: 520 }
const USUAL = { width: 1280, height: 840 }
/** So much of the window must be on a screen for it to be found and dragged. */
const VISIBLE = { width: 120, height: 60 }

/** Undefined the first time, and when the note can't be read: then the window opens in its usual place. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state))
}

/**
 * Where to open: where it was, unless that screen is gone; never larger than the
 * screen nor smaller than usable. Without a place the system chooses one.
 */
export function placeWindow(
  saved: WindowState | undefined,
  workAreas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  const [main = { x: 0, y: 0, ...USUAL }] = workAreas
  const screen = saved && workAreas.find((area) => isVisible(saved, area))
  const { width, height } = saved ?? USUAL
  const size = {
    width: clamp(width, SMALLEST.width, (screen ?? main).width),
    height: clamp(height, SMALLEST.height, (screen ?? main).height),
  }
  return saved && screen ? { ...size, x: saved.x, y: saved.y } : size
}

function isVisible(window: Rectangle, area: Rectangle): boolean {
  const overlap = (from: number, length: number, areaFrom: number, areaLength: number) =>
    Math.min(from + length, areaFrom + areaLength) - Math.max(from, areaFrom)
  return (
    overlap(window.x, window.width, area.x, area.width) >= VISIBLE.width &&
    overlap(window.y, window.height, area.y, area.height) >= VISIBLE.height
  )
}

/** A screen smaller than the smallest window still gets the smallest window. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
