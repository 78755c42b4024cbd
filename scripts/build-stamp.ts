import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './app-root.ts'
import type { BuildTarget } from './build.ts'

/** What each build is made from, beside the packages, which the lock file stands for. */
const INPUTS: Record<BuildTarget, readonly string[]> = {
  renderer: [
    'renderer/**',
    'electron/contract/**',
    'electron/core/serve/content-security-policy.ts',
    'vite.config.ts',
    'scripts/build.ts',
  ],
  electron: ['electron/**', 'scripts/build.ts'],
}
const ALWAYS = ['package.json', 'package-lock.json']

const stampFile = (target: BuildTarget) => inRoot(`dist/.${target}-built-from`)

/**
 * Takes the sources' fingerprint before a build and removes the old note, so that a
 * build which broke off counts for nothing. Call the result when the build is done.
 */
export function beginStamp(target: BuildTarget): () => void {
  const stamp = hashInputs(inRoot('.'), target)
  rmSync(stampFile(target), { force: true })
  return () => {
    mkdirSync(inRoot('dist'), { recursive: true })
    writeFileSync(stampFile(target), stamp)
  }
}

/** Whether dist/ holds the build of the sources as they are. */
export function isBuilt(target: BuildTarget): boolean {
  const entry = target === 'renderer' ? 'dist/renderer/index.html' : 'dist/electron/main/main.js'
  const isThere = statSync(inRoot(entry), { throwIfNoEntry: false })?.isFile() === true
  return isThere && readStamp(target) === hashInputs(inRoot('.'), target)
}

/** By content, not by time: a checkout touches every file and changes few. Tests are left out. */
export function hashInputs(rootDir: string, target: BuildTarget): string {
  const hash = createHash('sha256')
  const files = [...INPUTS[target], ...ALWAYS].flatMap((pattern) => globSync(pattern, { cwd: rootDir }))
  for (const file of [...new Set(files)].sort()) {
    const path = join(rootDir, file)
    if (/\.test\.tsx?$/.test(file) || !statSync(path).isFile()) continue
    hash.update(`${file}\0`).update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function readStamp(target: BuildTarget): string | undefined {
  try {
    return readFileSync(stampFile(target), 'utf8')
  } catch {
    // No note, no build: the answer to both questions is to build.
    return undefined
  }
}
