import { useEffect } from 'react'

/** Gives the keyboard back, when something that took it closes, to what had it before. */
export function useReturnFocus(open: boolean): void {
  useEffect(() => {
    if (!open) return
    const opener = document.activeElement
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [open])
}
