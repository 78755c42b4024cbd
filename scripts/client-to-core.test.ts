// The renderer's client against both hosts' servers, over real sockets and ports.
// It stands here because neither the renderer nor a host may import the other.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads'
import { ORPCError, os } from '@orpc/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { DocumentId } from '#contract/ids.ts'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { receiveUploads } from '#core/serve/receive-uploads.ts'
import { openRendererFiles } from '#core/serve/renderer-files.ts'
import { makePeerServer } from '#core/serve/serve-peer.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { type PagePort, portTransport } from '../electron/main/port-transport.ts'
import { listenOnLoopback } from '../electron/web-host/listen-on-loopback.ts'
import { type CreateClientOptions, createClient } from '../renderer/client/create-client.ts'
import { failureOf } from '../renderer/client/failure-of.ts'
import { messagePortTransport } from '../renderer/client/message-port-transport.ts'
import { takeOpeningToken } from '../renderer/client/opening-token.ts'
import type { ClientTransport } from '../renderer/client/transport.ts'
import { makeUploadFiles, SLICE_BYTES } from '../renderer/client/upload-files.ts'
import { type ClientSocket, webTransport } from '../renderer/client/web-transport.ts'

/** A client that ends with the test. */
function openClient(transport: ClientTransport, options?: CreateClientOptions) {
  const opened = createClient(transport, options)
  onTestFinished(() => opened.close())
  return opened
}

const ids = makeIds({ clock: systemClock })
const documentId = 'doc-1' as DocumentId

/** The procedures these tests call, in the contract's shape. */
function makeTestRouter() {
  const seen = { streams: 0, ended: 0 }
  const router = {
    system: { settings: os.handler(() => DEFAULT_SETTINGS) },
    documents: {
      get: os.handler(() => {
        throw new ORPCError('STUDY_ERROR', {
          status: 500,
          data: { code: 'file-damaged', message: 'Page 3 is torn.', page: 3 },
        })
      }),
      changes: os.handler(async function* ({ signal }) {
        seen.streams++
        try {
          for (let n = 1; ; n++) {
            yield { documentIds: [`doc-${n}`] }
            if (n === 3)
              await new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
          }
        } finally {
          seen.ended++
        }
      }),
    },
  }
  return { router, seen }
}

function memoryStorage(): Parameters<typeof webTransport>[0]['storage'] & { kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

async function openWebHost(port = 0) {
  const dir = temporaryFolder()
  const distDir = join(dir, 'dist')
  const uploadsDir = join(dir, 'uploads')
  mkdirSync(distDir)
  mkdirSync(uploadsDir)
  writeFileSync(join(distDir, 'index.html'), '')
  writeFileSync(join(dir, 'doc.pdf'), 'a document')
  const { router, seen } = makeTestRouter()
  const host = await listenOnLoopback({
    renderer: openRendererFiles(distDir),
    uploads: receiveUploads({ dir: uploadsDir, ids }),
    fileOf: () => ({ path: join(dir, 'doc.pdf'), mediaType: 'application/pdf', sha256: 'abc', title: 'Doc' }),
    servePeer: makePeerServer({ router }),
    port,
  })
  onTestFinished(() => host.close())
  const origin = `http://127.0.0.1:${host.port}`
  const sockets: WebSocket[] = []
  const openSocket = (url: string) => {
    const socket = new WebSocket(url, { origin })
    sockets.push(socket)
    socket.on('error', () => {}) // Told to the client by 'close'.
    onTestFinished(() => socket.terminate())
    return socket as unknown as ClientSocket
  }
  const tokenNow = () => takeOpeningToken(new URL(host.address()).hash).token
  return { host, origin, seen, uploadsDir, openSocket, sockets, tokenNow }
}

/** Both ends of the Electron line, with the preload and the main process left out between them. */
function openPort() {
  const { router, seen } = makeTestRouter()
  const servePeer = makePeerServer({ router })
  // The page's channel is the browser's; Node's stands in, and its second end speaks as MessagePortMain does.
  vi.stubGlobal('MessageChannel', MessageChannel)
  onTestFinished(() => void vi.unstubAllGlobals())
  let mainEnd: NodePort | undefined
  const transport = messagePortTransport({
    post(_message, port) {
      mainEnd = port as unknown as NodePort
      const ported: PagePort = {
        on: (event: 'message' | 'close', listener: (value: never) => void) =>
          mainEnd?.on(event, (data: unknown) => listener({ data } as never)),
        postMessage: (message) => mainEnd?.postMessage(message),
        start: () => mainEnd?.start(),
      }
      servePeer(portTransport(ported))
    },
  })
  return { transport, seen, close: () => mainEnd?.close() }
}

const hosts: [string, () => Promise<{ transport: ClientTransport; seen: { streams: number; ended: number } }>][] = [
  [
    'the web host',
    async () => {
      const { origin, openSocket, tokenNow, seen } = await openWebHost()
      return { transport: webTransport({ origin, token: tokenNow(), storage: memoryStorage(), openSocket }), seen }
    },
  ],
  ['the Electron shell', async () => openPort()],
]

describe.each(hosts)('the client over %s', (_name, open) => {
  it('calls, and knows when it is connected', async () => {
    const { client, useConnection } = openClient((await open()).transport)
    expect(useConnection.getState()).toEqual({ state: 'connecting' })
    expect(await client.system.settings()).toEqual(DEFAULT_SETTINGS)
    expect(useConnection.getState()).toEqual({ state: 'open' })
  })

  it('carries a failure with all its parts', async () => {
    const { client } = openClient((await open()).transport)
    const error = await client.documents.get({ documentId }).catch((thrown) => thrown)
    expect(failureOf(error)).toEqual({ code: 'file-damaged', message: 'Page 3 is torn.', page: 3 })
  })

  it('streams until the page has enough, and the work ends with it', async () => {
    const { transport, seen } = await open()
    const { client } = openClient(transport)
    const stop = new AbortController()
    const got: unknown[] = []
    const reading = (async () => {
      for await (const { documentIds } of await client.documents.changes(undefined, { signal: stop.signal })) {
        got.push(...documentIds)
        if (got.length === 3) stop.abort()
      }
    })()
    const error = await reading.catch((thrown) => thrown)
    expect(got).toEqual(['doc-1', 'doc-2', 'doc-3'])
    expect(failureOf(error).code).toBe('cancelled')
    await vi.waitUntil(() => seen.ended === 1)
  })
})

describe('a broken line', () => {
  it('mends itself with the session; a stream ends with an error and can be read again', async () => {
    const { origin, openSocket, tokenNow, sockets } = await openWebHost()
    const { client, useConnection } = openClient(
      webTransport({ origin, token: tokenNow(), storage: memoryStorage(), openSocket }),
      { sleep: async () => {} },
    )
    const states: string[] = []
    useConnection.subscribe(({ state }) => states.push(state))
    const stream = (await client.documents.changes())[Symbol.asyncIterator]()
    for (let n = 0; n < 3; n++) await stream.next()
    const fourth = stream.next()
    const beside = (await client.documents.changes())[Symbol.asyncIterator]()
    sockets[0]?.terminate()
    await expect(fourth).rejects.toMatchObject({ name: 'ConnectionLostError' })
    await expect(beside.next()).rejects.toMatchObject({ name: 'ConnectionLostError' })
    const again = (await client.documents.changes())[Symbol.asyncIterator]()
    expect(await again.next()).toMatchObject({ value: { documentIds: ['doc-1'] } })
    expect(states).toEqual(['open', 'lost', 'open'])
    expect(sockets.length).toBe(2)
  })

  it('is tried again until the host is there', async () => {
    const { host, origin, openSocket, tokenNow } = await openWebHost()
    const token = tokenNow()
    await host.close()
    const waits: number[] = []
    const stopped = new Error('the test is over')
    const { client, useConnection } = openClient(
      webTransport({ origin, token, storage: memoryStorage(), openSocket }),
      {
        sleep: async (durationMs) => {
          waits.push(durationMs)
          if (waits.length === 7) throw stopped
        },
      },
    )
    await expect(client.system.settings()).rejects.toBe(stopped)
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
    expect(useConnection.getState()).toEqual({ state: 'lost' })
  })

  it('fails a call after a while, and can be stopped before', async () => {
    const transport: ClientTransport = { host: 'web', connect: () => new Promise(() => {}), fileHeaders: () => ({}) }
    const { client } = openClient(transport, { patienceMs: 1 })
    await expect(client.system.settings()).rejects.toMatchObject({ name: 'ConnectionLostError' })
    const patient = openClient(transport)
    const stop = new AbortController()
    const call = patient.client.system.settings(undefined, { signal: stop.signal })
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is not tried again on a port: the shell takes one', async () => {
    const { transport, close } = openPort()
    const { client, useConnection } = openClient(transport, { patienceMs: 50 })
    await client.system.settings()
    close()
    await vi.waitUntil(() => useConnection.getState().state === 'lost')
    await expect(client.system.settings()).rejects.toMatchObject({ name: 'ConnectionLostError' })
  })
})

describe('the door', () => {
  it('lets a reloaded page and an address opened twice in by the stored session', async () => {
    const { origin, openSocket, tokenNow } = await openWebHost()
    const storage = memoryStorage()
    const token = tokenNow()
    for (const opened of [token, undefined, token]) {
      const { client } = openClient(webTransport({ origin, token: opened, storage, openSocket }))
      expect(await client.system.settings()).toEqual(DEFAULT_SETTINGS)
    }
  })

  it('stays shut without token and session, for a used token elsewhere, and for the session of an earlier run', async () => {
    const { host, origin, openSocket, tokenNow, sockets } = await openWebHost()
    const token = tokenNow()
    const storage = memoryStorage()
    await openClient(webTransport({ origin, token, storage, openSocket })).client.system.settings()
    const attempt = async (options: { token?: string; storage?: typeof storage }) => {
      const onDoorClosed = vi.fn()
      const transport = webTransport({ origin, token: undefined, storage: memoryStorage(), openSocket, ...options })
      const { client } = openClient(transport, { onDoorClosed, sleep: async () => {} })
      const error = await client.system.settings().catch((thrown) => thrown)
      expect(failureOf(error).code).toBe('unauthorized')
      expect(onDoorClosed).toHaveBeenCalledTimes(1)
    }
    await attempt({})
    expect(sockets.length).toBe(1)
    await attempt({ token })
    await host.close()
    await openWebHost(host.port)
    await attempt({ storage })
    expect(storage.kept.size).toBe(0)
  })

  it('opens where nothing can be stored', async () => {
    const { origin, openSocket, tokenNow } = await openWebHost()
    const refuse = () => {
      throw new Error('site data is blocked')
    }
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
    const transport = webTransport({ origin, token: tokenNow(), storage, openSocket })
    expect(await openClient(transport).client.system.settings()).toEqual(DEFAULT_SETTINGS)
    const file = await fetch(`${origin}/documents/doc-1/file`, { headers: transport.fileHeaders() })
    expect(await file.text()).toBe('a document')
  })
})

describe('uploadFiles', () => {
  async function openUploads() {
    const web = await openWebHost()
    const transport = webTransport({
      origin: web.origin,
      token: web.tokenNow(),
      storage: memoryStorage(),
      openSocket: web.openSocket,
    })
    await openClient(transport).client.system.settings()
    return { ...web, transport, uploadFiles: makeUploadFiles({ origin: web.origin, headers: transport.fileHeaders }) }
  }
  const pattern = (byteCount: number) => Buffer.alloc(byteCount, 'अभ्यास')

  it('sends files byte for byte, in slices, and tells how far it is', async () => {
    const { uploadFiles, uploadsDir } = await openUploads()
    const big = pattern(SLICE_BYTES * 2 + 17)
    const progress: number[] = []
    const files = [new File([big], 'big.pdf'), new File([], 'empty.txt'), new File(['note'], 'नोट.md')]
    const uploads = await uploadFiles(files, (doneBytes, totalBytes) => progress.push(doneBytes / totalBytes))
    expect(uploads.map(({ fileName }) => fileName)).toEqual(['big.pdf', 'empty.txt', 'नोट.md'])
    const [first, second, third] = uploads.map(({ uploadId }) => readFileSync(join(uploadsDir, uploadId)))
    expect(first?.equals(big)).toBe(true)
    expect(second?.length).toBe(0)
    expect(third?.toString()).toBe('note')
    expect(progress.length).toBe(5)
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it('takes all back when it is stopped', async () => {
    const { uploadFiles, uploadsDir } = await openUploads()
    const stop = new AbortController()
    const files = [new File(['one'], '1.txt'), new File([pattern(SLICE_BYTES * 3)], '2.pdf')]
    const sending = uploadFiles(files, (doneBytes) => doneBytes > SLICE_BYTES && stop.abort(), stop.signal)
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(uploadsDir)).toEqual([])
  })

  it('says what the host said', async () => {
    const { origin } = await openUploads()
    const uploadFiles = makeUploadFiles({ origin, headers: () => ({ authorization: 'Bearer nonsense' }) })
    const error = await uploadFiles([new File(['x'], 'x.txt')]).catch((thrown) => thrown)
    expect(failureOf(error)).toMatchObject({ code: 'unauthorized' })
  })

  it('knows a host that is gone', async () => {
    const { uploadFiles, host } = await openUploads()
    await host.close()
    await expect(uploadFiles([new File(['x'], 'x.txt')])).rejects.toMatchObject({ name: 'ConnectionLostError' })
  })
})
