import { describe, expect, it } from 'vitest'
import { checkRequest, checkUpgrade } from './check-request.ts'

const HOST = '127.0.0.1:4100'
const OPENS = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

describe('checkRequest', () => {
  it.each([
    ['our page', 'GET', '/assets/a.js', { host: HOST, 'sec-fetch-site': 'same-origin' }, undefined],
    ['a program that is no browser', 'GET', '/', { host: HOST }, undefined],
    ['the address bar', 'GET', '/', { host: HOST, ...OPENS, 'sec-fetch-site': 'none' }, undefined],
    ['the opening page', 'GET', '/', { host: HOST, ...OPENS }, undefined],
    ['our own POST', 'POST', '/uploads', { host: HOST, origin: `http://${HOST}` }, undefined],
    ['no Host', 'GET', '/', {}, 421],
    ['another name for us', 'GET', '/', { host: 'localhost:4100' }, 421],
    ['a rebound name', 'GET', '/', { host: 'evil.example:4100' }, 421],
    ['another port', 'GET', '/', { host: '127.0.0.1:4101' }, 421],
    ['no port', 'GET', '/', { host: '127.0.0.1' }, 421],
    ['another site', 'GET', '/', { host: HOST, origin: 'https://evil.example' }, 403],
    ['an opaque origin', 'POST', '/uploads', { host: HOST, origin: 'null' }, 403],
    ['our name on another port', 'GET', '/', { host: HOST, origin: 'http://127.0.0.1:4101' }, 403],
    ['our name by https', 'GET', '/', { host: HOST, origin: `https://${HOST}` }, 403],
    ['an image of another site', 'GET', '/a.png', { host: HOST, 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of another port', 'GET', '/a.js', { host: HOST, 'sec-fetch-site': 'same-site' }, 403],
    ['a frame of another site', 'GET', '/', { host: HOST, ...OPENS, 'sec-fetch-dest': 'iframe' }, 403],
    ['a link of another site to a file', 'GET', '/documents/1/file', { host: HOST, ...OPENS }, 403],
    ['a form of another site', 'POST', '/', { host: HOST, ...OPENS }, 403],
  ] as const)('%s', (_who, method, target, headers, status) => {
    expect(checkRequest({ method, target, headers }, HOST)?.status).toBe(status)
  })
})

describe('checkUpgrade', () => {
  it.each([
    ['our page', { host: HOST, origin: `http://${HOST}` }, undefined],
    ['no origin', { host: HOST }, 403],
    ['another site', { host: HOST, origin: 'https://evil.example' }, 403],
    ['another host', { host: 'evil.example', origin: 'http://evil.example' }, 421],
  ] as const)('%s', (_who, headers, status) => {
    expect(checkUpgrade({ method: 'GET', target: '/socket', headers }, HOST)?.status).toBe(status)
  })
})
