// npm run eval -- ocr [--pages N] [--only WORD] [--json FILE]: how many letters and words of scans are recognised, by
// pages drawn from known texts in several fonts, sizes and states, lying every way.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OcrLanguage } from '#contract/documents.ts'
import { makeRecogniser } from '#core/adapters/recognise-worker.ts'
import { LEAST_CONFIDENCE } from '#core/ingest/read-in-best-language.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { RecognisedPage } from '#core/ports.ts'
import { buildScanPdf, installedFamilies, type ScanSpec } from '#core/testing/build-scan.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { characterAccuracy, wordAccuracy } from './text-accuracy.ts'

const { values: options } = parseArgs({
  options: {
    pages: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
})
const NEVER = new AbortController().signal

interface Variant {
  name: string
  size: number
  /** Letters a line and lines a page that fit. */
  letters: number
  lines: number
  /** The first that is installed is used. */
  families?: Record<OcrLanguage, readonly string[]>
  damage?: ScanSpec['damage']
  lying?: 1 | 2 | 3
  /** Share of the pages asked for. */
  share?: number
}

const PLAIN = { size: 11, letters: 72, lines: 38 }
const SERIF = {
  eng: ['Liberation Serif', 'Times New Roman', 'Noto Serif'],
  hin: ['Noto Serif Devanagari', 'Lohit Devanagari', 'Mangal'],
}
const WORN = { skewDegrees: 1.2, blurPixels: 1, noise: 40, specks: 400 }
const VARIANTS: readonly Variant[] = [
  { name: 'sans 11 pt', ...PLAIN },
  { name: 'serif 11 pt', ...PLAIN, families: SERIF },
  { name: 'serif 8 pt', size: 8, letters: 100, lines: 52, families: SERIF },
  { name: 'sans 16 pt', size: 16, letters: 46, lines: 25 },
  { name: 'worn serif 11 pt', ...PLAIN, families: SERIF, damage: WORN },
  { name: 'lying, 90°', ...PLAIN, lying: 1, share: 0.5 },
  { name: 'upside down', ...PLAIN, lying: 2, share: 0.5 },
  { name: 'lying, 270°', ...PLAIN, lying: 3, share: 0.5 },
]

interface Row {
  language: string
  variant: string
  pages: number
  characters: number | undefined
  /** Of the worst page. */
  leastCharacters: number | undefined
  words: number | undefined
  confidence: number
  leastConfidence: number
  /** Pages sure enough to be searched. */
  kept: number
  cpuSecondsAPage: number
}

const dir = mkdtempSync(join(tmpdir(), 'abhyas-ocr-'))
const recogniser = makeRecogniser({ clock: systemClock, pageTimeoutMs: 600_000 })
const rows: Row[] = []

interface Judged {
  page: RecognisedPage
  characters: number | undefined
  words: number | undefined
}

async function measure(
  language: string,
  variant: string,
  path: string,
  pageNumbers: readonly number[],
  judge: (page: RecognisedPage, index: number) => Partial<Pick<Judged, 'characters' | 'words'>>,
): Promise<void> {
  if (!`${language} ${variant}`.includes(options.only)) return
  const cpu = process.cpuUsage()
  const judged: Judged[] = []
  for (const [index, pageNumber] of pageNumbers.entries()) {
    const request = { path, mediaType: 'application/pdf', pageNumber, languages: recogniser.languages } as const
    const page = await recogniser.recognise(request, NEVER)
    judged.push({ page, characters: undefined, words: undefined, ...judge(page, index) })
  }
  const { user, system } = process.cpuUsage(cpu)
  const confidences = judged.map(({ page }) => page.confidence)
  const characters = judged.flatMap((each) => each.characters ?? [])
  const row: Row = {
    language,
    variant,
    pages: judged.length,
    characters: mean(characters),
    leastCharacters: characters.length > 0 ? Math.min(...characters) : undefined,
    words: mean(judged.flatMap((each) => each.words ?? [])),
    confidence: mean(confidences) ?? 0,
    leastConfidence: Math.min(...confidences),
    kept: confidences.filter((confidence) => confidence >= LEAST_CONFIDENCE).length,
    cpuSecondsAPage: (user + system) / 1e6 / judged.length,
  }
  rows.push(row)
  console.error(`${language}, ${variant}: ${row.pages} pages, ${row.confidence.toFixed(0)} % sure`)
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Texts of a language: the declaration of human rights, then passages of an encyclopaedia. */
function textOf(language: OcrLanguage): string {
  const rights = corpusFile('truth', `udhr_${language}.txt`)
  const passages = corpusFile('text', `xquad.${language === 'eng' ? 'en' : 'hi'}.json`)
  const read = passages ? (JSON.parse(readFileSync(passages, 'utf8')) as { data: Article[] }) : { data: [] }
  const paragraphs = read.data.flatMap((article) => article.paragraphs.map(({ context }) => context))
  return [rights ? readFileSync(rights, 'utf8') : '', ...paragraphs].join('\n')
}

interface Article {
  paragraphs: { context: string }[]
}

/** A text as pages of lines of about equal length. */
function pagesOf(text: string, { letters, lines: linesPerPage }: Variant, count: number): string[][] {
  const lines: string[] = []
  let line = ''
  for (const word of text.normalize('NFC').split(/\s+/)) {
    if (lines.length >= linesPerPage * count) break
    if (line.length + word.length > letters) {
      lines.push(line)
      line = ''
    }
    line += line ? ` ${word}` : word
  }
  return Array.from({ length: Math.floor(lines.length / linesPerPage) }, (_, page) =>
    lines.slice(page * linesPerPage, (page + 1) * linesPerPage),
  )
}

async function measureDrawn(language: OcrLanguage, variant: Variant, text: string): Promise<void> {
  if (!`${language} ${variant.name}`.includes(options.only)) return
  const { size, damage, lying, share = 1 } = variant
  const families = installedFamilies(variant.families?.[language] ?? []).slice(0, 1)
  if (variant.families && families.length === 0) {
    console.error(`skipped: none of ${variant.families[language].join(', ')} is installed, for ${variant.name}`)
    return
  }
  const pages = pagesOf(text, variant, Math.max(1, Math.round(Number(options.pages) * share)))
  const { bytes } = await buildScanPdf(
    pages.map((lines) => ({ lines, language, size, families, ...(damage && { damage }), ...(lying && { lying }) })),
  )
  const path = join(dir, `${language} ${variant.name}.pdf`)
  writeFileSync(path, bytes)
  const numbers = pages.map((_, index) => index + 1)
  await measure(language, variant.name, path, numbers, (page, index) => {
    const truth = pages[index]?.join(' ') ?? ''
    return { characters: characterAccuracy(truth, page.text), words: wordAccuracy(truth, page.text) }
  })
}

try {
  for (const language of ['eng', 'hin'] as const) {
    const text = textOf(language)
    for (const variant of VARIANTS) await measureDrawn(language, variant, text)
  }
  const broken = corpusFile('nasty', 'hindi-broken-map.pdf')
  const truth = corpusFile('truth', 'hindi-broken-map-p2.txt')
  if (broken && truth) {
    const passage = readFileSync(truth, 'utf8')
    // The truth is a passage of the page: what is not of it does not count.
    await measure('hin', 'textbook', broken, [2], ({ text }) => ({ words: wordAccuracy(passage, text) }))
  }
  for (const [language, name, file, pageNumber] of [
    ['eng', 'printed scan', 'english-scan-8p.pdf', 1],
    ['hin', 'legacy font', 'hindi-legacy-font-7p.pdf', 1],
    ['hin', 'handwriting', 'hindi-scan-17p.pdf', 3],
  ] as const) {
    const path = corpusFile('scanned', file)
    if (path) await measure(language, name, path, [pageNumber], () => ({}))
  }
} finally {
  await recogniser.close()
  rmSync(dir, { recursive: true, force: true })
}
const share = (value: number | undefined) => value?.toFixed(4) ?? '–'
console.table(
  rows.map((row) => ({
    ...row,
    characters: share(row.characters),
    leastCharacters: share(row.leastCharacters),
    words: share(row.words),
    confidence: row.confidence.toFixed(0),
    cpuSecondsAPage: row.cpuSecondsAPage.toFixed(1),
  })),
)
if (options.json) writeFileSync(options.json, `${JSON.stringify(rows, undefined, 2)}\n`)
