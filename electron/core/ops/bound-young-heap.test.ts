import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const MODULE = new URL('./bound-young-heap.ts', import.meta.url).href
const MEBIBYTE = 2 ** 20

it('gives back a young generation that has grown, and lets it grow no more', () => {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size
    const work = () => {
      for (let round = 0; round < 12; round++) {
        const alive = []
        for (let i = 0; i < 100_000; i++) alive.push({ i, list: [i] })
      }
      return young()
    }
    const { boundYoungHeap } = await import('${MODULE}')
    const grown = work()
    boundYoungHeap()
    console.log(JSON.stringify([grown, young(), work(), typeof gc]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const [grown, bounded, afterWork, exposed] = JSON.parse(output)
  expect(grown).toBeGreaterThan(24 * MEBIBYTE)
  expect(bounded).toBeLessThan(4 * MEBIBYTE)
  expect(afterWork).toBeLessThan(12 * MEBIBYTE)
  expect(exposed).toBe('undefined')
})
