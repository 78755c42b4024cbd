import { create } from 'zustand'

interface ShellViewState {
  shortcutsOpen: boolean
  setShortcutsOpen(open: boolean): void
}

/** What the window itself shows over the page. */
export const useShellView = create<ShellViewState>((set) => ({
  shortcutsOpen: false,
  setShortcutsOpen: (shortcutsOpen) => set({ shortcutsOpen }),
}))
