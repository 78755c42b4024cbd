import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const MODULE = new URL('./bound-young-heap.ts', import.meta.url).href

/** Bytes of the young generation of a process in which much stays alive for a while. */
function youngBytes(isBound: boolean): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    ${isBound ? `(await import('${MODULE}')).boundYoungHeap()` : ''}
    for (let round = 0; round < 12; round++) {
      const alive = []
      for (let i = 0; i < 100_000; i++) alive.push({ i, list: [i] })
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
}

it('keeps the young generation as small as it is', () => {
  expect(youngBytes(false)).toBeGreaterThan(24 * 2 ** 20)
  expect(youngBytes(true)).toBeLessThan(12 * 2 ** 20)
})
