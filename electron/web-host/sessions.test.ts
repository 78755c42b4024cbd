import { describe, expect, it } from 'vitest'
import { makeSessions } from './sessions.ts'

describe('makeSessions', () => {
  it('trades a token once, and makes the next one', () => {
    const heard: string[] = []
    const sessions = makeSessions({ onNewToken: (token) => heard.push(token) })
    const token = sessions.currentToken()
    const session = sessions.trade(token)
    expect(session).toBeDefined()
    expect(sessions.isSession(session as string)).toBe(true)
    expect(sessions.trade(token)).toBeUndefined()
    expect(heard).toEqual([sessions.currentToken()])
    expect(sessions.currentToken()).not.toBe(token)
    expect(sessions.trade(sessions.currentToken())).toBeDefined()
  })

  it('knows a token from a session', () => {
    const sessions = makeSessions()
    expect(sessions.isSession(sessions.currentToken())).toBe(false)
    const session = sessions.trade(sessions.currentToken()) as string
    expect(sessions.trade(session)).toBeUndefined()
    expect(sessions.isSession('')).toBe(false)
  })

  it('forgets the oldest of many sessions', () => {
    const sessions = makeSessions()
    const given = Array.from({ length: 65 }, () => sessions.trade(sessions.currentToken()) as string)
    expect(given.map(sessions.isSession)).toEqual([false, ...Array.from({ length: 64 }, () => true)])
  })

  it('makes secrets that cannot be guessed', () => {
    const sessions = makeSessions()
    expect(sessions.currentToken()).toMatch(/^[\w-]{43}$/)
    expect(makeSessions().currentToken()).not.toBe(sessions.currentToken())
  })
})
