import type { Zoom } from '../zoom.ts'

/** Room left around a picture, in pixels. */
const MARGIN = 24
/** Zoom steps of the buttons and keys. */
const STEP = 1.1
const SMALLEST = 0.1
const LARGEST = 5

interface Size {
  width: number
  height: number
}

/** The factor a picture is drawn at: its pixels to the screen's. `auto` fits the width and enlarges nothing. */
export function scaleOf(zoom: Zoom, picture: Size, room: Size): number {
  if (typeof zoom === 'number') return zoom
  const toWidth = (room.width - 2 * MARGIN) / picture.width
  const toHeight = (room.height - 2 * MARGIN) / picture.height
  const scale = zoom === 'page-fit' ? Math.min(toWidth, toHeight) : zoom === 'auto' ? Math.min(1, toWidth) : toWidth
  return clamp(scale)
}

/** The next zoom, some steps up or down. */
export function stepScale(scale: number, steps: number): number {
  return clamp(Math.round(scale * STEP ** steps * 100) / 100)
}

const clamp = (scale: number) => Math.min(LARGEST, Math.max(SMALLEST, scale))
