import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import type { Job } from '#contract/jobs.ts'
import { buildBookPdf } from '../../electron/core/testing/build-pdf.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { type Ran, runAbhyas, startAbhyas } from './run-abhyas.ts'

const jobsOf = (ran: Ran) => ran.result.jobs as Job[]

/** A profile whose import was told to stop in its midst, with the exit code that followed. */
async function stopImport() {
  const dir = temporaryFolder()
  const book = join(dir, 'book.pdf')
  writeFileSync(book, await buildBookPdf({ pageCount: 160 }))
  const profile = join(dir, 'profile')
  const child = startAbhyas('import', book, '--profile', profile)
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const { stage, done = 0 } = JSON.parse(line) as { stage?: string; done?: number }
    if (stage === 'extract' && done > 40) break
  }
  child.kill('SIGTERM')
  const [exitCode] = await exited
  return { profile, exitCode }
}

describe('abhyas jobs', () => {
  it('stops in time when it is told to, and uses up no attempt', async () => {
    const { profile, exitCode } = await stopImport()
    expect(exitCode).toBe(130)
    const [left] = jobsOf(await runAbhyas('jobs', '--profile', profile))
    expect(left).toMatchObject({ state: 'queued', attempts: 0, progress: { stage: 'extract' } })
  })

  it('cancels, retries, pauses and resumes what waits, and runs it to its end', async () => {
    const { profile } = await stopImport()
    const jobs = (...words: string[]) => runAbhyas('jobs', ...words, '--profile', profile)
    const [waiting] = jobsOf(await jobs())
    const id = waiting?.id ?? ''
    expect(jobsOf(await jobs('cancel', id))).toMatchObject([{ id, state: 'cancelled' }])
    expect(jobsOf(await jobs('retry', id))).toMatchObject([{ id, state: 'queued' }])
    expect((await jobs('pause')).result).toMatchObject({ paused: true })
    // Paused for good: another process finds it so, and runs nothing.
    expect(jobsOf(await jobs('run'))).toMatchObject([{ id, state: 'queued' }])
    expect((await jobs('resume')).result).toMatchObject({ paused: false })
    expect(jobsOf(await jobs('run')).find((job) => job.id === id)).toMatchObject({ state: 'done' })
    const unknown = await jobs('cancel', 'none')
    expect([unknown.exitCode, unknown.result]).toMatchObject([64, { error: { code: 'not-found' } }])
  })

  it('is told who holds a profile that another process works on, and leaves it alone', async () => {
    const dir = temporaryFolder()
    const book = join(dir, 'book.pdf')
    writeFileSync(book, await buildBookPdf({ pageCount: 160 }))
    const profile = join(dir, 'profile')
    const child = startAbhyas('import', book, '--profile', profile)
    const exited = once(child, 'exit')
    await once(child.stdout, 'data')
    const second = await runAbhyas('jobs', 'pause', '--profile', profile)
    expect(second.exitCode).toBe(75)
    expect(second.result).toMatchObject({ error: { code: 'profile-locked' } })
    expect(JSON.stringify(second.result)).toContain(String(child.pid))
    expect(await exited).toEqual([0, null])
    const list = await runAbhyas('jobs', '--profile', profile)
    expect(list.result).toMatchObject({ paused: false })
    expect(jobsOf(list)).toMatchObject([{ state: 'done' }])
  })
})

describe('abhyas backup, restore and export', () => {
  it('bring a library to another profile, and refuse a damaged backup', async () => {
    const dir = temporaryFolder()
    const [profile, other, copies] = [join(dir, 'profile'), join(dir, 'other'), join(dir, 'copies')]
    const notes = join(dir, 'Notes.md')
    writeFileSync(notes, '# Rivers\n\nThe Ganga rises at Gaumukh in the Himalaya and flows east.')
    await runAbhyas('import', notes, '--profile', profile)
    const backup = await runAbhyas('backup', copies, '--profile', profile)
    expect([backup.exitCode, backup.stderr]).toEqual([0, ''])
    const path = String(backup.result.path)
    const exported = await runAbhyas('export', copies, '--profile', profile)
    expect(readdirSync(join(String(exported.result.path), 'documents'))).toEqual(['001 Rivers.md'])

    const restored = await runAbhyas('restore', path, '--profile', other)
    expect(restored.result).toMatchObject({ documentCount: 1, lostFileCount: 0 })
    const found = await runAbhyas('search', 'where does the Ganga rise', '--profile', other)
    expect(found.result.hits).toMatchObject([{ title: 'Rivers' }])
    expect(jobsOf(await runAbhyas('jobs', '--profile', other)).filter(({ state }) => state === 'running')).toEqual([])

    appendFileSync(join(path, 'abhyas.sqlite'), 'x')
    const third = join(dir, 'third')
    mkdirSync(third)
    const refused = await runAbhyas('restore', path, '--profile', third)
    expect(refused.exitCode).toBe(65)
    expect(refused.result).toMatchObject({ error: { code: 'backup-damaged' } })
    expect(existsSync(join(third, 'abhyas.sqlite'))).toBe(false)
  })
})
