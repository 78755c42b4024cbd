import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { workerUrl } from '../workers/worker-url.ts'
import { BEHIND, workBehind } from './work-behind.ts'

const canGoBehind = process.platform === 'linux' && getPriority() < BEHIND

/** Of each thread of this process: the 19th field, and the second may hold spaces. */
function priorities(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })
}

describe('workBehind', () => {
  it('leaves the thread that serves the window as it is', () => {
    const before = getPriority()
    workBehind()
    expect(getPriority()).toBe(before)
  })

  it.skipIf(!canGoBehind)(
    'puts a thread of an import behind it (on Linux, by a process that is not behind itself)',
    async () => {
      const before = getPriority()
      expect(priorities()).not.toContain(BEHIND)
      const worker = new Worker(workerUrl('extract'))
      onTestFinished(async () => void (await worker.terminate()))
      await expect.poll(priorities, { timeout: 30_000 }).toContain(BEHIND)
      expect(getPriority()).toBe(before)
    },
  )
})
