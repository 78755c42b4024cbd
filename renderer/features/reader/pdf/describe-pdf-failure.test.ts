import { describe, expect, it } from 'vitest'
import { describePdfFailure } from './describe-pdf-failure.ts'

const named = (name: string, more: object = {}) => Object.assign(new Error('why'), { name, ...more })

describe('describePdfFailure', () => {
  it.each([
    [named('InvalidPDFException'), 'file-damaged'],
    [named('PasswordException', { code: 1 }), 'file-encrypted'],
    [named('ResponseException', { status: 404 }), 'file-missing'],
    [named('ResponseException', { status: 401 }), 'unauthorized'],
    [named('ResponseException', { status: 500 }), 'file-unreadable'],
    [named('UnknownErrorException'), 'file-unreadable'],
  ] as const)('%s is %s', (error, code) => {
    expect(describePdfFailure(error)).toEqual({ code, message: 'why' })
  })

  it('has words for whatever was thrown', () => {
    expect(describePdfFailure('odd')).toEqual({ code: 'file-unreadable', message: 'odd' })
  })
})
