// npm run eval -- NAME [OPTIONS]: measures quality on the real documents beside the checkout; NAME says of what.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Each is scripts/eval/NAME.ts, a program of its own. */
const EVALS: Record<string, string> = {
  ask: 'how far answers can be trusted',
  extraction: 'what becomes of each real file, scans recognised too, and how its text compares with poppler’s',
  ocr: 'how many letters and words of scans are recognised',
  quiz: 'how good the questions are',
  retrieval: 'how well search finds the passage that answers',
  syllabus: 'whether passages find their heads of the syllabus',
}

const [name = '', ...options] = process.argv.slice(2)
if (!Object.hasOwn(EVALS, name)) {
  const width = Math.max(...Object.keys(EVALS).map(({ length }) => length))
  const lines = Object.entries(EVALS).map(([known, what]) => `  ${known.padEnd(width)}  ${what}`)
  console.error(`${name ? `No eval called ${name}. ` : ''}npm run eval -- NAME [OPTIONS]\n\n${lines.join('\n')}`)
  process.exit(64)
}
const program = fileURLToPath(new URL(`./eval/${name}.ts`, import.meta.url))
const { status } = spawnSync(process.execPath, [program, ...options], { stdio: 'inherit' })
process.exit(status ?? 1)
