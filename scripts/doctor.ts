// `npm run doctor`: what this computer has for Abhyas, what is missing, and what to do about it.
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DEFAULT_SETTINGS } from '../electron/contract/system.ts'
import { readModelFolder } from '../electron/core/adapters/read-model-folder.ts'
import { defaultProfileDir } from '../electron/core/ops/profile-dir.ts'
import { readProfileHolder } from '../electron/core/store/lock-profile.ts'
import { inRoot } from './app-root.ts'
import { isBuilt } from './build-stamp.ts'
import { findChromium } from './find-browser.ts'
import { findElectron } from './start/electron-program.ts'
import { hasDisplay } from './start/show-page.ts'

const require = createRequire(import.meta.url)
const LEAST_FREE_BYTES = 2 * 1024 ** 3
const OLLAMA_WITHIN_MS = 2_000

/** good: as it should be · note: works without · bad: the app cannot run until it is mended. */
interface Finding {
  state: 'good' | 'note' | 'bad'
  what: string
}
const good = (what: string): Finding => ({ state: 'good', what })
const note = (what: string): Finding => ({ state: 'note', what })
const bad = (what: string): Finding => ({ state: 'bad', what })

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= 24
    ? good(`Node ${process.versions.node}`)
    : bad(
        `Node ${process.versions.node}, but 24 is needed: run "npm ci", which brings it, and start by "npm run doctor"`,
      )
}

/** Loads an addon for real: a library that is missing on this system shows only then. */
function addon(name: string, use: (loaded: never) => void): Finding {
  try {
    use(require(name) as never)
    return good(name)
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n')
    return bad(`${name} does not load (${reason}): run "npm ci" again`)
  }
}

async function embeddingModel(): Promise<Finding> {
  try {
    const { identity } = await readModelFolder(inRoot('resources/models/all-MiniLM-L6-v2'))
    return good(`embedding model ${identity.name}, ${identity.dimension} dimensions`)
  } catch {
    return note('the embedding model is not built: search goes by words alone. Run "npm run build-model"')
  }
}

function windows(): Finding {
  if (!hasDisplay()) return note('no display here: "npm start" prints an address to open in a browser')
  if (findElectron()) return good('Electron')
  const chromium = findChromium()
  if (chromium) return note(`Electron's program is not fetched; windows open in ${chromium}`)
  return note("neither Electron's program nor Chromium is here; the app opens in your default browser")
}

function renderer(): Finding {
  return isBuilt('renderer')
    ? good('the window is built')
    : note('the window is not built or out of date: "npm start" builds it')
}

/** The folder itself, or the one it would be made in: looking makes nothing. */
function nearestFolder(dir: string): string {
  return existsSync(dir) ? dir : nearestFolder(dirname(dir))
}

function profile(): Finding {
  const dir = defaultProfileDir()
  try {
    const parent = nearestFolder(dir)
    accessSync(parent, constants.W_OK)
    const { bavail, bsize } = statfsSync(parent)
    const gigabytes = ((bavail * bsize) / 1024 ** 3).toFixed(1)
    const holder = existsSync(join(dir, 'holder.json')) ? readProfileHolder(dir) : undefined
    const where = `profile ${dir}, ${gigabytes} GB free${holder ? `, last opened by process ${holder.pid}` : ''}`
    return bavail * bsize < LEAST_FREE_BYTES ? note(`${where}: little room for books`) : good(where)
  } catch (error) {
    return bad(`the profile folder ${dir} cannot be used (${(error as Error).message})`)
  }
}

async function ollama(): Promise<Finding> {
  const url = DEFAULT_SETTINGS.ollamaUrl
  try {
    const response = await fetch(`${url}/api/version`, { signal: AbortSignal.timeout(OLLAMA_WITHIN_MS) })
    const { version } = (await response.json()) as { version?: string }
    return good(`Ollama ${version} at ${url}`)
  } catch {
    return note(`Ollama does not answer at ${url}: answers and questions are made without a language model`)
  }
}

const findings = [
  node(),
  addon('better-sqlite3', (Database: new (file: string) => { close(): void }) => new Database(':memory:').close()),
  addon(
    'hnswlib-node',
    ({ HierarchicalNSW }: { HierarchicalNSW: new (space: string, dimension: number) => unknown }) => {
      new HierarchicalNSW('cosine', 4)
    },
  ),
  addon('onnxruntime-node', () => {}),
  await embeddingModel(),
  renderer(),
  windows(),
  profile(),
  await ollama(),
]
const MARKS = { good: 'ok  ', note: 'note', bad: 'BAD ' }
for (const { state, what } of findings) console.log(`${MARKS[state]}  ${what}`)
process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0
