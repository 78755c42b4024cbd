import { createORPCClient } from '@orpc/client'
import { StandardRPCLink } from '@orpc/client/standard'
import { ORPCError, os, type RouterClient } from '@orpc/server'
import { ClientPeer } from '@orpc/standard-server-peer'
import { describe, expect, it, vi } from 'vitest'
import { type EncodedMessage, makePeerServer, type PeerTransport } from './serve-peer.ts'

function makeTestRouter() {
  const seen = { produced: 0, aborted: 0, finished: 0 }
  const router = {
    echo: os.handler(({ input }) => input),
    fail: os.handler(() => {
      throw new ORPCError('STUDY_ERROR', { status: 500, data: { code: 'not-found', message: 'Gone.' } })
    }),
    burst: os.handler(() => {
      throw new TypeError('a defect')
    }),
    count: os.handler(async function* ({ signal }) {
      signal?.addEventListener('abort', () => seen.aborted++)
      try {
        for (;;) yield ++seen.produced
      } finally {
        seen.finished++
      }
    }),
    wait: os.handler(async function* ({ signal }) {
      yield 'begun'
      await new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }),
  }
  return { router, seen }
}

/** Two ends in memory; `gate` holds back what the server sends. */
function connect(
  router: ReturnType<typeof makeTestRouter>['router'],
  log?: Parameters<typeof makePeerServer>[0]['log'],
) {
  let gate: Promise<void> = Promise.resolve()
  let close = () => {}
  let receive: (message: EncodedMessage) => void = () => {}
  const peer = new ClientPeer((message) => receive(message))
  const transport: PeerTransport = {
    async send(message) {
      await gate
      await new Promise(setImmediate)
      await peer.message(message)
    },
    onMessage: (listener) => {
      receive = listener
    },
    onClose: (listener) => {
      close = listener
    },
  }
  makePeerServer({ router, log })(transport)
  const link = new StandardRPCLink(
    {
      async call(request) {
        const response = await peer.request(request)
        return { ...response, body: () => Promise.resolve(response.body) }
      },
    },
    { url: 'http://orpc' },
  )
  const client: RouterClient<typeof router> = createORPCClient(link)
  return {
    client,
    sendRaw: (message: EncodedMessage) => receive(message),
    close: () => close(),
    holdBack(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

/** Lets everything that can go on without outside help go on. */
const settle = async () => {
  for (let round = 0; round < 50; round++) await new Promise(setImmediate)
}

describe('makePeerServer', () => {
  it('answers calls and carries failures', async () => {
    const { client } = connect(makeTestRouter().router)
    expect(await client.echo({ a: [1, undefined, 2n] })).toEqual({ a: [1, undefined, 2n] })
    await expect(client.fail(undefined)).rejects.toMatchObject({ data: { code: 'not-found', message: 'Gone.' } })
  })

  it.each([
    ['no JSON', '{'],
    ['not an object', 'null'],
    ['no payload', '{"i":"1"}'],
    ['a URL that is none', '{"i":"1","p":{"u":"http://["}}'],
    ['a body that lies', '{"i":"1","p":{"u":"/echo","b":{"json":1,"meta":[[0,"x","y"]]}}}'],
    ['bytes', new Uint8Array([255, 0, 255])],
    ['a stream nobody opened', '{"i":"9","t":3,"p":{"e":"message"}}'],
  ])('outlives a malformed frame: %s', async (_what, frame) => {
    const { client, sendRaw } = connect(makeTestRouter().router)
    sendRaw(frame)
    await settle()
    expect(await client.echo('still here')).toBe('still here')
  })

  it('makes no more of a stream than the other end takes', async () => {
    const { router, seen } = makeTestRouter()
    const { client, holdBack } = connect(router)
    const stream = await client.count(undefined)
    await stream.next()
    const letGo = holdBack()
    await settle()
    const producedWhileHeld = seen.produced
    await settle()
    expect(seen.produced).toBe(producedWhileHeld)
    letGo()
    await vi.waitUntil(() => seen.produced > producedWhileHeld + 10)
    await stream.return(undefined as never)
    await vi.waitUntil(() => seen.finished === 1)
  })

  it('aborts what runs when the transport closes', async () => {
    const { router, seen } = makeTestRouter()
    const { client, close } = connect(router)
    const stream = await client.count(undefined)
    await stream.next()
    close()
    await vi.waitUntil(() => seen.finished === 1)
    expect(seen.aborted).toBe(1)
  })

  it('passes the caller’s abort down to the work', async () => {
    const { client } = connect(makeTestRouter().router)
    const stop = new AbortController()
    const stream = await client.wait(undefined, { signal: stop.signal })
    expect(await stream.next()).toEqual({ done: false, value: 'begun' })
    const next = stream.next()
    stop.abort()
    await expect(next).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('logs a defect with its procedure, and nothing a person was told', async () => {
    const log = { warn: vi.fn(), error: vi.fn() }
    const { client } = connect(makeTestRouter().router, log)
    await expect(client.fail(undefined)).rejects.toThrow()
    expect(log.error).not.toHaveBeenCalled()
    await expect(client.burst(undefined)).rejects.toThrow()
    expect(log.error.mock.calls).toEqual([[{ procedure: 'burst', err: expect.any(TypeError) }, 'a call failed']])
  })
})
