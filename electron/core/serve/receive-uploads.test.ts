import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { receiveUploads } from './receive-uploads.ts'

const ids = makeIds({ clock: systemClock })
const bytes = (text: string) => new TextEncoder().encode(text)
async function* pieces(...texts: string[]) {
  for (const text of texts) yield bytes(text)
}
async function* broken() {
  yield bytes('ab')
  throw new Error('the connection broke')
}

describe('receiveUploads', () => {
  it('keeps a whole file under its id', async () => {
    const dir = temporaryFolder()
    const state = await receiveUploads({ dir, ids }).begin(pieces('one ', 'two'))
    expect(state).toMatchObject({ receivedBytes: 7, complete: true })
    expect(readFileSync(join(dir, state.uploadId), 'utf8')).toBe('one two')
  })

  it('keeps an empty file', async () => {
    const dir = temporaryFolder()
    const state = await receiveUploads({ dir, ids }).begin(pieces(), 0)
    expect(state.complete).toBe(true)
    expect(readFileSync(join(dir, state.uploadId)).length).toBe(0)
  })

  it('joins parts, and shows no file before the last', async () => {
    const dir = temporaryFolder()
    const uploads = receiveUploads({ dir, ids })
    const { uploadId, complete } = await uploads.begin(pieces('abc'), 7)
    expect(complete).toBe(false)
    expect(existsSync(join(dir, uploadId))).toBe(false)
    expect(await uploads.append(uploadId, 3, pieces('de'))).toMatchObject({ receivedBytes: 5, complete: false })
    expect(await uploads.append(uploadId, 5, pieces('fg'))).toMatchObject({ receivedBytes: 7, complete: true })
    expect(readFileSync(join(dir, uploadId), 'utf8')).toBe('abcdefg')
    expect(readdirSync(dir)).toEqual([uploadId])
  })

  it('takes a part again when it broke off', async () => {
    const dir = temporaryFolder()
    const uploads = receiveUploads({ dir, ids })
    const { uploadId } = await uploads.begin(pieces('12'), 3)
    await expect(uploads.append(uploadId, 2, broken())).rejects.toThrow()
    await uploads.append(uploadId, 2, pieces('3'))
    expect(readFileSync(join(dir, uploadId), 'utf8')).toBe('123')
  })

  it.each([0, 1, 3])('refuses a part at the wrong place (%i)', async (offset) => {
    const uploads = receiveUploads({ dir: temporaryFolder(), ids })
    const { uploadId } = await uploads.begin(pieces('ab'), 4)
    await expect(uploads.append(uploadId, offset, pieces('x'))).rejects.toMatchObject({ code: 'bad-input' })
    await uploads.append(uploadId, 2, pieces('cd'))
  })

  it('refuses two parts at a time', async () => {
    const uploads = receiveUploads({ dir: temporaryFolder(), ids })
    const { uploadId } = await uploads.begin(pieces('a'), 3)
    const both = await Promise.allSettled([
      uploads.append(uploadId, 1, pieces('b')),
      uploads.append(uploadId, 1, pieces('b')),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('leaves nothing of what failed', async () => {
    const dir = temporaryFolder()
    const uploads = receiveUploads({ dir, ids, mostBytes: 4 })
    await expect(uploads.begin(pieces('abc', 'de'))).rejects.toMatchObject({ code: 'file-too-large' })
    await expect(uploads.begin(pieces('a'), 5)).rejects.toMatchObject({ code: 'file-too-large' })
    await expect(uploads.begin(pieces('abc'), 2)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(uploads.begin(broken())).rejects.toThrow('the connection broke')
    const { uploadId } = await uploads.begin(pieces('a'), 3)
    await uploads.abandon(uploadId)
    await expect(uploads.append(uploadId, 1, pieces('bc'))).rejects.toMatchObject({ code: 'not-found' })
    const whole = await uploads.begin(pieces('abc'))
    await uploads.abandon(whole.uploadId)
    expect(readdirSync(dir)).toEqual([])
  })

  it('touches no file but its own', async () => {
    const dir = join(temporaryFolder(), 'uploads')
    mkdirSync(dir)
    const beside = join(dir, '..', 'beside.part')
    writeFileSync(beside, 'mine')
    const uploads = receiveUploads({ dir, ids })
    await uploads.abandon('../beside')
    await expect(uploads.append('../beside', 0, pieces('x'))).rejects.toMatchObject({ code: 'not-found' })
    expect(readFileSync(beside, 'utf8')).toBe('mine')
  })

  it('clears what an earlier run left', () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'old.part'), 'x')
    writeFileSync(join(dir, 'old'), 'x')
    receiveUploads({ dir, ids })
    expect(readdirSync(dir)).toEqual([])
  })
})
