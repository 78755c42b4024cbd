import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { ImportProcessInput } from './import-process.ts'

const SCRIPT = fileURLToPath(new URL('./import-process.ts', import.meta.url))

/** Runs an import in a process of its own and kills it outright when it has said `what` so many times. */
export async function importAndKill(
  profileDir: string,
  file: string,
  what: string,
  times: number,
  options: Pick<ImportProcessInput, 'password' | 'recognises'> = {},
): Promise<void> {
  const standBefore = { what, times }
  const input: ImportProcessInput = { profileDir, files: [file], standBefore, ...options }
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === what && ++seen === times) child.kill('SIGKILL')
  }
  expect((await exit)[1]).toBe('SIGKILL')
}
