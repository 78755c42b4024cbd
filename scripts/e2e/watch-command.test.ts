import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WatchedFolder } from '#contract/folders.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { type Ran, runAbhyas } from './run-abhyas.ts'

const foldersOf = (ran: Ran) => ran.result.folders as WatchedFolder[]

describe('abhyas watch', () => {
  it('adds a folder, offers what is new in it, imports it when told to, and stops watching', async () => {
    const dir = temporaryFolder()
    const [notes, profile] = [join(dir, 'notes'), join(dir, 'profile')]
    mkdirSync(join(notes, 'polity'), { recursive: true })
    const watch = (...words: string[]) => runAbhyas('watch', ...words, '--profile', profile)
    expect(foldersOf(await watch())).toEqual([])
    expect(foldersOf(await watch('add', notes))).toMatchObject([{ path: notes, mode: 'offer', newFiles: [] }])
    const file = join(notes, 'polity', 'Rights.md')
    writeFileSync(file, '# Rights\n\nEquality comes before the law, and the law before all.\n')
    const offered = await watch('scan')
    expect([offered.exitCode, offered.result.imported]).toEqual([0, []])
    expect(foldersOf(offered)).toMatchObject([{ newFiles: [file] }])
    // The offer is kept for the next command.
    expect(foldersOf(await watch('list'))).toMatchObject([{ newFiles: [file] }])
    const taken = await watch('scan', notes, '--import')
    expect(taken.result.imported).toMatchObject([{ path: file, status: 'ready', pages: 1 }])
    expect(foldersOf(taken)).toMatchObject([{ newFiles: [] }])
    const found = await runAbhyas('search', 'equality before the law', '--profile', profile)
    expect(found.result.hits).toMatchObject([{ title: 'Rights' }])
    expect(foldersOf(await watch('remove', notes))).toEqual([])
  })

  it('imports by itself where the folder says so, and tells of a folder that is away and of one that is not there', async () => {
    const dir = temporaryFolder()
    const [notes, profile] = [join(dir, 'notes'), join(dir, 'profile')]
    mkdirSync(notes)
    const watch = (...words: string[]) => runAbhyas('watch', ...words, '--profile', profile)
    writeFileSync(join(notes, 'Rivers.txt'), 'The Ganga rises at Gaumukh in the Himalaya and flows east.')
    await watch('add', notes, '--mode', 'import')
    const taken = await watch('scan')
    expect(taken.result.imported).toMatchObject([{ title: 'Rivers', status: 'ready' }])
    renameSync(notes, join(dir, 'elsewhere'))
    expect(foldersOf(await watch('scan'))).toMatchObject([{ state: 'missing' }])
    const missing = await watch('add', join(dir, 'nowhere'))
    expect([missing.exitCode, missing.result]).toMatchObject([66, { error: { code: 'file-missing' } }])
    const unknown = await watch('remove', join(dir, 'nowhere'))
    expect([unknown.exitCode, unknown.result]).toMatchObject([64, { error: { code: 'not-found' } }])
    expect((await watch('look')).exitCode).toBe(64)
  })
})
