import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { makeEmbedWorkerPool } from './embed-worker-pool.ts'
import { type NativeRunGate, shutNativeRunGate } from './native-run-gate.ts'
import { type ModelFolder, readModelFolder } from './read-model-folder.ts'

const MODEL_DIR = fileURLToPath(new URL('../../../resources/models/all-MiniLM-L6-v2', import.meta.url))
const LONG_TEXT = 'The Union Executive consists of the President and the Council of Ministers. '.repeat(20)

let model: ModelFolder
beforeAll(async () => {
  model = await readModelFolder(MODEL_DIR)
})

const realWorker = (gate: NativeRunGate) => new Worker(workerUrl('embed'), { workerData: { model, gate } })

/** A pool, and every worker that it started. `start` gets the worker's place among them, from 0. */
function makePool(workerCount: number, start = (gate: NativeRunGate, _place: number) => realWorker(gate)) {
  const started: { worker: Worker; gate: NativeRunGate }[] = []
  const startWorker = (gate: NativeRunGate) => {
    const worker = start(gate, started.length)
    started.push({ worker, gate })
    return worker
  }
  const pool = makeEmbedWorkerPool({ startWorker, workerCount })
  onTestFinished(() => pool.close())
  return { pool, started }
}

/** Ends the thread as a crash in the middle of its text would, outside the native library. */
async function kill({ worker, gate }: { worker: Worker; gate: NativeRunGate }): Promise<void> {
  expect(shutNativeRunGate(gate, 10_000)).toBe(true)
  await worker.terminate()
}

describe('makeEmbedWorkerPool', () => {
  it('starts no thread before there is a text, and no more than there are texts', async () => {
    const { pool, started } = makePool(2)
    expect(started).toHaveLength(0)
    await pool.embed(['one'])
    expect(started).toHaveLength(1)
    await pool.embed(['two'])
    expect(started).toHaveLength(1)
    await pool.embed(['one', 'two', 'three', 'four'])
    expect(started).toHaveLength(2)
  })

  it('is warmed with one thread, which the first text then has', async () => {
    const { pool, started } = makePool(2)
    pool.warm()
    pool.warm()
    expect(started).toHaveLength(1)
    await pool.embed(['one'])
    pool.warm()
    expect(started).toHaveLength(1)
  })

  it('tells nobody that it could not be warmed: the next text tries again', async () => {
    const broken = (gate: NativeRunGate) =>
      new Worker(workerUrl('embed'), { workerData: { model: { ...model, weightsPath: '/nowhere.onnx' }, gate } })
    const { pool, started } = makePool(1, (gate, place) => (place === 0 ? broken(gate) : realWorker(gate)))
    pool.warm()
    const exited = new Promise((resolve) => started[0]?.worker.once('exit', resolve))
    await exited
    expect(await pool.embed(['one'])).toHaveLength(1)
  })

  it('gives the vectors of tokens, whose mean is the text’s', async () => {
    const { pool } = makePool(1)
    const text = 'The President appoints the Governor.'
    const [[whole], [tokens]] = await Promise.all([pool.embed([text]), pool.embedTokens([{ text, cuts: [4] }])])
    expect(tokens?.cuts).toEqual([2])
    const size = whole?.length ?? 0
    const mean = new Float64Array(size)
    tokens?.vectors.forEach((value, i) => {
      mean[i % size] = (mean[i % size] ?? 0) + value
    })
    const length = Math.hypot(...mean)
    whole?.forEach((value, i) => {
      expect((mean[i] ?? 0) / length).toBeCloseTo(value, 4)
    })
  })

  it('lets a question go before the texts that wait', async () => {
    const { pool } = makePool(1)
    await pool.embed(['warm'])
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    await Promise.all([
      pool.embed(['first']).then(note('at work')),
      pool.embed(Array(5).fill('second')).then(note('bulk')),
      pool.embed(['third']).then(note('later bulk')),
      pool.embed(['What?'], { priority: 'question' }).then(note('question')),
      pool.embed(['Why?'], { priority: 'question' }).then(note('later question')),
    ])
    expect(order).toEqual(['at work', 'question', 'later question', 'bulk', 'later bulk'])
  })

  it('lets a question into the middle of a call of many texts', async () => {
    const { pool } = makePool(2)
    let bulkIsDone = false
    const bulk = pool.embed(Array(40).fill(LONG_TEXT)).then((vectors) => {
      bulkIsDone = true
      return vectors
    })
    await pool.embed(['What?'], { priority: 'question' })
    expect(bulkIsDone).toBe(false)
    expect(await bulk).toHaveLength(40)
  })

  it('drops the waiting texts of a stopped call, and goes on with the others', async () => {
    const { pool, started } = makePool(1)
    await pool.embed(['warm'])
    let answers = 0
    started[0]?.worker.on('message', () => answers++)
    const controller = new AbortController()
    const stopped = pool.embed(Array(50).fill(LONG_TEXT), { signal: controller.signal })
    const other = pool.embed(['other'])
    controller.abort(new Error('enough'))
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled', cause: controller.signal.reason })
    expect(await other).toHaveLength(1)
    // The text that was at work, and the other call's.
    expect(answers).toBe(2)
  })

  it('begins nothing for a signal that has aborted', async () => {
    const { pool, started } = makePool(1)
    const signal = AbortSignal.abort()
    await expect(pool.embed(['text'], { signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(started).toHaveLength(0)
  })

  it('replaces a thread that was killed at work: its call fails, the rest is answered', async () => {
    const { pool, started } = makePool(1)
    const [before] = await pool.embed(['What is a writ?'])
    const struck = pool.embed(Array(20).fill(LONG_TEXT))
    const failure = expect(struck).rejects.toMatchObject({ code: 'internal' })
    const waiting = pool.embed(['What is a writ?'])
    await kill(started[0] as { worker: Worker; gate: NativeRunGate })
    await failure
    expect(await waiting).toEqual([before])
    expect(started).toHaveLength(2)
  })

  it('replaces a thread that was killed while idle, with no call failing', async () => {
    const { pool, started } = makePool(1)
    await pool.embed(['one'])
    await kill(started[0] as { worker: Worker; gate: NativeRunGate })
    expect(await pool.embed(['two'])).toHaveLength(1)
    expect(started).toHaveLength(2)
  })

  it('keeps the cause when a thread throws', async () => {
    const throwing = `
      const { parentPort } = require('node:worker_threads')
      parentPort.on('message', () => { throw new Error('out of luck') })
      parentPort.postMessage({ type: 'ready' })`
    const { pool, started } = makePool(1, (gate, place) =>
      place === 0 ? new Worker(throwing, { eval: true }) : realWorker(gate),
    )
    await expect(pool.embed(['one', 'two'])).rejects.toMatchObject({
      code: 'internal',
      cause: expect.objectContaining({ message: 'out of luck' }),
    })
    expect(await pool.embed(['three'])).toHaveLength(1)
    expect(started).toHaveLength(2)
  })

  it('fails what waits, once, when threads die as they start', async () => {
    const { pool, started } = makePool(2, () => new Worker("throw new Error('no start')", { eval: true }))
    await expect(pool.embed(['one', 'two', 'three'])).rejects.toMatchObject({
      code: 'internal',
      cause: expect.objectContaining({ message: 'no start' }),
    })
    expect(started).toHaveLength(2)
  })

  it('goes on with the threads it has when another does not start', async () => {
    const { pool, started } = makePool(2, (gate, place) =>
      place === 0 ? realWorker(gate) : new Worker("throw new Error('no start')", { eval: true }),
    )
    await pool.embed(['warm'])
    expect(await pool.embed(Array(10).fill(LONG_TEXT))).toHaveLength(10)
    expect(await pool.embed(Array(10).fill(LONG_TEXT))).toHaveLength(10)
    expect(started).toHaveLength(2)
  })

  it('ends its threads when closed, and what waits with it', async () => {
    const { pool, started } = makePool(2)
    await pool.embed(['one', 'two'])
    const exits = started.map(({ worker }) => new Promise((resolve) => worker.once('exit', resolve)))
    const waiting = pool.embed(Array(50).fill(LONG_TEXT))
    const failure = expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await pool.close()
    expect(await Promise.all(exits)).toEqual([0, 0])
    await failure
    await expect(pool.embed(['late'])).rejects.toMatchObject({ code: 'cancelled' })
    await pool.close()
  })

  it('closes while its threads are still loading', async () => {
    const { pool } = makePool(2)
    const waiting = expect(pool.embed(['one', 'two'])).rejects.toMatchObject({ code: 'cancelled' })
    await pool.close()
    await waiting
  })
})

describe('a process with an embedder', () => {
  /** Runs a script of its own process, in which `embedder` is open and warm. */
  function runProcess(script: string) {
    const moduleUrl = JSON.stringify(new URL('./onnx-minilm.ts', import.meta.url))
    const path = join(temporaryFolder(), 'script.ts')
    writeFileSync(
      path,
      `import { openOnnxEmbedder } from ${moduleUrl}
      const embedder = await openOnnxEmbedder({ modelDir: ${JSON.stringify(MODEL_DIR)} })
      console.log((await embedder.embed(['warm', 'up'])).length)
      const texts = Array(100).fill(${JSON.stringify(LONG_TEXT)})
      ${script}`,
    )
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [path], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    return { status, signal, stdout, stderr }
  }

  it('ends by itself when the embedder is idle', () => {
    expect(runProcess('')).toEqual({ status: 0, signal: null, stdout: '2\n', stderr: '' })
  })

  it('may exit at any moment: in the middle of a text', () => {
    expect(runProcess(`void embedder.embed(texts)\nsetTimeout(() => process.exit(7), 40)`)).toEqual({
      status: 7,
      signal: null,
      stdout: '2\n',
      stderr: '',
    })
  })

  it('may exit at any moment: by an error that nobody caught', () => {
    const { status, signal, stderr } = runProcess(
      `void embedder.embed(texts)\nsetTimeout(() => { throw new Error('un' + 'expected') }, 40)`,
    )
    expect({ status, signal }).toEqual({ status: 1, signal: null })
    expect(stderr).toContain('Error: unexpected')
  })
})
