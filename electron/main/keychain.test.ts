import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { openKeychain } from './keychain.ts'

/** Electron's safeStorage in the one respect that matters here: what it gives out is not the text. */
function fakeStorage({
  available = true,
  backend = 'gnome_libsecret' as const as 'gnome_libsecret' | 'basic_text',
} = {}) {
  const key = 0x5a
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ key))
  return {
    isAsyncEncryptionAvailable: async () => available,
    encryptStringAsync: async (text: string) => turn(Buffer.from(text)),
    decryptStringAsync: async (bytes: Buffer) => {
      const result = turn(bytes).toString()
      if (!result.startsWith('sk-')) throw new Error('wrong key')
      return { result, shouldReEncrypt: result.endsWith('old') }
    },
    getSelectedStorageBackend: () => backend,
  }
}

const open = (safeStorage = fakeStorage(), file = join(temporaryFolder(), 'window', 'keys.json')) =>
  openKeychain({ safeStorage, file, platform: 'linux' }).then((keeper) => ({ keeper, file }))

describe('the keychain', () => {
  it('keeps a key over restarts, encrypted, in a file of the person alone', async () => {
    const { keeper, file } = await open()
    expect(await keeper.read('a')).toBeUndefined()
    await keeper.write('a', 'sk-secret')
    await keeper.write('b', 'sk-other')
    expect(readFileSync(file, 'utf8')).not.toContain('sk-')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const again = (await open(fakeStorage(), file)).keeper
    expect(again.keptIn).toBe('keychain')
    expect(await again.read('a')).toBe('sk-secret')
    await again.remove('a')
    expect(await again.read('a')).toBeUndefined()
    expect(await again.read('b')).toBe('sk-other')
  })

  it.each([fakeStorage({ backend: 'basic_text' }), fakeStorage({ available: false })])(
    'writes nothing where the system would keep it in plain sight, or not at all',
    async (storage) => {
      const { keeper, file } = await open(storage)
      expect(keeper.keptIn).toBe('session')
      await keeper.write('a', 'sk-secret')
      expect(await keeper.read('a')).toBe('sk-secret')
      expect(() => readFileSync(file)).toThrow(/ENOENT/)
    },
  )

  it('encrypts anew when the system has a better key', async () => {
    const { keeper, file } = await open()
    await keeper.write('a', 'sk-old')
    const before = statSync(file).ino
    expect(await keeper.read('a')).toBe('sk-old')
    expect(statSync(file).ino).not.toBe(before)
  })

  it('says that a key can’t be opened, and takes a new one', async () => {
    const { keeper, file } = await open()
    await keeper.write('a', 'not openable')
    await expect(keeper.read('a')).rejects.toMatchObject({ code: 'key-refused' })
    writeFileSync(file, 'damaged')
    await expect(keeper.read('a')).rejects.toMatchObject({ code: 'key-refused' })
    await keeper.write('a', 'sk-new')
    expect(await keeper.read('a')).toBe('sk-new')
  })
})
