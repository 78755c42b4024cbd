// npm run eval -- extraction [--recognise N] [--json FILE] [FOLDER …]: what becomes of every real document, its scans
// recognised too (the first N of a file; all where it is not said, none for 0), and how its text compares with pdftotext's.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { MediaType, OcrLanguage } from '#contract/documents.ts'
import { kindOfName } from '#contract/readable-files.ts'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { makeRecogniser } from '#core/adapters/recognise-worker.ts'
import { toFailure } from '#core/errors.ts'
import { LEAST_CONFIDENCE } from '#core/ingest/read-in-best-language.ts'
import { isHindi, wantsRecognition } from '#core/ingest/wants-recognition.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import type { DocumentExtractor, ExtractEvent } from '#core/ports.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { tokenF1 } from '#core/testing/token-f1.ts'

const FOLDERS = ['nasty', 'scanned', 'ncert-polity', 'truth', 'README.md']
/** Less is no text to compare. */
const FEWEST_WORDS = 20

interface Row {
  file: string
  outcome: string
  pages: number
  seconds: number
  cpuSeconds: number
  /** What came of the pages that were to be read from their pictures; absent where there is none. */
  recognition: string | undefined
  recognitionSeconds: number
  /** Of the words, and of the pairs of words that follow each other, against pdftotext. */
  words: number | undefined
  pairs: number | undefined
}

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { recognise: { type: 'string', default: 'Infinity' }, json: { type: 'string' } },
})
const mostRecognised = Number(options.recognise)
const paths = (asked.length > 0 ? asked : FOLDERS.flatMap((folder) => corpusFile(folder) ?? [])).flatMap(filesOf)
if (paths.length === 0) {
  console.error('There is no real document on this machine to read: name files or folders.')
  process.exit(66)
}
const extractor = makeExtractor({ clock })
const recogniser = makeRecogniser({ clock })
const rows: Row[] = []
for (const path of paths) {
  const row = await measure(extractor, path)
  rows.push(row)
  console.error(`${row.file}: ${row.outcome}${row.recognition ? `; ${row.recognition}` : ''}`)
}
await extractor.close()
await recogniser.close()
print(rows)
if (options.json) writeFileSync(options.json, `${JSON.stringify(rows, undefined, 2)}\n`)

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => mediaTypeOf(name) !== undefined)
    .sort()
    .map((name) => join(path, name))
}

/** A file that is named alone is read whatever its name says. */
function mediaTypeOf(name: string): MediaType | undefined {
  const kind = kindOfName(name)
  return kind === 'application/zip' ? undefined : kind
}

async function measure(extractor: DocumentExtractor, path: string): Promise<Row> {
  const mediaType = mediaTypeOf(path) ?? 'application/pdf'
  const startedMs = clock.monotonicMs()
  const startedCpu = process.cpuUsage()
  const pages: Exclude<ExtractEvent, { type: 'opened' }>[] = []
  let outcome: string
  try {
    const request = { path, mediaType, fromPage: 1 }
    for await (const event of extractor.extract(request, new AbortController().signal)) {
      if (event.type !== 'opened') pages.push(event)
    }
    outcome = describe(pages)
  } catch (error) {
    outcome = toFailure(error).code
  }
  const seconds = (clock.monotonicMs() - startedMs) / 1000
  const { user, system } = process.cpuUsage(startedCpu)
  const poppler = mediaType === 'application/pdf' ? pdftotext(path) : ''
  const recognitionMs = clock.monotonicMs()
  const recognition = await recogniseWanted(path, mediaType, pages)
  const ours = pages.flatMap((event) => (event.type === 'page' ? [event.page.text] : [])).join('\n\n')
  const hasText = poppler.split(/\s+/).length >= FEWEST_WORDS && ours.split(/\s+/).length >= FEWEST_WORDS
  return {
    file: basename(path),
    outcome,
    pages: pages.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    recognition,
    recognitionSeconds: (clock.monotonicMs() - recognitionMs) / 1000,
    words: hasText ? tokenF1(ours, poppler) : undefined,
    pairs: hasText ? tokenF1(ours, poppler, { length: 2 }) : undefined,
  }
}

/** "2 of 3 read (eng 91 %), 1 refused". */
async function recogniseWanted(
  path: string,
  mediaType: MediaType,
  pages: readonly Exclude<ExtractEvent, { type: 'opened' }>[],
): Promise<string | undefined> {
  const wanted = pages.flatMap((event) =>
    event.type === 'page' && wantsRecognition(mediaType, { status: event.status, text: event.page.text })
      ? [event.page]
      : [],
  )
  if (wanted.length === 0) return undefined
  if (mostRecognised === 0) return `${wanted.length} wanted`
  const read = new Map<OcrLanguage, number[]>()
  const counts = { refused: 0, blank: 0, failed: 0 }
  const tried = wanted.slice(0, mostRecognised)
  let likely: OcrLanguage = 'eng'
  for (const { pageNumber, text } of tried) {
    const inOrder = [...recogniser.languages].sort((a, b) => Number(b === likely) - Number(a === likely))
    // As the app does: the text layer tells.
    const languages = isHindi(text) ? (['hin'] as const) : inOrder
    try {
      const request = { path, mediaType, pageNumber, languages }
      const { language, confidence } = await recogniser.recognise(request, new AbortController().signal)
      if (confidence >= LEAST_CONFIDENCE) {
        likely = language
        read.set(language, [...(read.get(language) ?? []), confidence])
      } else counts[confidence === 0 ? 'blank' : 'refused']++
    } catch {
      counts.failed++
    }
  }
  const sure = [...read].map(([language, confidences]) => {
    const mean = confidences.reduce((sum, confidence) => sum + confidence, 0) / confidences.length
    return `${confidences.length} ${language} ${mean.toFixed(0)} %`
  })
  const rest = Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []))
  const left = wanted.length > tried.length ? [`${wanted.length - tried.length} not tried`] : []
  return [...sure, ...rest, ...left].join(', ')
}

/** "3 text, 1 unreadable". */
function describe(pages: readonly Exclude<ExtractEvent, { type: 'opened' }>[]): string {
  const counts = new Map<string, number>()
  for (const page of pages) {
    const status = page.type === 'page' ? page.status : 'failed'
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ') || 'no pages'
}

/** What poppler reads of it; nothing where it is not installed or can't open the file. */
function pdftotext(path: string): string {
  const { stdout } = spawnSync('pdftotext', [path, '-'], { encoding: 'utf8', maxBuffer: 1 << 29, timeout: 60_000 })
  return stdout ?? ''
}

function print(rows: readonly Row[]): void {
  const share = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(3))
  const header = ['file', 'outcome', 'recognised', 'pages', 'seconds', 'CPU s', 'OCR s', 'words', 'pairs']
  const lines = rows.map((row) => [
    row.file,
    row.outcome,
    row.recognition ?? '–',
    String(row.pages),
    row.seconds.toFixed(1),
    row.cpuSeconds.toFixed(1),
    row.recognition ? row.recognitionSeconds.toFixed(1) : '–',
    share(row.words),
    share(row.pairs),
  ])
  const widths = header.map((name, column) => Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of [header, ...lines]) {
    console.log(
      line
        .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
  const known = (pick: (row: Row) => number | undefined) => rows.flatMap((row) => pick(row) ?? [])
  const pageCount = rows.reduce((sum, { pages }) => sum + pages, 0)
  console.log(
    `\n${rows.length} files, ${pageCount} pages; median of ${known(({ words }) => words).length} files with text: ` +
      `words ${share(median(known(({ words }) => words)))}, pairs ${share(median(known(({ pairs }) => pairs)))}`,
  )
}
