// A process of its own for one engine, so that its memory is its own:
// node measure-index.ts build|search ENGINE COUNT EF_SEARCH. Prints the figures as JSON.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE_DIR, DIMENSION } from './made-vectors.ts'
import { ENGINES, fileBytes, GRAPH_KIND } from './vector-engines.ts'
import { NEAREST_COUNT, openVectorFiles, QUESTION_COUNT, readTruth, readVectorFile } from './vector-files.ts'

const [mode = '', name = '', size = '', ef = ''] = process.argv.slice(2)
const count = Number(size)
const found = ENGINES.find(({ engine }) => engine.name === name)
if (!found) throw new Error(`there is no engine ${name}`)
const { engine, builtAs } = found
const indexFile = join(CACHE_DIR, `index-${builtAs}-${GRAPH_KIND}-${count}.idx`)
const figuresFile = `${indexFile}.json`
const files = await openVectorFiles(count)
const ms = () => performance.now()
const figures = mode === 'build' ? await build() : await search()
console.log(JSON.stringify(figures))

/** Kept with its figures: a run that was stopped goes on where it was. */
async function build() {
  if (existsSync(figuresFile)) {
    console.error(`${name}, ${count} vectors: built before, the figures are of then`)
    return JSON.parse(readFileSync(figuresFile, 'utf8'))
  }
  const index = engine.make(DIMENSION, count)
  const startedMs = ms()
  const cpuBefore = process.cpuUsage()
  let label = 0
  for (const vector of readVectorFile(files.vectorFile)) {
    index.add(label++, vector)
    if (label % (count / 10) === 0) {
      console.error(`${name}: ${label} of ${count} vectors, ${Math.round((ms() - startedMs) / 1000)} s`)
    }
  }
  const tookMs = ms() - startedMs
  const { user, system } = process.cpuUsage(cpuBefore)
  const saveFrom = ms()
  await index.save(indexFile)
  const figures = {
    buildPerSecond: count / (tookMs / 1000),
    buildPerCpuSecond: count / ((user + system) / 1e6),
    saveMs: ms() - saveFrom,
    bytesPerVector: fileBytes(indexFile) / count,
  }
  writeFileSync(figuresFile, JSON.stringify(figures))
  return figures
}

async function search() {
  const queries = [...readVectorFile(files.queryFile)]
  const truth = readTruth(files.truthFile)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const loadFrom = ms()
  const index = await engine.load(indexFile, DIMENSION, Number(ef))
  const loadMs = ms() - loadFrom
  const times: number[] = []
  const cpuTimes: number[] = []
  let hits = 0
  let hitsOfQuestions = 0
  // The first round brings what is mapped into memory, as a few minutes of use do.
  for (const round of ['warm', 'timed'] as const) {
    for (const [i, query] of queries.entries()) {
      const from = ms()
      const cpu = process.cpuUsage()
      const labels = index.search(query, NEAREST_COUNT)
      if (round === 'warm') continue
      const { user, system } = process.cpuUsage(cpu)
      times.push(ms() - from)
      cpuTimes.push((user + system) / 1000)
      const right = new Set(truth[i])
      const found = labels.filter((label) => right.has(label)).length
      hits += found
      if (i < QUESTION_COUNT) hitsOfQuestions += found
    }
  }
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
  return {
    recall: hits / (queries.length * NEAREST_COUNT),
    recallOfQuestions: hitsOfQuestions / (QUESTION_COUNT * NEAREST_COUNT),
    p50Ms: at(times, 0.5),
    p95Ms: at(times, 0.95),
    p95CpuMs: at(cpuTimes, 0.95),
    loadMs,
    residentBytesPerVector: (process.memoryUsage.rss() - before) / count,
  }
}
