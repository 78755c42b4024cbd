import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface JobsSeenState {
  /** When the Jobs page was last looked at: failures before it are old news. */
  seenAtMs: number
  markSeen(atMs: number): void
}

export const useJobsSeen = create<JobsSeenState>()(
  persist((set) => ({ seenAtMs: 0, markSeen: (atMs) => set({ seenAtMs: atMs }) }), { name: 'abhyas.jobs-seen' }),
)
