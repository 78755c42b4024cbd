import { useEffect } from 'react'
import { navigate } from '../../state/hash-location.ts'
import { useShellView } from '../../state/shell-view.ts'
import { SEARCH_INPUT_ID } from '../search/index.ts'
import { readShortcut, type ShortcutCommand, type ShortcutState } from './shortcuts.ts'

/** Whether keys belong to what has the focus: a field, or something that is open over the page. */
function keysAreTaken(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : undefined
  if (element?.isContentEditable || element?.closest('input, textarea, select, [role="textbox"]')) return true
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}

function run(command: ShortcutCommand): void {
  if (command.type === 'go') navigate(command.path)
  else if (command.type === 'help') useShellView.getState().setShortcutsOpen(true)
  else {
    const input = document.getElementById(SEARCH_INPUT_ID)
    // The page puts the keyboard into its field itself when it opens.
    if (input instanceof HTMLInputElement) input.select()
    else navigate('/search')
  }
}

/** Listens for the shortcuts of the whole window. */
export function useShortcuts(): void {
  useEffect(() => {
    let state: ShortcutState = { goAtMs: undefined }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat || keysAreTaken(event.target)) return
      const { key, code, shiftKey } = event
      if (key === 'Shift') return
      const modified = event.ctrlKey || event.altKey || event.metaKey
      const result = readShortcut(state, { key, code, shiftKey, modified, atMs: event.timeStamp })
      state = result.state
      if (!result.command) return
      event.preventDefault()
      run(result.command)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
