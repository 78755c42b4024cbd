import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/** A new page begins at its top; going back finds the page where it was left. */
export function useScrollMemory(container: RefObject<HTMLElement | null>): void {
  const [path] = useLocation()
  const positions = useRef(new Map<string, number>())
  const goingBack = useRef(false)
  useEffect(() => {
    // Going back and forth fires popstate, and then hashchange; a link or a call of navigate fires hashchange alone.
    const onPopState = () => {
      goingBack.current = true
    }
    addEventListener('popstate', onPopState)
    return () => removeEventListener('popstate', onPopState)
  }, [])
  useLayoutEffect(() => {
    const element = container.current
    if (!element) return
    element.scrollTop = goingBack.current ? (positions.current.get(path) ?? 0) : 0
    goingBack.current = false
    const remember = () => positions.current.set(path, element.scrollTop)
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [container, path])
}
