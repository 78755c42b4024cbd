// npm run eval -- ocr [--pages N]: how many letters and words of scans are recognised, by pages drawn from known texts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeRecogniser } from '#core/adapters/recognise-worker.ts'
import { LEAST_CONFIDENCE } from '#core/ingest/read-in-best-language.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { RecognisedPage } from '#core/ports.ts'
import { buildScanPdf } from '#core/testing/build-scan.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { characterAccuracy, wordAccuracy } from './text-accuracy.ts'

const { values: options } = parseArgs({ options: { pages: { type: 'string', default: '3' } } })
const LINES_PER_PAGE = 38
const LETTERS_PER_LINE = 72
const NEVER = new AbortController().signal

const dir = mkdtempSync(join(tmpdir(), 'abhyas-ocr-'))
const recogniser = makeRecogniser({ clock: systemClock })
const rows: Record<string, unknown>[] = []

async function read(name: string, path: string, pageNumber: number): Promise<RecognisedPage> {
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  const request = { path, mediaType: 'application/pdf', pageNumber, languages: recogniser.languages } as const
  const page = await recogniser.recognise(request, NEVER)
  const { user, system } = process.cpuUsage(cpu)
  console.error(`${name} p${pageNumber}: ${page.language}, ${page.confidence} % sure`)
  rows.push({
    pages: `${name} p${pageNumber}`,
    language: page.language,
    confidence: page.confidence,
    kept: page.confidence >= LEAST_CONFIDENCE,
    'CPU s': round((user + system) / 1e6, 1),
    s: round((performance.now() - startMs) / 1000, 1),
  })
  return page
}

/** A text as pages of lines of about equal length. */
function pagesOf(text: string): string[][] {
  const lines: string[] = []
  let line = ''
  for (const word of text.normalize('NFC').split(/\s+/)) {
    if (line.length + word.length > LETTERS_PER_LINE) {
      lines.push(line)
      line = ''
    }
    line += line ? ` ${word}` : word
  }
  const pages: string[][] = []
  for (let at = 0; at + LINES_PER_PAGE <= lines.length; at += LINES_PER_PAGE) {
    pages.push(lines.slice(at, at + LINES_PER_PAGE))
  }
  return pages.slice(0, Number(options.pages))
}

function judge(truth: string, text: string): void {
  Object.assign(rows.at(-1) ?? {}, {
    characters: round(characterAccuracy(truth, text), 4),
    words: round(wordAccuracy(truth, text), 4),
  })
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

try {
  for (const language of ['eng', 'hin'] as const) {
    const file = corpusFile('truth', `udhr_${language}.txt`)
    if (!file) continue
    const pages = pagesOf(readFileSync(file, 'utf8'))
    const { bytes } = await buildScanPdf(pages.map((lines) => ({ lines, language, size: 11 })))
    const path = join(dir, `${language}.pdf`)
    writeFileSync(path, bytes)
    for (const [index, lines] of pages.entries()) {
      judge(lines.join(' '), (await read(`drawn, ${language}`, path, index + 1)).text)
    }
  }
  const broken = corpusFile('nasty', 'hindi-broken-map.pdf')
  const truth = corpusFile('truth', 'hindi-broken-map-p2.txt')
  if (broken && truth) {
    const passage = readFileSync(truth, 'utf8')
    const { text } = await read('textbook, hin', broken, 2)
    // The truth is a passage of the page: what is not of it does not count.
    Object.assign(rows.at(-1) ?? {}, { words: round(wordAccuracy(passage, text), 4) })
  }
  for (const [name, file, pageNumber] of [
    ['printed scan', 'english-scan-8p.pdf', 1],
    ['legacy font', 'hindi-legacy-font-7p.pdf', 1],
    ['handwriting', 'hindi-scan-17p.pdf', 3],
  ] as const) {
    const path = corpusFile('scanned', file)
    if (path) await read(name, path, pageNumber)
  }
} finally {
  await recogniser.close()
  rmSync(dir, { recursive: true, force: true })
}
console.table(rows)
