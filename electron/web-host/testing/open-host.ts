import { mkdirSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { eventIterator, ORPCError, os } from '@orpc/server'
import { ClientPeer } from '@orpc/standard-server-peer'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { receiveUploads } from '#core/serve/receive-uploads.ts'
import { openRendererFiles } from '#core/serve/renderer-files.ts'
import { makePeerServer } from '#core/serve/serve-peer.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { listenOnLoopback } from '../listen-on-loopback.ts'

/** Of the one document, `doc-1`. */
export const SHA = 'c0ffee'

/** A web host over a small build, one document and a router of three procedures; it closes with the test. */
export async function openHost() {
  const dir = temporaryFolder()
  const distDir = join(dir, 'dist')
  const uploadsDir = join(dir, 'uploads')
  mkdirSync(join(distDir, 'assets'), { recursive: true })
  mkdirSync(uploadsDir)
  writeFileSync(
    join(distDir, 'index.html'),
    '<script nonce="__CSP_NONCE__"></script><style nonce="__CSP_NONCE__"></style>',
  )
  writeFileSync(join(distDir, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(distDir, 'worker.mjs'), '1')
  writeFileSync(join(distDir, 'jbig2.wasm'), '2')
  writeFileSync(join(distDir, 'a.bcmap'), '3')
  writeFileSync(join(distDir, '.hidden'), 'secret')
  writeFileSync(join(dir, 'secret.txt'), 'secret')
  writeFileSync(join(dir, 'doc.pdf'), '0123456789')

  const seen = { produced: 0, finished: 0 }
  const router = {
    echo: os.handler(({ input }) => input),
    gone: os.handler(() => {
      throw new ORPCError('STUDY_ERROR', { status: 500, data: { code: 'not-found', message: 'Gone.' } })
    }),
    flood: os
      .input(z.number())
      .output(eventIterator(z.string()))
      .handler(async function* ({ input: most }) {
        try {
          while (seen.produced < most) {
            seen.produced++
            yield 'x'.repeat(64 * 1024)
          }
        } finally {
          seen.finished++
        }
      }),
  }
  const addresses: string[] = []
  const host = await listenOnLoopback({
    renderer: openRendererFiles(distDir),
    uploads: receiveUploads({ dir: uploadsDir, ids: makeIds({ clock: systemClock }), mostBytes: 1000 }),
    fileOf: (id) =>
      (id as string) === 'doc-1'
        ? { path: join(dir, 'doc.pdf'), mediaType: 'application/pdf', sha256: SHA, title: 'पाठ (1)' }
        : undefined,
    servePeer: makePeerServer({ router }),
    onNewAddress: (address) => addresses.push(address),
  })
  onTestFinished(() => host.close())
  return { host, seen, addresses, uploadsDir, origin: `http://127.0.0.1:${host.port}` }
}

export type Host = Awaited<ReturnType<typeof openHost>>

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** A plain request, with the target exactly as written and any header at all. */
export function ask(
  { host }: Host,
  target: string,
  options: { method?: string; headers?: object; body?: string | Buffer } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: host.port,
        path: target,
        method: options.method ?? 'GET',
        headers: { ...options.headers },
      },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece) => pieces.push(piece))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

/** The token in an address that opens the door once. */
export const tokenOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(3)).get('t')

/** Opens a socket, says `hello` and tells what came of it. */
export async function knock(host: Host, hello: unknown, options: { origin?: string; path?: string } = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${host.host.port}${options.path ?? '/socket'}`, {
    origin: 'origin' in options ? options.origin : host.origin,
  })
  socket.on('error', () => {}) // Its refusal is told by 'unexpected-response' or 'close'.
  onTestFinished(() => socket.terminate())
  return new Promise<{ socket: WebSocket; session?: string; closed?: number; refused?: number }>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve({ socket, refused: response.statusCode ?? 0 }))
    socket.on('open', () => socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello)))
    socket.once('message', (data) => resolve({ socket, session: JSON.parse(String(data)).session }))
    socket.once('close', (closed) => resolve({ socket, closed }))
  })
}

/** Goes through the door: the session and calls over the socket. */
export async function enter(host: Host) {
  const { socket, session = '' } = await knock(host, { token: tokenOf(host.host.address()) })
  const peer = new ClientPeer((message) => socket.send(message as string))
  socket.on('message', (data) => peer.message(String(data)))
  const call = async (path: string, input?: unknown, signal?: AbortSignal) => {
    const url = new URL(`http://orpc/${path}`)
    const { body } = await peer.request({ url, method: 'POST', headers: {}, body: { json: input }, signal })
    return body as { json: unknown } & AsyncIterator<unknown>
  }
  return { socket, session, call, bearer: { authorization: `Bearer ${session}` } }
}
