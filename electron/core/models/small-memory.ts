import type { Settings } from '#contract/system.ts'

/** A laptop sold with 8 GB shows a little less, or a little more where the figure is rounded. */
const SMALL_BYTES = 8.5 * 1024 ** 3

/** Whether to be sparing with memory: the person's choice, or by what the computer has. */
export function isSmallMemory({ memoryMode }: Pick<Settings, 'memoryMode'>, totalBytes: number): boolean {
  return memoryMode === 'auto' ? totalBytes <= SMALL_BYTES : memoryMode === 'sparing'
}
