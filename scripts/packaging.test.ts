import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { inRoot } from './app-root.ts'
import { buildElectron } from './build.ts'

/** The parts of electron-builder's own configuration loader that are used: they are not in its public types. */
interface BuilderConfig {
  getConfig(projectDir: string, configPath: string, override: null): Promise<Record<string, unknown>>
  validateConfiguration(config: Record<string, unknown>, log: { isEnabled: boolean }): Promise<void>
}

const require = createRequire(import.meta.url)
const { getConfig, validateConfiguration }: BuilderConfig = createRequire(require.resolve('electron-builder'))(
  'app-builder-lib/out/util/config/config',
)
const readConfig = () => getConfig(inRoot('.'), 'electron-builder.yml', null)

describe('electron-builder.yml', () => {
  it('is what electron-builder’s schema allows', async () => {
    await validateConfiguration(await readConfig(), { isEnabled: false })
    await expect(
      validateConfiguration({ ...(await readConfig()), asarUnpacked: [] }, { isEnabled: false }),
    ).rejects.toThrow()
  })

  it('closes the ways to make the binary run something else', async () => {
    expect((await readConfig()).electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    })
  })

  it('gives each system a list that begins with what to keep', async () => {
    const config = await readConfig()
    for (const platform of ['linux', 'win', 'mac']) {
      const { files } = config[platform] as { files: string[] }
      expect(files[0]).toBe('dist/electron/**')
    }
  })
})

describe('the Electron build', () => {
  it('has a preload that requires nothing but electron, and keeps workers and migrations in their places', async () => {
    const outDir = temporaryFolder()
    await buildElectron(outDir, 'silent')
    const preload = readFileSync(join(outDir, 'preload', 'preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
    expect(preload).not.toMatch(/\bimport\b/)

    const main = readFileSync(join(outDir, 'main', 'main.js'), 'utf8')
    expect(main).toContain('from "electron"')
    for (const worker of ['chunk', 'embed', 'extract', 'index', 'recognise']) {
      expect(readFileSync(join(outDir, 'core', 'workers', `${worker}.js`), 'utf8').length).toBeGreaterThan(0)
    }
    const migration = 'core/store/migrations/0001_library.sql'
    expect(readFileSync(join(outDir, migration))).toEqual(readFileSync(inRoot(`electron/${migration}`)))
    // From the build, too, migrations are found beside the code that reads them.
    const { openStore } = (await import(
      join(outDir, 'core', 'store', 'open-store.js')
    )) as typeof import('#core/store/open-store.ts')
    const store = openStore({ profileDir: temporaryFolder() })
    expect(store.version).toBeGreaterThan(0)
    store.close()
  })
})
