import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const MODULE = new URL('./bound-heap.ts', import.meta.url).href
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
    const { boundHeap } = await import('${MODULE}')
    const grown = work()
    boundHeap()
    console.log(JSON.stringify([grown, young(), work(), typeof gc]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const [grown, bounded, afterWork, exposed] = JSON.parse(output)
  expect(grown).toBeGreaterThan(24 * MEBIBYTE)
  expect(bounded).toBeLessThan(4 * MEBIBYTE)
  expect(afterWork).toBeLessThan(12 * MEBIBYTE)
  expect(exposed).toBe('undefined')
})

it('collects the old generation before it is many times what is alive', () => {
  const script = `
    const { boundHeap } = await import('${MODULE}')
    boundHeap()
    const piece = () => Array.from({ length: 1_000 }, (_, i) => ({ i }))
    const alive = Array.from({ length: 1_000 }, piece)
    const used = () => process.memoryUsage().heapUsed
    const first = used()
    let [most, recent] = [0, []]
    for (let round = 0; round < 6_000; round++) {
      recent.push(piece())
      if (recent.length > 200) recent = []
      if (round % 20 === 0) {
        most = Math.max(most, used())
        await new Promise(setImmediate)
      }
    }
    console.log(most / first, alive.length)`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  // 2.5; 4.9 where V8 lets it grow.
  expect(Number(output.split(' ')[0])).toBeLessThan(4)
})
