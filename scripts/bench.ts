// npm run bench [-- NAME…]: runs scripts/bench/NAME.ts, prints a table, writes bench-results/NAME.json.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

export interface BenchRow {
  metric: string
  value: number
  unit: string
}

export interface BenchResult {
  name: string
  rows: BenchRow[]
}

const dir = fileURLToPath(new URL('./bench/', import.meta.url))
const resultsDir = fileURLToPath(new URL('../bench-results/', import.meta.url))
const known = readdirSync(dir)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`No bench called ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(64)
}

const asJson = process.argv.includes('--json')
for (const name of asked.length > 0 ? asked : known) {
  const module = await import(new URL(`./bench/${name}.ts`, import.meta.url).href)
  const bench = Object.values(module).find((value): value is () => Promise<BenchResult> => typeof value === 'function')
  if (!bench) throw new Error(`scripts/bench/${name}.ts exports no function`)
  const { rows } = await bench()
  const result = {
    name,
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    memoryBytes: totalmem(),
    node: process.version,
    rows,
  }
  mkdirSync(resultsDir, { recursive: true })
  writeFileSync(`${resultsDir}${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
  if (asJson) console.log(JSON.stringify(result))
  else {
    console.log(`\n${name}`)
    console.table(rows.map(({ metric, value, unit }) => ({ metric, value: Number(value.toPrecision(4)), unit })))
  }
}
