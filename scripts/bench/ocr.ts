import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeRecogniser } from '#core/adapters/recognise-worker.ts'
import { systemClock as clock } from '#core/ops/system-clock.ts'
import { buildScanPdf, type ScanSpec } from '#core/testing/build-scan.ts'
import type { BenchResult, BenchRow } from '../bench.ts'

const PAGES = 3
const LINES = 38
const SENTENCES = {
  eng: 'The President acts on the advice of the Council of Ministers in article',
  hin: 'राष्ट्रपति मंत्रिपरिषद की सलाह पर कार्य करता है और संसद का अंग है अनुच्छेद',
} as const

/** How fast full pages of print are recognised, drawn, read and laid out, by language; the thread is warm. */
export async function benchOcr(): Promise<BenchResult> {
  const dir = mkdtempSync(join(tmpdir(), 'abhyas-bench-ocr-'))
  const recogniser = makeRecogniser({ clock })
  const rows: BenchRow[] = []
  try {
    for (const language of ['eng', 'hin'] as const) {
      const path = join(dir, `${language}.pdf`)
      writeFileSync(path, (await buildScanPdf(Array.from({ length: PAGES + 1 }, (_, n) => sheet(language, n)))).bytes)
      const recognise = (pageNumber: number) => {
        const request = { path, mediaType: 'application/pdf', pageNumber, languages: [language] } as const
        return recogniser.recognise(request, new AbortController().signal)
      }
      await recognise(1)
      const cpu = process.cpuUsage()
      const startMs = performance.now()
      for (let page = 2; page <= PAGES + 1; page++) await recognise(page)
      const seconds = (performance.now() - startMs) / 1000
      const { user, system } = process.cpuUsage(cpu)
      rows.push(
        { metric: `recognise, ${language}`, value: PAGES / seconds, unit: 'pages/s' },
        { metric: `recognise, ${language}, CPU`, value: (user + system) / 1e6 / PAGES, unit: 's/page' },
      )
    }
    rows.push({ metric: 'RSS at the end', value: Math.round(process.memoryUsage.rss() / 1e6), unit: 'MB' })
    return { name: 'ocr', rows }
  } finally {
    await recogniser.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

function sheet(language: keyof typeof SENTENCES, page: number): ScanSpec {
  return {
    language,
    size: 11,
    lines: Array.from({ length: LINES }, (_, line) => `${SENTENCES[language]} ${page * LINES + line + 1}.`),
  }
}
