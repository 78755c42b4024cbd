import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { fetchElectron, findElectron, runElectron, shortReason } from './electron-program.ts'

/** A folder that looks like Electron's package, with an install script of the test's own. */
function packageWith(installScript: string): string {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'package.json'), '{"type":"commonjs"}')
  writeFileSync(join(dir, 'install.js'), installScript)
  return dir
}

const INSTALLS = `
  const fs = require('fs'), path = require('path')
  fs.mkdirSync(path.join(__dirname, 'dist'))
  fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '')
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron')
`

describe('fetchElectron', () => {
  it('finds the program that the package fetched', async () => {
    const dir = packageWith(INSTALLS)
    expect(findElectron(dir)).toBeUndefined()
    const program = join(dir, 'dist', 'electron')
    expect(await fetchElectron(20_000, dir)).toEqual({ program })
    expect(findElectron(dir)).toBe(program)
  })

  it('says in one line why it could not', async () => {
    const dir = packageWith(`console.error(new Error('getaddrinfo ENOTFOUND releases.example').stack); process.exit(1)`)
    expect(await fetchElectron(20_000, dir)).toEqual({
      reason: 'its download failed (getaddrinfo ENOTFOUND releases.example)',
    })
  })

  it('does not wait longer than it was told', async () => {
    const dir = packageWith('setInterval(() => {}, 1000)')
    expect(await fetchElectron(300, dir)).toEqual({ reason: 'its download did not finish in 0.3 s' })
  })

  it('does not believe a success that left no program', async () => {
    expect(await fetchElectron(20_000, packageWith(''))).toMatchObject({ reason: expect.any(String) })
  })

  it('takes a program that is gone for none', () => {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'dist'))
    writeFileSync(join(dir, 'path.txt'), 'electron')
    expect(findElectron(dir)).toBeUndefined()
  })
})

describe('runElectron', () => {
  // Node stands in for the program: what is told apart is how a process ends.
  const run = (script: string, elapsedMs: number) => {
    let nowMs = 0
    return runElectron(process.execPath, ['-e', script], {
      tooSoonMs: 10_000,
      monotonicMs: () => (nowMs += elapsedMs),
    })
  }

  it('ends with the window', async () => {
    expect(await run('', 1)).toEqual({ exitCode: 0 })
    expect(await run('process.exit(3)', 20_000)).toEqual({ exitCode: 3 })
  })

  it('gives the reason when it does not run here', async () => {
    const script = `console.error('electron: error while loading shared libraries: libnss3.so'); process.exit(127)`
    expect(await run(script, 1)).toEqual({
      reason: 'it does not run here (electron: error while loading shared libraries: libnss3.so)',
    })
  })

  it('gives the reason when there is no such program', async () => {
    const reason = await runElectron('/nowhere/electron', [], { tooSoonMs: 1, monotonicMs: () => 0 })
    expect(reason).toMatchObject({ reason: expect.stringContaining('ENOENT') })
  })
})

describe('shortReason', () => {
  it.each([
    ['RequestError: connect ECONNREFUSED 10.0.0.1:443\n    at x (y.js:1:1)', 'connect ECONNREFUSED 10.0.0.1:443'],
    ['HTTPError: Response code 404 (Not Found)\n    at a', 'Response code 404 (Not Found)'],
    ['', 'no reason was given'],
  ])('of %j is %j', (text, reason) => {
    expect(shortReason(text)).toBe(reason)
  })
})
