import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Smaller than what V8 grows to while the app's code is loaded. */
const LARGE_BYTES = 16 * 1024 * 1024

/**
 * Keeps V8's heap near to what is alive in it.
 *
 * The young generation stays small, in this thread and in those that are started later. By default it grows to 128 MiB
 * on a 64-bit machine, most of it while the app's code is loaded, and stays so while there is work, though a search leaves
 * next to nothing alive. Measured at 200,000 passages: as quick with 2 MiB, and 128 MiB less resident.
 *
 * The old one is collected when it has doubled; by default it grows to three or four times what is alive, and what a search leaves there
 * is nothing after it. Measured at 200,000 passages: as quick, and 45 MiB less resident.
 *
 * A process-wide setting, made while V8 runs: the young generation is collected to its first size (some 100 ms, once) and
 * grows no more; that of a new thread begins at 8 MiB. Not in Electron: its V8 takes no flags once it runs, and packs
 * its pointers into half the space.
 */
export function boundHeap(): void {
  if (process.versions.electron !== undefined) return
  setFlagsFromString('--min-semi-space-size=4')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=100')
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  if ((young?.space_size ?? 0) > LARGE_BYTES) collectAll()
}

/** What V8 does when memory runs out: all that can be let go, the room for new objects too. */
function collectAll(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', flavor: 'last-resort' })
}
