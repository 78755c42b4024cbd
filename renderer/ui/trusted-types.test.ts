import { describe, expect, it } from 'vitest'
import { trustedTypesRules } from './trusted-types.ts'

describe('trustedTypesRules', () => {
  const web = trustedTypesRules('http://127.0.0.1:4870/#/library')

  it('lets style text through and refuses markup', () => {
    expect(web.createHTML(':root{--x:1px} @media (min-width: 48em) {.a>.b{color:red}}')).toContain('--x')
    expect(web.createHTML('<img src=x onerror=alert(1)>')).toBeNull()
    expect(web.createHTML('&lt;b&gt;')).toBeNull()
  })

  it('refuses every script text', () => {
    expect(web.createScript('1 + 1')).toBeNull()
  })

  it('allows scripts of this origin alone', () => {
    expect(web.createScriptURL('/assets/pdf.worker.mjs')).toBe('http://127.0.0.1:4870/assets/pdf.worker.mjs')
    expect(web.createScriptURL('http://127.0.0.1:4871/assets/pdf.worker.mjs')).toBeNull()
    expect(web.createScriptURL('https://example.org/worker.js')).toBeNull()
    expect(web.createScriptURL('data:text/javascript,alert(1)')).toBeNull()
    expect(web.createScriptURL('blob:http://127.0.0.1:4870/1')).toBeNull()
    expect(web.createScriptURL('http://[')).toBeNull()
  })

  it('compares hosts of a private scheme, whose origin is opaque', () => {
    const app = trustedTypesRules('app://abhyas/index.html')
    expect(app.createScriptURL('app://abhyas/assets/worker.js')).toBe('app://abhyas/assets/worker.js')
    expect(app.createScriptURL('app://elsewhere/assets/worker.js')).toBeNull()
  })
})
