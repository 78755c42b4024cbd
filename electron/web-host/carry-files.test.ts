import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ask, enter, openHost, SHA, tokenOf } from './testing/open-host.ts'

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
