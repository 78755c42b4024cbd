/**
 * Which of many rows of one height stand in the window of a list, with some
 * beyond either edge so that scrolling shows no gap: [first, end).
 */
export function visibleRows(list: {
  scrollTop: number
  viewportHeight: number
  rowHeight: number
  rowCount: number
  overscan: number
}): { first: number; end: number } {
  const { scrollTop, viewportHeight, rowHeight, rowCount, overscan } = list
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan)
  const end = Math.min(rowCount, Math.ceil((scrollTop + viewportHeight) / rowHeight) + overscan)
  return { first: Math.min(first, end), end }
}

/** The least scrolling that brings a row wholly into the window, with a little air; undefined when it is there. */
export function scrollToRow(
  row: number,
  list: { scrollTop: number; viewportHeight: number; rowHeight: number },
): number | undefined {
  const { scrollTop, viewportHeight, rowHeight } = list
  const top = row * rowHeight
  if (top < scrollTop) return Math.max(0, top - rowHeight / 4)
  if (top + rowHeight > scrollTop + viewportHeight) return top + rowHeight * 1.25 - viewportHeight
  return undefined
}
