// npm run eval -- ask: how far answers can be trusted. Questions with and without an answer are put to the documents of the
// corpus; one row a set: false refusals, false answers, citation precision and recall, latency. The extractive engine
// always; where OLLAMA_HOST names an Ollama that answers, each of its models too (--limit questions of each kind a set).
//   [--profiles DIR] [--every N --from N] [--only TEXT] [--limit N] [--verbose] [--json FILE]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeOllamaModel } from '#core/adapters/ollama.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { LanguageModel } from '#core/ports.ts'
import { askedLibraries } from './ask-sets.ts'
import { importFiles } from './import-files.ts'
import { type AnswerMeasures, type MeasuredQuestion, measureAnswers, NO_MODEL } from './measure-answers.ts'

const { values: options } = parseArgs({
  options: {
    /** Keeps the imported libraries there for the next run. */
    profiles: { type: 'string' },
    /** Of XQuAD, one question in so many. */
    every: { type: 'string', default: '6' },
    /** The first of them; the judge was fitted with the questions of even numbers. */
    from: { type: 'string', default: '3' },
    /** Only sets whose name contains it. */
    only: { type: 'string', default: '' },
    /** Questions with an answer, and without, that a model is asked of each set: a model on a laptop takes a minute each. */
    limit: { type: 'string', default: '20' },
    verbose: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})

interface Engine {
  name: string
  model: LanguageModel
  /** Questions of each kind. */
  limit: number
}

/** The extractive engine, and each model of the Ollama at OLLAMA_HOST. */
async function findEngines(): Promise<Engine[]> {
  const engines: Engine[] = [{ name: 'extractive', model: NO_MODEL, limit: Number.POSITIVE_INFINITY }]
  const host = process.env.OLLAMA_HOST
  if (!host) return engines
  const ollamaUrl = /^https?:/.test(host) ? host : `http://${host}`
  const open = (chatModel: string) =>
    makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl, chatModel }), clock: systemClock })
  const { state, message, models } = await open('').status()
  if (state !== 'ready') console.warn(`No model is measured: ${message}`)
  const local = state === 'ready' ? models.filter((model) => model.local) : []
  return [...engines, ...local.map(({ name }) => ({ name, model: open(name), limit: Number(options.limit) }))]
}

function limited(questions: readonly MeasuredQuestion[], limit: number): MeasuredQuestion[] {
  const answerable = questions.filter(({ expected }) => expected).slice(0, limit)
  return [...answerable, ...questions.filter(({ expected }) => !expected).slice(0, limit)]
}

const percent = (share: number | undefined) => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`)

function toRow(engine: string, set: string, measured: AnswerMeasures) {
  return {
    set,
    engine,
    'with answer': measured.answerable,
    'false refusals': percent(measured.falseRefusals),
    'citation recall': percent(measured.citationRecall),
    'precision, page': percent(measured.pagePrecision),
    'precision, quote': percent(measured.quotePrecision),
    without: measured.unanswerable,
    'false answers': percent(measured.falseAnswers),
    failed: measured.failed,
    'p50 / p95 ms': `${Math.round(measured.p50Ms)} / ${Math.round(measured.p95Ms)}`,
  }
}

const dir = options.profiles ?? mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
const measured: { engine: string; set: string; measures: AnswerMeasures }[] = []
try {
  const engines = await findEngines()
  const sample = { every: Number(options.every), from: Number(options.from) }
  for (const { name, paths, sets } of askedLibraries(dir, sample)) {
    const asked = sets.filter((set) => set.name.includes(options.only))
    if (asked.length === 0) continue
    await using library = await importFiles(join(dir, name), paths)
    for (const set of asked) {
      for (const { name: engine, model, limit } of engines) {
        if (options.verbose) console.log(`\n${set.name}, ${engine}`)
        const note = options.verbose ? console.log : undefined
        const measures = await measureAnswers(library, limited(set.questions, limit), { model, ...(note && { note }) })
        measured.push({ engine, set: set.name, measures })
      }
    }
  }
} finally {
  if (!options.profiles) rmSync(dir, { recursive: true, force: true })
}
console.table(measured.map(({ engine, set, measures }) => toRow(engine, set, measures)))
if (options.json) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`)
