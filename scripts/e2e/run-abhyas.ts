import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../abhyas.mjs', import.meta.url))

export interface Ran {
  exitCode: number | null
  stderr: string
  /** Every line of stdout, parsed. */
  lines: Record<string, unknown>[]
  /** The last of them. */
  result: Record<string, unknown>
}

/** Starts `abhyas ARGS --json` in a process of its own, as `npx abhyas` does. */
export function startAbhyas(
  ...args: string[]
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [BIN, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] }) as never
}

/** Runs it to its end. */
export async function runAbhyas(...args: string[]): Promise<Ran> {
  const child = startAbhyas(...args)
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { exitCode, stderr, lines, result: lines.at(-1) ?? {} }
}
