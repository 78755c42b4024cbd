import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { buildBookPdf } from '../testing/build-pdf.ts'
import { CRASH_POINTS, type CrashPlan, type CrashPoint } from '../testing/crash-points.ts'
import type { ImportProcessInput } from '../testing/import-process.ts'
import { seededRandom } from '../testing/mutate-bytes.ts'
import { contentOf } from '../testing/open-import.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const PROGRAM = fileURLToPath(new URL('../testing/import-process.ts', import.meta.url))
const DAY_MS = 86_400_000
/** `npm run test:chaos` sets 200. */
const ROUNDS = Number(process.env.ABHYAS_CHAOS_ROUNDS ?? 10)
const SEED = Number(process.env.ABHYAS_CHAOS_SEED ?? 1)

async function run(input: ImportProcessInput) {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said, [exitCode, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { exitCode, signal, last: said.trimEnd().split('\n').at(-1) ?? '' }
}

/** Everything that an import leaves, how often each chunk is in the index of words, and how its job ended. */
function outcome(profileDir: string) {
  const store = openStore({ profileDir })
  try {
    const all = (sql: string) => store.reader.$client.prepare(sql).all()
    return {
      ...contentOf(store),
      words: all("SELECT count(*) AS found FROM chunk_words WHERE chunk_words MATCH 'constitution'"),
      changes: all('SELECT count(*) AS vectors, count(DISTINCT text_hash) AS texts FROM embeddings'),
      jobs: all('SELECT kind, state, lease, attempts FROM jobs ORDER BY seq'),
      integrity: all('PRAGMA integrity_check'),
      strays: all('PRAGMA foreign_key_check'),
    }
  } finally {
    store.close()
  }
}

it(`an import killed at any point leaves what an undisturbed one does, once (${ROUNDS} rounds from seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * 60_000,
}, async () => {
  const folder = temporaryFolder()
  const files = [join(folder, 'A book on polity.pdf'), join(folder, 'Notes.md')]
  writeFileSync(files[0] ?? '', await buildBookPdf({ pageCount: 10 }))
  const notes = 'The Constitution of India came into force on 26 January 1950. It has a preamble and many parts.'
  writeFileSync(files[1] ?? '', Array.from({ length: 12 }, (_, n) => `# Part ${n}\n\n${notes} (${n})`).join('\n\n'))

  const undisturbedDir = temporaryFolder()
  const whole = await run({ profileDir: undisturbedDir, files })
  expect(whole.exitCode).toBe(0)
  const expected = outcome(undisturbedDir)
  expect(expected.documents).toHaveLength(2)
  expect(expected.vectors.length).toBeGreaterThan(10)
  const counts = JSON.parse(whole.last) as Record<CrashPoint, number>

  const killed = new Map<CrashPoint, number>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const random = seededRandom(SEED * 1_000_003 + round)
    const first = CRASH_POINTS[round % CRASH_POINTS.length] ?? 'after-claim'
    const second = CRASH_POINTS[Math.floor(random() * CRASH_POINTS.length)] ?? 'after-claim'
    // A third death in one place would make the job poison.
    const plans: CrashPlan[] = [first, ...(random() < 0.3 ? [second] : [])].map((point) => ({
      point,
      nth: 1 + Math.floor(random() * counts[point]),
    }))
    const profileDir = temporaryFolder()
    let end: Awaited<ReturnType<typeof run>> | undefined
    for (const [n, crash] of [...plans, undefined].entries()) {
      end = await run({ profileDir, files, clockOffsetMs: n * DAY_MS, ...(crash ? { crash } : {}) })
      if (end.signal !== 'SIGKILL' || !crash) break
      killed.set(crash.point, (killed.get(crash.point) ?? 0) + 1)
    }
    const story = `round ${round} of seed ${SEED}: ${JSON.stringify(plans)}`
    expect(end, story).toMatchObject({ exitCode: 0, signal: null })
    expect(outcome(profileDir), story).toEqual(expected)
  }
  // Else the rounds proved nothing.
  for (const point of CRASH_POINTS) expect(killed.get(point) ?? 0).toBeGreaterThanOrEqual(Math.floor(ROUNDS / 5))
})
