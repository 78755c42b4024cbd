// npm run eval -- extraction [FOLDER …]: what becomes of every real PDF, and how its text compares with poppler's pdftotext.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { toFailure } from '#core/errors.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import type { DocumentExtractor, ExtractEvent } from '#core/ports.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { tokenF1 } from '#core/testing/token-f1.ts'

const FOLDERS = ['nasty', 'scanned', 'ncert-polity']
/** Less is no text to compare. */
const FEWEST_WORDS = 20

interface Row {
  file: string
  outcome: string
  pages: number
  seconds: number
  cpuSeconds: number
  /** Of the words, and of the pairs of words that follow each other, against pdftotext. */
  words: number | undefined
  pairs: number | undefined
}

const asked = process.argv.slice(2)
const paths = (asked.length > 0 ? asked : FOLDERS.flatMap((folder) => corpusFile(folder) ?? [])).flatMap(filesOf)
if (paths.length === 0) {
  console.error('There is no real document on this machine to read: name files or folders.')
  process.exit(66)
}
const extractor = makeExtractor({ clock })
const rows: Row[] = []
for (const path of paths) {
  const row = await measure(extractor, path)
  rows.push(row)
  console.error(`${row.file}: ${row.outcome}`)
}
await extractor.close()
print(rows)

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.pdf'))
    .sort()
    .map((name) => join(path, name))
}

async function measure(extractor: DocumentExtractor, path: string): Promise<Row> {
  const startedMs = clock.monotonicMs()
  const startedCpu = process.cpuUsage()
  const pages: Exclude<ExtractEvent, { type: 'opened' }>[] = []
  let outcome: string
  try {
    const request = { path, mediaType: 'application/pdf' as const, fromPage: 1 }
    for await (const event of extractor.extract(request, new AbortController().signal)) {
      if (event.type !== 'opened') pages.push(event)
    }
    outcome = describe(pages)
  } catch (error) {
    outcome = toFailure(error).code
  }
  const seconds = (clock.monotonicMs() - startedMs) / 1000
  const { user, system } = process.cpuUsage(startedCpu)
  const poppler = pdftotext(path)
  const ours = pages.flatMap((event) => (event.type === 'page' ? [event.page.text] : [])).join('\n\n')
  const hasText = poppler.split(/\s+/).length >= FEWEST_WORDS && ours.split(/\s+/).length >= FEWEST_WORDS
  return {
    file: basename(path),
    outcome,
    pages: pages.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    words: hasText ? tokenF1(ours, poppler) : undefined,
    pairs: hasText ? tokenF1(ours, poppler, { length: 2 }) : undefined,
  }
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
  const header = ['file', 'outcome', 'pages', 'seconds', 'CPU s', 'words', 'pairs']
  const lines = rows.map((row) => [
    row.file,
    row.outcome,
    String(row.pages),
    row.seconds.toFixed(1),
    row.cpuSeconds.toFixed(1),
    share(row.words),
    share(row.pairs),
  ])
  const widths = header.map((name, column) => Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of [header, ...lines]) {
    console.log(
      line
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
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
