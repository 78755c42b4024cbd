import { useEffect, useEffectEvent } from 'react'

export interface ReaderKeys {
  find(): void
  /** Returns whether there was something to close. */
  escape(): boolean
  zoomBy(steps: number): void
  zoomReset(): void
  nextPage(): void
  previousPage(): void
  turn?(): void
  /** What scrolls. */
  scroller(): HTMLElement | null
}

/** Where typing belongs to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** A dialog or menu above the page takes the keys. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}

/** The reader's keys, wherever the focus is on its page. */
export function useReaderKeys(keys: ReaderKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isCovered()) return
    if (act(event, keys)) event.preventDefault()
  })
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function act(event: KeyboardEvent, keys: ReaderKeys): boolean {
  const { key } = event
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (key === 'f') return done(keys.find)
    if (key === '=' || key === '+') return done(() => keys.zoomBy(1))
    if (key === '-' || key === '_') return done(() => keys.zoomBy(-1))
    if (key === '0') return done(keys.zoomReset)
    return false
  }
  if (key === 'Escape') return keys.escape()
  if (event.altKey || event.metaKey || isTyping(event.target)) return false
  const scroller = keys.scroller()
  if (!scroller) return false
  // A focused button keeps Space and Enter; a list keeps its arrows.
  const elsewhere =
    event.target instanceof Element && event.target !== document.body && !scroller.contains(event.target)
  const page = scroller.clientHeight * 0.9
  const scrollBy = (top: number) => done(() => scroller.scrollBy({ top }))
  switch (key) {
    case 'PageDown':
      return scrollBy(page)
    case 'PageUp':
      return scrollBy(-page)
    case ' ':
      return !elsewhere && scrollBy(event.shiftKey ? -page : page)
    case 'ArrowDown':
      return !elsewhere && scrollBy(56)
    case 'ArrowUp':
      return !elsewhere && scrollBy(-56)
    case 'Home':
      return done(() => scroller.scrollTo({ top: 0 }))
    case 'End':
      return done(() => scroller.scrollTo({ top: scroller.scrollHeight }))
    case 'ArrowRight':
    case 'ArrowLeft': {
      if (elsewhere) return false
      const step = key === 'ArrowRight' ? 1 : -1
      if (scroller.scrollWidth > scroller.clientWidth + 1) return done(() => scroller.scrollBy({ left: 56 * step }))
      return done(step > 0 ? keys.nextPage : keys.previousPage)
    }
    case 'r':
      return keys.turn && !event.ctrlKey ? done(keys.turn) : false
    default:
      return false
  }
}

function done(action: () => void): true {
  action()
  return true
}
