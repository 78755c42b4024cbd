import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { lockProfile } from './lock-profile.ts'

const holder = { pid: process.pid, host: 'cli' as const, sinceMs: 1 }

describe('lockProfile', () => {
  it('lets one in, names the holder to the next, and opens again after release', () => {
    const dir = temporaryFolder()
    const lock = lockProfile(dir, holder)
    lock.announce('http://127.0.0.1:4321')
    expect(() => lockProfile(dir, holder)).toThrow(
      expect.objectContaining({
        code: 'profile-locked',
        message: expect.stringMatching(new RegExp(`process ${process.pid}.*http://127.0.0.1:4321`)),
      }),
    )
    lock.release()
    lockProfile(dir, holder).release()
  })

  it('is free again as soon as its holder was killed', async () => {
    const dir = temporaryFolder()
    const script = `
      import { lockProfile } from ${JSON.stringify(new URL('./lock-profile.ts', import.meta.url).href)}
      lockProfile(${JSON.stringify(dir)}, { pid: process.pid, host: 'cli', sinceMs: 1 })
      console.log('held')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script])
    await once(child.stdout, 'data')
    expect(() => lockProfile(dir, holder)).toThrow(`process ${child.pid}`)
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockProfile(dir, holder).release()
  })
})
