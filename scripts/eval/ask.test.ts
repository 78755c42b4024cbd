import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startScriptedOllama } from '#core/testing/scripted-ollama.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'

const EVAL = fileURLToPath(new URL('../eval.ts', import.meta.url))
const CONTEXT =
  'Members of the Rajya Sabha are elected for a term of six years. Members of the Lok Sabha are elected for a term of five years.'
const QAS = [
  { question: 'For what term are members of the Rajya Sabha elected?', answers: [{ text: 'six years' }] },
  { question: 'For what term are members of the Lok Sabha elected?', answers: [{ text: 'five years' }] },
  { question: 'Whose members are elected for a term of six years?', answers: [{ text: 'Rajya Sabha' }] },
]

/** A corpus of one article and three questions. */
function tinyCorpus(): string {
  const dir = temporaryFolder()
  mkdirSync(join(dir, 'text'))
  const paragraphs = [{ context: CONTEXT, qas: QAS }]
  writeFileSync(join(dir, 'text', 'xquad.en.json'), JSON.stringify({ data: [{ paragraphs }] }))
  return dir
}

it('eval ask measures each local model of the Ollama at OLLAMA_HOST over HTTP, failures among them, and prints the table', async () => {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  server.models = [
    { name: 'llama3.2:3b', size: 2e9, capabilities: ['completion'] },
    { name: 'glm-4.6:cloud', remote_host: 'https://ollama.com' },
  ]
  server.script(
    { tokens: ['Members of the Rajya Sabha are elected for a term of six years.'] },
    { tokens: ['NOT IN SOURCES'] },
    { tokens: ['Members'], ending: 'no-done' },
  )
  const json = join(temporaryFolder(), 'measured.json')
  const env = { ...process.env, OLLAMA_HOST: new URL(server.url).host, ABHYAS_CORPUS: tinyCorpus() }
  const options = ['--only', 'xquad.en', '--every', '1', '--from', '0', '--limit', '3', '--json', json]
  const ran = spawn(process.execPath, [EVAL, 'ask', ...options], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [table, [exitCode]] = await Promise.all([text(ran.stdout), once(ran, 'exit')])
  expect(exitCode).toBe(0)
  const rows = JSON.parse(readFileSync(json, 'utf8')) as { engine: string; set: string; measures: object }[]
  const names = rows.map(({ engine, set }) => [set, engine])
  expect(names.slice(0, 2)).toEqual([
    ['xquad.en', 'extractive'],
    ['xquad.en', 'llama3.2:3b'],
  ])
  expect(names.flat()).not.toContain('glm-4.6:cloud')
  expect(rows[1]?.measures).toMatchObject({
    answerable: 2,
    falseRefusals: 0.5,
    citationRecall: 0.5,
    quotePrecision: 1,
    failed: 1,
    p50Ms: expect.any(Number),
    p95Ms: expect.any(Number),
  })
  expect(table).toMatch(/set.*engine.*false refusals.*false answers.*failed.*p50 \/ p95 ms/)
  expect(table).toMatch(/'llama3.2:3b'.*'50.0 %'/)
  expect(server.calls.length).toBeGreaterThanOrEqual(3)
}, 180_000)
