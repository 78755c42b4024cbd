import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeBlobStore } from './blobs.ts'

describe('makeBlobStore', () => {
  it('keeps the same bytes once, under their SHA-256', async () => {
    const dir = temporaryFolder()
    const blobs = makeBlobStore({ dir: join(dir, 'blobs'), ids: makeIds({ clock: systemClock }) })
    writeFileSync(join(dir, 'a.txt'), 'abc')
    writeFileSync(join(dir, 'b.txt'), 'abc')
    const first = await blobs.put(join(dir, 'a.txt'))
    expect(first).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      byteSize: 3,
    })
    expect(await blobs.put(join(dir, 'b.txt'))).toEqual(first)
    expect(readFileSync(blobs.pathOf(first.sha256) ?? '', 'utf8')).toBe('abc')
    expect(readdirSync(join(dir, 'blobs', 'incoming'))).toEqual([])
    await blobs.delete(first.sha256)
    expect(blobs.pathOf(first.sha256)).toBeUndefined()
  })

  it('leaves nothing behind when the copy is stopped', async () => {
    const dir = temporaryFolder()
    const blobs = makeBlobStore({ dir: join(dir, 'blobs'), ids: makeIds({ clock: systemClock }) })
    writeFileSync(join(dir, 'a.txt'), 'abc')
    await expect(blobs.put(join(dir, 'a.txt'), AbortSignal.abort())).rejects.toThrow()
    expect(readdirSync(join(dir, 'blobs', 'incoming'))).toEqual([])
  })
})
