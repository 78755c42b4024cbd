import { type RefObject, useCallback, useEffect, useRef } from 'react'

/**
 * Scrolls to a place and stays there while pages around it are fetched and
 * change their height, until the person scrolls, clicks or types.
 */
export function useHoldInView(
  container: RefObject<HTMLElement | null>,
  /** Whether what scrolls is filled. */
  filled: boolean,
): (scroll: () => void) => void {
  const held = useRef<() => void>(undefined)
  useEffect(() => {
    const element = container.current
    const sheet = element?.firstElementChild
    if (!filled || !element || !sheet) return
    const resized = new ResizeObserver(() => held.current?.())
    resized.observe(sheet)
    const letGo = () => {
      held.current = undefined
    }
    const types = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const
    // Heard before anyone acts on it: keys scroll the document wherever the focus is.
    for (const type of types) addEventListener(type, letGo, { passive: true, capture: true })
    return () => {
      resized.disconnect()
      for (const type of types) removeEventListener(type, letGo, { capture: true })
    }
  }, [container, filled])
  return useCallback((scroll) => {
    held.current = scroll
    scroll()
  }, [])
}
