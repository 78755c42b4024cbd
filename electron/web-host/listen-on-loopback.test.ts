import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { listenOnLoopback } from './listen-on-loopback.ts'
import { ask, enter, knock, openHost, tokenOf } from './testing/open-host.ts'

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
