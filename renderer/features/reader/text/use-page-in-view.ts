import { type RefObject, useEffect, useState } from 'react'

/** How far down the window a page must reach to be the one being read. */
const READING_LINE = 0.5

/** The number of the page at the reading line of what scrolls. */
export function usePageInView(container: RefObject<HTMLElement | null>, pageCount: number): number {
  const [page, setPage] = useState(1)
  useEffect(() => {
    const element = container.current
    if (!element || pageCount === 0) return
    const measure = () => {
      const frame = element.getBoundingClientRect()
      const line = frame.top + frame.height * READING_LINE
      const pages = [...element.querySelectorAll<HTMLElement>('[data-page]')]
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2
      const reached = pages.filter((each) => each.getBoundingClientRect().top <= line)
      const last = atEnd && element.scrollTop > 0 ? pages.at(-1) : (reached.at(-1) ?? pages[0])
      if (last) setPage(Number(last.dataset.page))
    }
    measure()
    let frameRequest = 0
    const onScroll = () => {
      cancelAnimationFrame(frameRequest)
      frameRequest = requestAnimationFrame(measure)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      cancelAnimationFrame(frameRequest)
      element.removeEventListener('scroll', onScroll)
    }
  }, [container, pageCount])
  return page
}
