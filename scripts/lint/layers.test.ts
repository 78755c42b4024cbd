import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const FORBIDDEN = [
  ['electron/contract', '#core/errors.ts'],
  ['electron/contract', '../core/errors.ts'],
  ['electron/core/search', 'electron'],
  ['electron/core/search', '../../main/main.ts'],
  ['electron/core/search', '../../web-host/start-web-host.ts'],
  ['electron/core/search', 'hnswlib-node'],
  ['electron/core/ingest', 'pdfjs-dist/legacy/build/pdf.mjs'],
  ['electron/core/ingest', '@hyzyla/pdfium'],
  ['electron/core/adapters', '../../main/main.ts'],
  ['electron/core/store', 'electron'],
  ['electron/core/quiz', 'better-sqlite3'],
  ['electron/web-host', 'electron'],
  ['electron/web-host', '../main/main.ts'],
  ['electron/cli', 'better-sqlite3'],
  ['renderer/features/ask', '#core/errors.ts'],
  ['renderer/features/ask', '../../../electron/core/errors.ts'],
  ['renderer/features/ask', '../reader/reader-page.tsx'],
  ['renderer/ui', '../features/ask/index.ts'],
] as const

const ALLOWED = [
  ['electron/core/search', '#contract/search.ts'],
  ['electron/core/search', '../store/connection.ts'],
  ['electron/core/adapters', 'hnswlib-node'],
  ['electron/core/store', 'better-sqlite3'],
  ['electron/web-host', '../core/study-core.ts'],
  ['renderer/features/ask', '#contract/ask.ts'],
  ['renderer/features/ask', '../reader/index.ts'],
  ['renderer/features/ask', '../../ui/theme.ts'],
  ['renderer', './features/ask/index.ts'],
] as const

/** Lints one file an import, each in its layer's folder of an empty copy of the tree, by the project's own rules. */
function lintProbes(probes: readonly (readonly [string, string])[]): string[] {
  const tree = temporaryFolder()
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(tree, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
  probes.forEach(([layer, specifier], at) => {
    const file = join(tree, layer, `probe-${at}.ts`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `import * as imported from '${specifier}'\n\nexport const kept = imported\n`)
  })
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { cwd: tree, encoding: 'utf8' },
  )
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.includes('noRestrictedImports'))
  return probes.map((_, at) => lines.find((line) => line.includes(`probe-${at}.ts`)) ?? '')
}

describe('the layers', () => {
  it('refuse every import that goes the wrong way', () => {
    const found = lintProbes(FORBIDDEN)
    expect(FORBIDDEN.filter((_, at) => found[at] === '')).toEqual([])
  })

  it('let the right ones be', () => {
    const found = lintProbes(ALLOWED)
    expect(ALLOWED.filter((_, at) => found[at] !== '')).toEqual([])
  })
})
