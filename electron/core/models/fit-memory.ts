import type { ModelFit } from '#contract/models.ts'

/** The weights are mapped whole; the context of 4,096 tokens and the work take the rest. */
const WORK_BYTES = 700_000_000
/** What the system and a browser leave when other programs are closed. */
const CLOSED_PROGRAMS_SHARE = 0.75

/** Whether a model of this size on disk runs in the memory there is. */
export function fitMemory(
  byteSize: number,
  { totalBytes, freeBytes }: { totalBytes: number; freeBytes: number },
): ModelFit {
  const needed = byteSize * 1.05 + WORK_BYTES
  if (needed <= freeBytes) return 'fits'
  return needed <= totalBytes * CLOSED_PROGRAMS_SHARE ? 'tight' : 'too-large'
}
