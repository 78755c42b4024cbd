/** States of a gate, in its one shared integer. */
const FREE = 0
const RUNNING = 1
const SHUT = 2

/**
 * Shared by a worker thread that calls a native library and the thread that
 * started it. Node ends its worker threads when the process exits, and a thread
 * that is inside onnxruntime-node at that moment aborts the process (SIGABRT: its
 * binding throws a C++ exception when it cannot make its result). The gate lets
 * the exiting thread wait for the running call, a few milliseconds, and keeps the
 * next one from beginning.
 */
export type NativeRunGate = Int32Array<SharedArrayBuffer>

export function makeNativeRunGate(): NativeRunGate {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/**
 * On the worker's side: runs the native call, one at a time. Behind a shut gate it
 * never begins and the promise stays open, as the thread is about to end.
 */
export async function runThroughGate<T>(gate: NativeRunGate, run: () => Promise<T>): Promise<T> {
  const previous = Atomics.compareExchange(gate, 0, FREE, RUNNING)
  if (previous === SHUT) return new Promise(() => {})
  if (previous === RUNNING) throw new Error('A native call is already running behind this gate.')
  try {
    return await run()
  } finally {
    Atomics.store(gate, 0, FREE)
    Atomics.notify(gate, 0)
  }
}

/**
 * On the owner's side, for good: blocks the calling thread until no call is
 * running, `timeoutMs` at the longest. True when the gate is shut, false when
 * the call was still running.
 */
export function shutNativeRunGate(gate: NativeRunGate, timeoutMs: number): boolean {
  let previous = Atomics.compareExchange(gate, 0, FREE, SHUT)
  while (previous === RUNNING) {
    if (Atomics.wait(gate, 0, RUNNING, timeoutMs) === 'timed-out') return false
    previous = Atomics.compareExchange(gate, 0, FREE, SHUT)
  }
  return true
}
