import { describe, expect, it } from 'vitest'
import { APP_URL, isAppUrl, isExternalUrl, isOwnPage } from './app-scheme.ts'

describe('isAppUrl', () => {
  it.each([
    [APP_URL, true],
    ['app://abhyas/assets/a.js?x#/library', true],
    ['app://other/', false],
    ['app://abhyas.evil/', false],
    ['app://abhyas:80/', false],
    ['https://abhyas/', false],
    ['file:///abhyas/', false],
    ['null', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isAppUrl(url)).toBe(expected)
  })
})

describe('isExternalUrl', () => {
  it.each([
    ['https://ollama.com/download', true],
    ['mailto:someone@example.org', true],
    ['http://example.org/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['ms-settings:', false],
    ['app://abhyas/', false],
    ['not an address', false],
  ])('%s: %s', (url, expected) => {
    expect(isExternalUrl(url)).toBe(expected)
  })
})

describe('isOwnPage', () => {
  it.each([
    ['the page', { url: 'app://abhyas/#/library', parent: null }, true],
    ['a frame that is gone', null, false],
    ['a frame inside the page', { url: 'app://abhyas/', parent: {} }, false],
    ['another page', { url: 'https://evil.example/', parent: null }, false],
  ])('%s', (_what, frame, expected) => {
    expect(isOwnPage(frame)).toBe(expected)
  })
})
