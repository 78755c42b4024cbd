import { describe, expect, it } from 'vitest'
import { makeNativeRunGate, runThroughGate, shutNativeRunGate } from './native-run-gate.ts'

describe('the native run gate', () => {
  it('lets one run after another through, and hands on their results', async () => {
    const gate = makeNativeRunGate()
    expect(await runThroughGate(gate, async () => 'one')).toBe('one')
    await expect(runThroughGate(gate, () => Promise.reject(new Error('two')))).rejects.toThrow('two')
    expect(await runThroughGate(gate, async () => 'three')).toBe('three')
  })

  it('refuses a second run beside the first', async () => {
    const gate = makeNativeRunGate()
    const { promise, resolve } = Promise.withResolvers<string>()
    const first = runThroughGate(gate, () => promise)
    await expect(runThroughGate(gate, async () => 'second')).rejects.toThrow('already running')
    resolve('first')
    expect(await first).toBe('first')
  })

  it('shuts for good when nothing runs: the next run never begins', async () => {
    const gate = makeNativeRunGate()
    expect(shutNativeRunGate(gate, 0)).toBe(true)
    let begun = false
    void runThroughGate(gate, async () => {
      begun = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(begun).toBe(false)
    expect(shutNativeRunGate(gate, 0)).toBe(true)
  })

  it('gives up on a run that outlasts the wait, and shuts once it is over', async () => {
    const gate = makeNativeRunGate()
    const { promise, resolve } = Promise.withResolvers<void>()
    const run = runThroughGate(gate, () => promise)
    expect(shutNativeRunGate(gate, 0)).toBe(false)
    resolve()
    await run
    expect(shutNativeRunGate(gate, 0)).toBe(true)
  })
})
