import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { StudyError } from '#core/errors.ts'
import { makeSessionSecrets } from '#core/ops/session-secrets.ts'
import type { SecretKeeper } from '#core/ports.ts'

/** Secrets by name, each encrypted with the system's key and in base64. */
const KeptSecrets = z.record(z.string(), z.string())

/**
 * Secrets encrypted by the system's keychain, in a file of their own (0600) beside the window's data: never
 * in the library. Where the system keeps its key in plain sight (Linux without a password store, Electron's
 * `basic_text`) nothing is written: secrets then last until the app is closed. Call it once the app is ready.
 */
export async function openKeychain({
  safeStorage,
  file,
  platform,
}: {
  safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >
  file: string
  platform: NodeJS.Platform
}): Promise<SecretKeeper> {
  const plainSight = () =>
    platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  // Asked first: the backend is known only once the encryptor was started.
  if (!(await safeStorage.isAsyncEncryptionAvailable()) || plainSight()) return makeSessionSecrets()

  const readAll = (): Record<string, string> => {
    try {
      return KeptSecrets.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw new StudyError(
        'key-refused',
        'The file with your keys can’t be read. Enter the key again in Settings → Models.',
        { cause },
      )
    }
  }
  const writeAll = (secrets: Record<string, string>) => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const temporary = `${file}.part`
    writeFileSync(temporary, JSON.stringify(secrets), { mode: 0o600 })
    renameSync(temporary, file)
  }
  /** A damaged file holds nothing that could be lost by writing a new one. */
  const readOrBegin = () => {
    try {
      return readAll()
    } catch {
      return {}
    }
  }

  const keeper: SecretKeeper = {
    keptIn: 'keychain',
    async read(name) {
      const kept = readAll()[name]
      if (kept === undefined) return undefined
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'))
        if (shouldReEncrypt) await keeper.write(name, result)
        return result
      } catch (cause) {
        throw new StudyError(
          'key-refused',
          'The system’s keychain does not open the key that was kept. Enter it again in Settings → Models.',
          { cause },
        )
      }
    },
    async write(name, secret) {
      let encrypted: Buffer
      try {
        encrypted = await safeStorage.encryptStringAsync(secret)
      } catch (cause) {
        throw new StudyError(
          'not-ready',
          'The system’s keychain did not take the key, so it was not kept. Unlock it and try again.',
          {
            cause,
          },
        )
      }
      writeAll({ ...readOrBegin(), [name]: encrypted.toString('base64') })
    },
    async remove(name) {
      const { [name]: _gone, ...rest } = readOrBegin()
      writeAll(rest)
    },
  }
  return keeper
}
