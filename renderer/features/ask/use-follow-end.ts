import { type RefObject, useEffect, useRef } from 'react'

/** Nearer than this to the end counts as reading along. */
const NEAR_END_PX = 80

/**
 * Keeps the end of the page in view while an answer grows, as long as the person reads along: who scrolls up is left
 * there. `begun` changes with each answer; `grown` whenever it grows. An answer in the place of an
 * older one pulls nobody to the end. Tells whether the person reads along.
 */
export function useFollowEnd(
  end: RefObject<HTMLElement | null>,
  { begun, grown, inPlace }: { begun: number | undefined; grown: unknown; inPlace: boolean },
): RefObject<boolean> {
  const follows = useRef(false)
  useEffect(() => {
    const onScroll = () => {
      follows.current = isNearEnd(end.current)
    }
    // Scrolling does not bubble, whichever part of the window it is of.
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => document.removeEventListener('scroll', onScroll, { capture: true })
  }, [end])
  useEffect(() => {
    if (begun !== undefined) follows.current = !inPlace || isNearEnd(end.current)
  }, [begun, inPlace, end])
  // biome-ignore lint/correctness/useExhaustiveDependencies: that it grew is why to look again.
  useEffect(() => {
    if (begun !== undefined && follows.current) end.current?.scrollIntoView({ block: 'end' })
  }, [begun, grown, end])
  return follows
}

function isNearEnd(end: HTMLElement | null): boolean {
  return end !== null && end.getBoundingClientRect().top - window.innerHeight < NEAR_END_PX
}
