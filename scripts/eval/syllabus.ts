// npm run eval -- syllabus [--profile DIR]: whether passages find their heads of the syllabus. The chapters on polity
// must be told as polity, and what no syllabus speaks of (XQuAD's articles on other things) should have no head.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { lastChunkId } from '#core/store/chunks.rows.ts'
import { readPassagesAfter } from '#core/store/syllabus.rows.ts'
import { findEmbeddingModelId, toVector } from '#core/store/vectors.rows.ts'
import { makePassageMatcher, matchedNodes, nodeText } from '#core/syllabus/match-passage.ts'
import { readSyllabus } from '#core/syllabus/read-syllabus.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { importFiles } from './import-files.ts'

const { values: options } = parseArgs({ options: { profile: { type: 'string' } } })

/** What the chapters are about: the law of the state, its work, and the society it stands in. */
const SUBJECTS = ['polity', 'governance', 'society']
/** Articles of XQuAD that no head speaks of. */
const OFF_SYLLABUS = [
  'Super_Bowl_50',
  'Warsaw',
  'Normans',
  'Nikola_Tesla',
  'Martin_Luther',
  'Southern_California',
  'Sky_(United_Kingdom)',
  'Huguenot',
  'Fresno,_California',
  'Newcastle_upon_Tyne',
  'Victoria_and_Albert_Museum',
  'American_Broadcasting_Company',
  'Genghis_Khan',
  'Harvard_University',
  'Jacksonville,_Florida',
  'Doctor_Who',
  'University_of_Chicago',
  'Yuan_dynasty',
  'Prime_number',
  'United_Methodist_Church',
]

const chapters = corpusFile('ncert-polity')
const xquad = corpusFile('text', 'xquad.en.json')
if (!chapters || !xquad) process.exit(0)

const syllabus = readSyllabus(fileURLToPath(new URL('../../resources/syllabus', import.meta.url)))
const dir = options.profile ?? mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
try {
  const files = readdirSync(chapters).filter((name) => name.endsWith('.pdf'))
  await using library = await importFiles(
    dir,
    files.map((name) => join(chapters, name)),
  )
  const { store, embedder } = library
  const matcher = makePassageMatcher(syllabus, await embedder.embed(matchedNodes(syllabus).map(nodeText)))
  const modelId = findEmbeddingModelId(store.reader, embedder.identity) ?? -1
  const query = { modelId, afterId: 0, lastId: lastChunkId(store.reader), limit: 100_000 }
  const passages = readPassagesAfter(store.reader, query)
  const before = process.cpuUsage().user
  const tops = passages.map(
    ({ heading, text, vector }) =>
      matcher.match({ heading, text, vector: vector ? toVector(vector) : undefined })[0]?.nodeId,
  )
  const microseconds = (process.cpuUsage().user - before) / passages.length
  const found = tops.filter((nodeId) => nodeId !== undefined)
  const right = found.filter((nodeId) => SUBJECTS.includes(syllabus.nodes.get(nodeId)?.subject ?? ''))

  type Article = { title: string; paragraphs: { context: string }[] }
  const { data } = JSON.parse(readFileSync(xquad, 'utf8')) as { data: Article[] }
  const noise = data
    .filter(({ title }) => OFF_SYLLABUS.includes(title))
    .flatMap(({ title, paragraphs }) => paragraphs.map(({ context }) => ({ heading: title, text: context })))
  const vectors = await embedder.embed(noise.map(({ text }) => text))
  const taken = noise.filter((passage, i) => matcher.match({ ...passage, vector: vectors[i] }).length > 0)

  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  console.table({
    'passages of the chapters': passages.length,
    'with a head': percent(found.length, passages.length),
    'of these, the right subject': percent(right.length, found.length),
    'passages on other things': noise.length,
    'of these, with a head': percent(taken.length, noise.length),
    'processor time a passage (ms)': (microseconds / 1000).toFixed(2),
  })
} finally {
  if (!options.profile) rmSync(dir, { recursive: true, force: true })
}
