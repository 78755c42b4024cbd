import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { buildZip, type ZipEntrySpec } from '../testing/build-zip.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { unpackArchive } from './unpack-archive.ts'

/** What an archive gives: [path inside it, text] or [path, code of the failure]. */
async function unpack(bytes: Buffer): Promise<string[][]> {
  const uploadsDir = temporaryFolder()
  const path = join(temporaryFolder(), 'given')
  writeFileSync(path, bytes)
  const parts = { openArchive, ids: makeIds({ clock: systemClock }), uploadsDir }
  const found: string[][] = []
  for await (const item of unpackArchive(parts, { path, givenPath: 'a.zip' }, undefined)) {
    if ('duplicate' in item) found.push([item.path, item.failure?.code ?? ''])
    else found.push([item.givenPath, readFileSync(item.path, 'utf8')])
    expect(readdirSync(uploadsDir).length).toBeLessThanOrEqual(3)
  }
  expect(readdirSync(uploadsDir)).toEqual([])
  return found
}

const nest = (entries: ZipEntrySpec[], depth: number): Buffer =>
  depth === 0 ? buildZip(entries) : buildZip([{ name: `inner${depth}.zip`, data: nest(entries, depth - 1) }])

describe('unpackArchive', () => {
  it('gives the documents in order of name, with the archive in their paths, and nothing hidden or unread', async () => {
    const zip = buildZip([
      { name: 'notes/10.md', data: 'ten' },
      { name: 'notes/9.md', data: 'nine', stored: true },
      { name: 'नोट्स.txt', data: 'हिंदी' },
      { name: 'notes/', data: '' },
      { name: 'program.exe', data: 'x' },
      { name: '__MACOSX/._9.md', data: 'x' },
      { name: '.git/a.md', data: 'x' },
    ])
    expect(await unpack(zip)).toEqual([
      ['a.zip/notes/9.md', 'nine'],
      ['a.zip/notes/10.md', 'ten'],
      ['a.zip/नोट्स.txt', 'हिंदी'],
    ])
  })

  it('opens archives in archives, three deep', async () => {
    const entries = [{ name: 'a.md', data: 'found' }]
    expect(await unpack(nest(entries, 2))).toEqual([['a.zip/inner2.zip/inner1.zip/a.md', 'found']])
    expect(await unpack(nest(entries, 3))).toEqual([['a.zip/inner3.zip/inner2.zip/inner1.zip', 'file-unsupported']])
  })

  it('refuses names that lead out, locked files and false sizes, and gives the rest', async () => {
    const zip = buildZip([
      { name: '../../etc/up.md', data: 'x' },
      { name: 'a/../../up.md', data: 'x' },
      { name: '/etc/root.md', data: 'x' },
      { name: 'C:\\windows.md', data: 'x' },
      { name: 'locked.md', data: 'x', encrypted: true },
      { name: 'false.md', data: 'x'.repeat(5000), claimedSize: 10 },
      { name: 'good.md', data: 'good' },
    ])
    expect(new Map((await unpack(zip)) as [string, string][])).toEqual(
      new Map([
        ['a.zip/../../etc/up.md', 'file-unsupported'],
        ['a.zip/a/../../up.md', 'file-unsupported'],
        ['a.zip//etc/root.md', 'file-unsupported'],
        ['a.zip/C:/windows.md', 'file-unsupported'],
        ['a.zip/locked.md', 'file-encrypted'],
        ['a.zip/false.md', 'file-damaged'],
        ['a.zip/good.md', 'good'],
      ]),
    )
  })

  it('leaves out what is packed beyond belief', async () => {
    const zip = buildZip([
      { name: 'bomb.txt', data: Buffer.alloc(20 * 1024 * 1024, 'a') },
      { name: 'good.md', data: 'good' },
    ])
    expect(await unpack(zip)).toEqual([
      ['a.zip/bomb.txt', 'file-too-large'],
      ['a.zip/good.md', 'good'],
    ])
  })

  it('stops at the bounds for the whole, and says so', async () => {
    const many = buildZip(Array.from({ length: 2100 }, (_, i) => ({ name: `${i}.md`, data: 'x', stored: true })))
    const found = await unpack(many)
    expect(found).toHaveLength(2001)
    expect(found.at(-1)).toEqual(['a.zip', 'file-too-large'])
    const claimed = buildZip([
      { name: 'a.md', data: 'x', claimedSize: 0xf0000000 },
      { name: 'b.md', data: 'x', claimedSize: 0xf0000000 },
    ])
    expect((await unpack(claimed)).at(-1)?.[1]).toBe('file-too-large')
  })

  it('says of an empty or damaged archive what is wrong with it', async () => {
    expect(await unpack(buildZip([{ name: 'x.exe', data: 'x' }]))).toEqual([['a.zip', 'bad-input']])
    const zip = buildZip([{ name: 'a.md', data: 'x'.repeat(100) }])
    expect(await unpack(zip.subarray(0, zip.length - 10))).toEqual([['a.zip', 'file-damaged']])
  })
})
