import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Electron's program as its package left it; undefined when it was never fetched. */
export function findElectron(packageDir = electronPackageDir()): string | undefined {
  if (!packageDir) return undefined
  try {
    const program = join(
      process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageDir, 'dist'),
      readFileSync(join(packageDir, 'path.txt'), 'utf8'),
    )
    return existsSync(program) ? program : undefined
  } catch {
    // No path.txt: the package fetches its program on first use, and this was never.
    return undefined
  }
}

/**
 * Lets the package fetch its program from Electron's release site. Returns the
 * program, or in one line why there is none.
 */
export async function fetchElectron(
  timeoutMs: number,
  packageDir = electronPackageDir(),
): Promise<{ program: string } | { reason: string }> {
  if (!packageDir) return { reason: 'its package is not installed' }
  const child = spawn(process.execPath, [join(packageDir, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said = gather(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  const [code, signal] = await once(child, 'close')
  clearTimeout(timer)
  const program = findElectron(packageDir)
  if (code === 0 && program) return { program }
  if (signal === 'SIGKILL') return { reason: `its download did not finish in ${timeoutMs / 1000} s` }
  return { reason: `its download failed (${shortReason(said())})` }
}

/** The line of a stack trace that says what happened, without the stack. */
export function shortReason(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const cause = lines.map((line) => /(?:getaddrinfo|connect) [A-Z_]+.*|E[A-Z]{4,}\b.*/.exec(line)?.[0]).find(Boolean)
  const first =
    lines.find((line) => /\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? 'no reason was given'
  return (cause ?? first).replace(/^\w*Error: /, '').slice(0, 160)
}

/**
 * Runs the app in Electron until its window closes. Resolves with the exit code, or
 * with the reason when it ended at once, as it does where a library is missing.
 */
export async function runElectron(
  program: string,
  parameters: readonly string[],
  options: { tooSoonMs: number; monotonicMs(): number },
): Promise<{ exitCode: number } | { reason: string }> {
  const begunMs = options.monotonicMs()
  const child = spawn(program, [...parameters], { stdio: ['ignore', 'inherit', 'pipe'] })
  const said = gather(child)
  const stop = (signal: NodeJS.Signals) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]))
    })
    const endedAtOnce = options.monotonicMs() - begunMs < options.tooSoonMs
    const stoppedByUs = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
    if (code === 0 || stoppedByUs) return { exitCode: 0 }
    if (endedAtOnce) return { reason: `it does not run here (${shortReason(said())})` }
    return { exitCode: code ?? 1 }
  } catch (error) {
    return { reason: `it cannot be started (${error instanceof Error ? error.message : error})` }
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}

function electronPackageDir(): string | undefined {
  try {
    return dirname(require.resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

/** The last of what a process says on stderr; what it says before is not needed and not kept. */
function gather(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (piece) => {
    text = (text + piece).slice(-20_000)
  })
  return () => text
}
