import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../electron/core/testing/temporary-folder.ts'

const BIN = fileURLToPath(new URL('./abhyas.mjs', import.meta.url))

describe('the compile cache', () => {
  it('has the code of a command and of its threads from the second time on', () => {
    const dir = temporaryFolder()
    const note = join(dir, 'note.md')
    writeFileSync(note, '# Rivers\n\nThe Ganga rises at Gangotri and meets the sea in Bengal.\n')
    const env = { ...process.env, NODE_COMPILE_CACHE: join(dir, 'code'), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
    const foundIn = (profile: string) => {
      const args = [BIN, 'import', note, '--profile', join(dir, profile), '--json']
      const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
      expect(status).toBe(0)
      return [...stderr.matchAll(/retrieving transpile cache for .*\/(electron\/\S+\.ts)\.\.\.success/g)].map(
        ([, file]) => file,
      )
    }
    expect(foundIn('first')).not.toContain('electron/core/workers/chunk.ts')
    expect(foundIn('second')).toEqual(
      expect.arrayContaining([
        'electron/cli/main.ts',
        'electron/core/workers/chunk.ts',
        'electron/core/ingest/chunk-text.ts',
      ]),
    )
  }, 120_000)
})
