import type { Box } from '#contract/documents.ts'

/** A rectangle in shares of its page, 0..1, from the page's top left as it is turned now. */
export interface PlacedBox {
  left: number
  top: number
  width: number
  height: number
}

/** How far the reader has turned every page, clockwise, beyond the page's own rotation. */
export type Turn = 0 | 90 | 180 | 270

/** Grows each rectangle by this share of its line's height (its lesser side: lines may run down a page), so that the marker reaches past the letters as a pen does. */
const MARGIN_SHARE = 0.12

/**
 * Where boxes in points (of the page as shown, unturned) lie on the page at any
 * zoom and turn. Boxes reaching over the edge are cut; what is left of nothing is dropped.
 */
export function placeBoxes(
  boxes: readonly Box[],
  page: { width: number; height: number },
  turn: Turn = 0,
): PlacedBox[] {
  if (!(page.width > 0 && page.height > 0)) return []
  return boxes.flatMap((box) => {
    const margin = Math.min(box.width, box.height) * MARGIN_SHARE
    const left = clamp((box.x - margin) / page.width)
    const right = clamp((box.x + box.width + margin) / page.width)
    const top = clamp((box.y - margin) / page.height)
    const bottom = clamp((box.y + box.height + margin) / page.height)
    if (left >= right || top >= bottom) return []
    return turned({ left, top, width: right - left, height: bottom - top }, turn)
  })
}

function turned(box: PlacedBox, turn: Turn): PlacedBox {
  const { left, top, width, height } = box
  switch (turn) {
    case 0:
      return box
    case 90:
      return { left: 1 - top - height, top: left, width: height, height: width }
    case 180:
      return { left: 1 - left - width, top: 1 - top - height, width, height }
    case 270:
      return { left: top, top: 1 - left - width, width: height, height: width }
  }
}

const clamp = (share: number) => Math.min(1, Math.max(0, share))
