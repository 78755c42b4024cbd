// The built core in a process of its own, without the memory that running TypeScript costs:
// node measure-search.mjs WHAT BUILT RESOURCES PROFILE INPUT. Prints its figures as JSON.
// WHAT: prepare (build the index, finish all jobs) · search (INPUT: questions and scopes) · import (INPUT: files, the first to warm up).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [what, built, resourcesDir, profileDir, inputFile] = process.argv.slice(2)
const { openStudyCore } = await import(pathToFileURL(join(built, 'core', 'study-core.js')).href)
const input = inputFile ? JSON.parse(readFileSync(inputFile, 'utf8')) : {}
const seconds = (startMs) => (performance.now() - startMs) / 1000

const openedAtMs = performance.now()
const core = await openStudyCore({ profileDir, host: 'cli', appVersion: 'bench', resourcesDir })
const openMs = performance.now() - openedAtMs
const figures = await { prepare, search: measureSearch, import: measureImport }[what]()
await core.close()
console.log(JSON.stringify(figures))

async function prepare() {
  const startMs = performance.now()
  const cpu = process.cpuUsage()
  const isReady = async () => (await core.health()).index.state === 'ready'
  const wasReady = await isReady()
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 500))
  const { user, system } = process.cpuUsage(cpu)
  const figures = wasReady ? {} : { buildSeconds: seconds(startMs), buildCpuSeconds: (user + system) / 1e6 }
  // What else is done once for a new library (its heads of the syllabus) is not what search is measured beside.
  await core.jobs.whenIdle()
  return figures
}

async function measureSearch() {
  const { questions, oneDocument, collection, half } = input
  await core.search.search({ query: questions[0] })
  const openToFirstMs = performance.now() - openedAtMs
  const times = { openMs, openToFirstMs, openState: (await core.health()).index.state }
  const kinds = {
    hybrid: {},
    'as you type': { asYouType: true },
    keyword: { mode: 'keyword' },
    vector: { mode: 'vector' },
    'hybrid in one document': { scope: { documentIds: [oneDocument] } },
    'hybrid in 80 documents': { scope: { documentIds: collection } },
    'hybrid in half of the library': { scope: { documentIds: half } },
  }
  const queries = {}
  for (const [kind, options] of Object.entries(kinds)) {
    // Once without a clock: the words of each question and the pages they stand on are in memory in use too.
    for (const query of questions.slice(0, 10)) await core.search.search({ asYouType: false, query, ...options })
    queries[kind] = []
    for (const query of questions) {
      const cpu = process.cpuUsage()
      const startMs = performance.now()
      await core.search.search({ asYouType: false, query, ...options })
      const { user, system } = process.cpuUsage(cpu)
      queries[kind].push([performance.now() - startMs, (user + system) / 1000])
    }
    if (kind === 'hybrid') times.residentBytes = process.memoryUsage.rss()
  }
  return { ...times, residentAtEndBytes: process.memoryUsage.rss(), queries }
}

async function measureImport() {
  const [warm, ...files] = input.files
  const bring = async (path) => {
    const cpu = process.cpuUsage()
    const startMs = performance.now()
    const [outcome] = await core.documents.importPaths({ paths: [path] })
    const job = await core.jobs.finished(outcome.jobId)
    if (job.state !== 'done') throw new Error(`${path} was not imported: ${job.failure?.message}`)
    const { user, system } = process.cpuUsage(cpu)
    return { id: outcome.document.id, ms: performance.now() - startMs, cpuMs: (user + system) / 1000 }
  }
  const ids = [(await bring(warm)).id]
  const runs = []
  for (const file of files) {
    const { id, ...took } = await bring(file)
    ids.push(id)
    runs.push(took)
  }
  await core.documents.delete({ documentIds: ids })
  return { runs }
}
