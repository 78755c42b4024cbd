import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eventIterator, ORPCError, os } from '@orpc/server'
import { ClientPeer } from '@orpc/standard-server-peer'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { receiveUploads } from '#core/serve/receive-uploads.ts'
import { openRendererFiles } from '#core/serve/renderer-files.ts'
import { makePeerServer } from '#core/serve/serve-peer.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { listenOnLoopback } from './listen-on-loopback.ts'

const SHA = 'c0ffee'

async function openHost() {
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
type Host = Awaited<ReturnType<typeof openHost>>

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** A plain request, with the target exactly as written and any header at all. */
function ask(
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

const tokenOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(3)).get('t')

/** Opens a socket, says `hello` and tells what came of it. */
async function knock(host: Host, hello: unknown, options: { origin?: string; path?: string } = {}) {
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

async function enter(host: Host) {
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

describe('the page', () => {
  it('comes with a fresh nonce in itself and in its policy each time', async () => {
    const host = await openHost()
    const nonces = new Set<string>()
    for (let time = 0; time < 3; time++) {
      const { status, headers, text } = await ask(host, '/')
      const nonce = /'nonce-([\w-]+)'/.exec(headers['content-security-policy'] as string)?.[1] as string
      expect(status).toBe(200)
      expect(text).toBe(`<script nonce="${nonce}"></script><style nonce="${nonce}"></style>`)
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'; trusted-types default")
      expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.host.port}`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it.each([
    ['/assets/main-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/worker.mjs', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/jbig2.wasm', 'application/wasm', 'no-cache'],
    ['/a.bcmap', 'application/octet-stream', 'no-cache'],
  ])('is served with its file %s', async (path, mediaType, caching) => {
    const host = await openHost()
    const { status, headers } = await ask(host, path)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': mediaType,
      'cache-control': caching,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect((await ask(host, path, { headers: { 'if-none-match': headers.etag } })).status).toBe(304)
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..\\..\\secret.txt',
    '//secret.txt',
    '/.hidden',
    '/assets/',
    '/assets',
    '/index.htm',
    '/documents/doc-1',
    '/documents/doc-1/file/x',
  ])('is all there is: %s', async (target) => {
    const { status, text } = await ask(await openHost(), target)
    expect(status).toBe(404)
    expect(text).not.toContain('secret')
  })

  it('answers no proxy request and no method it does not know', async () => {
    const host = await openHost()
    expect((await ask(host, `${host.origin}/`)).status).toBe(400)
    expect((await ask(host, '/', { method: 'OPTIONS' })).status).toBe(400)
    expect((await ask(host, '/worker.mjs', { method: 'POST' })).status).toBe(405)
  })

  it('is refused to other hosts and other sites', async () => {
    const host = await openHost()
    expect((await ask(host, '/', { headers: { host: `localhost:${host.host.port}` } })).status).toBe(421)
    expect((await ask(host, '/', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await ask(host, '/worker.mjs', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  })

  it('is out of reach of other computers', async () => {
    const { host } = await openHost()
    // Every 127/8 address reaches a listener on 0.0.0.0; only one reaches ours.
    const refused = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: host.port })
      socket.on('connect', () => resolve(socket.destroy() && undefined))
      socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code))
    })
    expect(refused).toBe('ECONNREFUSED')
  })
})

describe('the door', () => {
  it('opens once for a token, and always for its session', async () => {
    const host = await openHost()
    const first = host.host.address()
    const { session } = await knock(host, { token: tokenOf(first) })
    expect(session).toMatch(/^[\w-]{43}$/)
    expect(await knock(host, { token: tokenOf(first) })).toMatchObject({ closed: 4401 })
    expect(await knock(host, { session })).toMatchObject({ session })
    expect(await knock(host, { session })).toMatchObject({ session })
  })

  it('tells of the next address as soon as one is used', async () => {
    const host = await openHost()
    await enter(host)
    expect(host.addresses).toEqual([host.host.address()])
    expect(tokenOf(host.host.address())).toMatch(/^[\w-]{43}$/)
    expect((await knock(host, { token: tokenOf(host.host.address()) })).session).toBeDefined()
  })

  it.each([
    ['a made-up token', { token: 'x'.repeat(43) }],
    ['a made-up session', { session: 'x'.repeat(43) }],
    ['an empty token', { token: '' }],
    ['nothing', {}],
    ['no JSON', '{'],
    ['a call before the Hello', '{"i":"1","p":{"u":"/echo","b":{"json":1}}}'],
  ])('stays shut for %s', async (_what, hello) => {
    const host = await openHost()
    expect(await knock(host, hello)).toMatchObject({ closed: 4401 })
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['another path', { path: '/' }, 404],
  ])('is not even shown to %s', async (_who, options, refused) => {
    const host = await openHost()
    expect(await knock(host, { token: tokenOf(host.host.address()) }, options)).toMatchObject({ refused })
    expect(host.addresses).toEqual([])
  })
})

describe('the contract over a socket', () => {
  it('carries calls and failures', async () => {
    const { call } = await enter(await openHost())
    expect(await call('echo', { q: 'अनुच्छेद 356' })).toEqual({ json: { q: 'अनुच्छेद 356' } })
    expect(await call('gone')).toMatchObject({ json: { data: { code: 'not-found' } } })
  })

  it('outlives malformed frames', async () => {
    const host = await openHost()
    const { call, socket } = await enter(host)
    for (const frame of ['{', 'null', '{"i":"1"}', Buffer.from([255, 0])]) socket.send(frame)
    expect(await call('echo', 1)).toEqual({ json: 1 })
    expect((await ask(host, '/')).status).toBe(200)
  })

  it('drops a page that sends a frame beyond all measure, and nobody else', async () => {
    const host = await openHost()
    const first = await enter(host)
    const second = await enter(host)
    const closed = new Promise((resolve) => first.socket.once('close', resolve))
    first.socket.send(Buffer.alloc(9 * 1024 * 1024))
    expect(await closed).toBe(1009)
    expect(await second.call('echo', 2)).toEqual({ json: 2 })
  })

  it('waits for a page that does not read, and goes on when it does', async () => {
    const host = await openHost()
    const { call, socket } = await enter(host)
    const most = 3000
    const stream = await call('flood', most)
    await stream.next()
    socket.pause()
    // The system's own buffers fill first; then nothing more is made.
    let before = -1
    await vi.waitUntil(
      () => {
        const standing = host.seen.produced === before
        before = host.seen.produced
        return standing
      },
      { interval: 100, timeout: 20_000 },
    )
    expect(host.seen.produced).toBeLessThan(most / 2)
    socket.resume()
    await vi.waitUntil(() => host.seen.produced > before + 100)
    socket.terminate()
    await vi.waitUntil(() => host.seen.finished === 1)
  })

  it('ends what a page began when the page goes', async () => {
    const host = await openHost()
    const { call, socket } = await enter(host)
    await (await call('flood', Number.MAX_SAFE_INTEGER)).next()
    socket.close()
    await vi.waitUntil(() => host.seen.finished === 1)
  })
})

describe('documents', () => {
  it('are for admitted pages only', async () => {
    const host = await openHost()
    const { bearer, session } = await enter(host)
    const target = '/documents/doc-1/file'
    expect((await ask(host, target)).status).toBe(401)
    expect((await ask(host, target, { headers: { authorization: 'Bearer ' } })).status).toBe(401)
    expect((await ask(host, target, { headers: { authorization: session } })).status).toBe(401)
    expect((await ask(host, `${target}?session=${session}`)).status).toBe(401)
    const token = tokenOf(host.host.address())
    expect((await ask(host, target, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    expect(await ask(host, target, { headers: bearer })).toMatchObject({ status: 200, text: '0123456789' })
    expect((await ask(host, '/documents/doc-2/file', { headers: bearer })).status).toBe(404)
    expect((await ask(host, '/documents/..%2f..%2fsecret.txt/file', { headers: bearer })).status).toBe(404)
  })

  it('are data that runs nothing', async () => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const { headers } = await ask(host, '/documents/doc-1/file', { headers: bearer })
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'application/pdf',
      'content-disposition': "inline; filename*=UTF-8''%E0%A4%AA%E0%A4%BE%E0%A4%A0%20%281%29",
      etag: `"${SHA}"`,
    })
  })

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ])('come in parts: %s', async (range, status, text, contentRange) => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const answer = await ask(host, '/documents/doc-1/file', { headers: { ...bearer, range } })
    expect(answer).toMatchObject({ status, text })
    expect(answer.headers['content-range']).toBe(contentRange)
    expect(answer.headers['accept-ranges']).toBe('bytes')
  })

  it('come in parts only to who holds the same bytes', async () => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const part = (headers: object) =>
      ask(host, '/documents/doc-1/file', { headers: { ...bearer, range: 'bytes=0-0', ...headers } })
    expect((await part({ 'if-range': `"${SHA}"` })).status).toBe(206)
    expect((await part({ 'if-range': '"other"' })).status).toBe(200)
    expect((await part({ 'if-none-match': `"${SHA}"` })).status).toBe(304)
  })
})

describe('uploads', () => {
  it('are for admitted pages only', async () => {
    const host = await openHost()
    expect((await ask(host, '/uploads', { method: 'POST', body: 'x' })).status).toBe(401)
    expect(readdirSync(host.uploadsDir)).toEqual([])
  })

  it('take a file whole or in parts', async () => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const whole = await ask(host, '/uploads', { method: 'POST', headers: bearer, body: 'whole' })
    expect(whole.status).toBe(201)
    expect(readFileSync(join(host.uploadsDir, JSON.parse(whole.text).uploadId), 'utf8')).toBe('whole')

    const begun = await ask(host, '/uploads', {
      method: 'POST',
      headers: { ...bearer, 'upload-length': '4' },
      body: 'ab',
    })
    const { uploadId } = JSON.parse(begun.text)
    const ended = await ask(host, `/uploads/${uploadId}`, {
      method: 'PATCH',
      headers: { ...bearer, 'upload-offset': '2' },
      body: 'cd',
    })
    expect(JSON.parse(ended.text)).toEqual({ uploadId, receivedBytes: 4, complete: true })
    expect(readFileSync(join(host.uploadsDir, uploadId), 'utf8')).toBe('abcd')
  })

  it.each([
    ['too much', 'POST', '/uploads', {}, 5_000_000, 413, 'file-too-large'],
    ['a length that is none', 'POST', '/uploads', { 'upload-length': '-1' }, 1, 400, 'bad-input'],
    ['an upload nobody began', 'PATCH', '/uploads/abc', { 'upload-offset': '0' }, 1, 404, 'not-found'],
    ['no offset', 'PATCH', '/uploads/abc', {}, 1, 400, 'bad-input'],
  ])('refuse %s, and say so', async (_what, method, target, headers, byteCount, status, code) => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const answer = await ask(host, target, {
      method,
      headers: { ...bearer, ...headers },
      body: Buffer.alloc(byteCount),
    })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code } })
    expect(readdirSync(host.uploadsDir)).toEqual([])
  })

  it('leave nothing when the page goes in the middle', async () => {
    const host = await openHost()
    const { bearer } = await enter(host)
    const sent = request({
      host: '127.0.0.1',
      port: host.host.port,
      path: '/uploads',
      method: 'POST',
      headers: { ...bearer, 'content-length': '100' },
    })
    sent.on('error', () => {})
    sent.write('half')
    await vi.waitUntil(() => readdirSync(host.uploadsDir).length === 1)
    sent.destroy()
    await vi.waitUntil(() => readdirSync(host.uploadsDir).length === 0)
  })
})

describe('closing', () => {
  it('ends sockets and connections, and frees the port', async () => {
    const host = await openHost()
    const { socket } = await enter(host)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await host.host.close()
    expect(await closed).toBe(1001)
    await expect(ask(host, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('says when the port is taken', async () => {
    const { host } = await openHost()
    const again = listenOnLoopback({ port: host.port } as Parameters<typeof listenOnLoopback>[0])
    await expect(again).rejects.toMatchObject({
      code: 'not-ready',
      message: expect.stringContaining(`${host.port} is taken`),
    })
  })
})
