import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readProfileHolder } from '../../electron/core/store/lock-profile.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { inRoot } from '../app-root.ts'

/** `npm start -- ARGS`, without npm between. No display, whatever the machine has: nothing may open here. */
function runStart(...args: string[]) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const child = spawn(process.execPath, [inRoot('scripts/start.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    output += piece
  })
  const errors = text(child.stderr)
  const ended = once(child, 'close').then(([exitCode]) => exitCode as number | null)
  return { child, output: () => output, errors, ended }
}

const addressIn = (output: string) => /http:\/\/127\.0\.0\.1:\d+\/#\/\?t=[\w-]{43}/.exec(output)?.[0]

describe('npm start', () => {
  it('serves at the address it prints, points a second start there, and stops when told', async () => {
    const profile = join(temporaryFolder(), 'profile')
    const first = runStart('--profile', profile, '--no-open')
    await vi.waitUntil(() => first.output().includes('Ctrl+C'), { timeout: 120_000 })
    const address = addressIn(first.output()) as string
    expect(first.output()).toContain(`Abhyas is running at ${address}`)
    const page = await fetch(new URL('/', address))
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")

    const second = runStart('--profile', profile)
    expect(await second.ended).toBe(0)
    expect(second.output()).toBe(`Abhyas is running already at ${address}\n`)

    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.output()).toContain('Everything is saved.')
    expect(await first.errors).toBe('')
    expect(readProfileHolder(profile)).toBeUndefined()
    await expect(fetch(new URL('/', address))).rejects.toThrow()
  })

  it('says in one line what was wrong with its options', async () => {
    const { ended, errors, output } = runStart('--prot', '1')
    expect(await ended).toBe(64)
    expect(output()).toBe('')
    expect((await errors).trimEnd().split('\n')).toEqual([expect.stringMatching(/^abhyas: .*--prot/)])
  })
})
