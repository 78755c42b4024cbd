import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

const parse = (policy: string) => new Map(policy.split('; ').map((line) => [line.split(' ')[0], line]))

describe('contentSecurityPolicy', () => {
  it('allows only our own files, the nonce’s styles and the named socket', () => {
    const policy = parse(contentSecurityPolicy({ nonce: 'abc', connectTo: ['ws://127.0.0.1:1'] }))
    expect(policy.get('default-src')).toBe("default-src 'none'")
    expect(policy.get('script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy.get('style-src')).toBe("style-src 'self' 'nonce-abc'")
    expect(policy.get('connect-src')).toBe("connect-src 'self' ws://127.0.0.1:1")
    expect(policy.get('require-trusted-types-for')).toBe("require-trusted-types-for 'script'")
    expect(policy.get('trusted-types')).toBe('trusted-types default')
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe-inline|unsafe-eval'.*unsafe-eval|\*|https?:/)
  })

  it('allows no inline style where there is no nonce', () => {
    expect(parse(contentSecurityPolicy()).get('style-src')).toBe("style-src 'self'")
  })
})
