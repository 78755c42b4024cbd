import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { StudyError } from '../errors.ts'

/** Who has a profile open: what another process is told when it finds the door shut. */
export const ProfileHolder = z.object({
  pid: z.number().int(),
  host: z.enum(['electron', 'web', 'cli']),
  sinceMs: z.number(),
  /** Where a running web host answers, so that a second start can point there. */
  address: z.string().optional(),
})
export type ProfileHolder = z.infer<typeof ProfileHolder>

export interface ProfileLock {
  /** Tells others where this holder answers. */
  announce(address: string): void
  release(): void
}

const HOSTS = { electron: 'the Abhyas window', web: 'Abhyas in the browser', cli: 'an abhyas command' }

/**
 * Takes the profile for this process. The lock is an exclusive transaction on a
 * small SQLite file: the operating system drops it when the process dies, however
 * it dies, so there are no stale locks. Throws `profile-locked`, naming the holder.
 */
export function lockProfile(profileDir: string, holder: ProfileHolder): ProfileLock {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 })
  const holderFile = join(profileDir, 'holder.json')
  const client = new Database(join(profileDir, 'profile.lock'), { timeout: 200 })
  try {
    client.pragma('journal_mode = DELETE')
    client.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    client.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new StudyError('profile-locked', describeHolder(profileDir, readHolder(holderFile)), { cause: error })
  }
  const write = (value: ProfileHolder) => writeFileSync(holderFile, JSON.stringify(value), { mode: 0o600 })
  write(holder)
  return {
    announce: (address) => write({ ...holder, address }),
    release() {
      rmSync(holderFile, { force: true })
      client.exec('ROLLBACK')
      client.close()
    },
  }
}

/** Reads who holds a profile; undefined when nobody wrote it down or it can't be read. */
export function readProfileHolder(profileDir: string): ProfileHolder | undefined {
  return readHolder(join(profileDir, 'holder.json'))
}

function readHolder(holderFile: string): ProfileHolder | undefined {
  try {
    return ProfileHolder.parse(JSON.parse(readFileSync(holderFile, 'utf8')))
  } catch {
    // The holder's note is a courtesy: without it the lock still holds, only less is known.
    return undefined
  }
}

function describeHolder(profileDir: string, holder: ProfileHolder | undefined): string {
  const who = holder ? `${HOSTS[holder.host]} (process ${holder.pid})` : 'another process'
  const where = holder?.address ? ` at ${holder.address}` : ''
  return `The profile ${profileDir} is in use by ${who}${where}. Nothing was changed. Close it there, or choose another profile.`
}
