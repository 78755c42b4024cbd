#!/usr/bin/env node
// The command `abhyas`. The core needs Node 24 (native type stripping, better-sqlite3 13);
// an older Node hands over to the one that was installed with the app.
import './compile-cache.mjs'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../electron/cli/main.ts', import.meta.url))
const WANTED_MAJOR = 24

if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) {
  process.argv[1] = entry
  await import(entry)
} else {
  const bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (!existsSync(bundled)) {
    console.error(
      `abhyas needs Node ${WANTED_MAJOR} (this is ${process.version}). Run "npm ci" in the app's folder, then try again.`,
    )
    process.exit(69)
  }
  // The channel tells the child when this process is gone, so that it never outlives the command.
  const child = spawn(bundled, [entry, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}
