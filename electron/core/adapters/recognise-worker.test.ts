import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Box, MediaType, OcrLanguage } from '#contract/documents.ts'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { RecognisedPage } from '../ports.ts'
import { buildScanPdf, type DrawnWord, drawScan } from '../testing/build-scan.ts'
import { corpusFile } from '../testing/corpus.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { makeRecogniser, type RecogniserOptions } from './recognise-worker.ts'

const ENGLISH = [
  'The Supreme Court is the guardian of the Constitution.',
  'It was established on 28 January 1950, two days after',
  'India became a sovereign democratic republic.',
]
const HINDI = [
  'भारत का संविधान 26 जनवरी 1950 को लागू हुआ।',
  'संसद के दो सदन हैं: लोक सभा और राज्य सभा।',
  'राष्ट्रपति संसद का अभिन्न अंग होता है।',
]

function open(options: Partial<RecogniserOptions> = {}) {
  const recogniser = makeRecogniser({ clock: systemClock, ...options })
  onTestFinished(() => recogniser.close())
  const recognise = (
    path: string,
    pageNumber = 1,
    languages: OcrLanguage[] = ['eng', 'hin'],
    mediaType: MediaType = 'application/pdf',
  ) => recogniser.recognise({ path, mediaType, pageNumber, languages }, new AbortController().signal)
  return { recogniser, recognise }
}

async function keepScan(...specs: Parameters<typeof buildScanPdf>[0]) {
  const { bytes, words } = await buildScanPdf(specs)
  const path = join(temporaryFolder(), 'scan.pdf')
  writeFileSync(path, bytes)
  return { path, words }
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

/** Where the page's text has the word, as a highlight shows it. */
function highlightOf(page: RecognisedPage, word: string): Box[] {
  const start = page.text.indexOf(word)
  if (start < 0) throw new Error(`${word} was not recognised in ${page.text}`)
  return highlightBoxes(page.boxes, start, start + word.length)
}

function expectOver(boxes: Box[], drawn: Box, tolerancePt = 2.5): void {
  expect(boxes).toHaveLength(1)
  const [box] = boxes
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs((box?.[side] ?? 0) - drawn[side]), side).toBeLessThan(tolerancePt)
  }
}

function find(words: DrawnWord[] | undefined, text: string): DrawnWord {
  const word = words?.find((each) => each.text === text)
  if (!word) throw new Error(`${text} was not drawn`)
  return word
}

describe('the recogniser', () => {
  it('reads English and Hindi pages, each in its own language, whichever is tried first', async () => {
    const { path } = await keepScan({ lines: ENGLISH }, { lines: HINDI, language: 'hin', size: 14 })
    const { recognise } = open()
    const english = await recognise(path, 1, ['hin', 'eng'])
    expect(english).toMatchObject({ language: 'eng', pageNumber: 1 })
    expect(oneLine(english.text)).toBe(ENGLISH.join(' '))
    expect(english.confidence).toBeGreaterThan(85)
    const hindi = await recognise(path, 2, ['eng', 'hin'])
    expect(hindi.language).toBe('hin')
    for (const words of ['भारत का संविधान 26 जनवरी', 'लोक सभा और राज्य सभा।', 'राष्ट्रपति संसद का']) {
      expect(oneLine(hindi.text)).toContain(words)
    }
    expect(hindi.text).toBe(hindi.text.normalize('NFC'))
  })

  it('puts a highlight over the words that were drawn', async () => {
    const { path, words } = await keepScan({ lines: ENGLISH })
    const page = await open().recognise(path)
    for (const word of ['guardian', 'January', 'sovereign']) {
      expectOver(highlightOf(page, word), find(words[0], word))
    }
  })

  it('measures from the top left of the page as it is shown: cropped and turned', async () => {
    const crop = { x: 40, y: 500, width: 500, height: 320 }
    const { path, words } = await keepScan({ lines: ENGLISH, cropBox: crop }, { lines: ENGLISH, turned: true })
    const { recognise } = open()
    const page = await recognise(path)
    expect([page.width, page.height].map(Math.round)).toEqual([500, 320])
    const drawn = find(words[0], 'guardian')
    const cropTop = 842 - (crop.y + crop.height)
    expectOver(highlightOf(page, 'guardian'), { ...drawn, x: drawn.x - crop.x, y: drawn.y - cropTop })

    const turned = await recognise(path, 2)
    expect([turned.width, turned.height].map(Math.round)).toEqual([595, 842])
    expectOver(highlightOf(turned, 'guardian'), find(words[1], 'guardian'))
  })

  it.each([1, 2, 3] as const)(
    'turns a sheet that lay turned by %i quarters, and marks its words where it shows them',
    async (lying) => {
      const { path, words } = await keepScan(
        { lines: ENGLISH, lying },
        { lines: HINDI, language: 'hin', size: 14, lying },
      )
      const { recognise } = open()
      const page = await recognise(path)
      expect(oneLine(page.text)).toBe(ENGLISH.join(' '))
      expect([page.width, page.height].map(Math.round)).toEqual(lying === 2 ? [595, 842] : [842, 595])
      for (const word of ['guardian', 'January', 'sovereign']) {
        expectOver(highlightOf(page, word), find(words[0], word))
      }
      const hindi = await recognise(path, 2)
      expect(hindi.language).toBe('hin')
      expect(oneLine(hindi.text)).toContain('राष्ट्रपति संसद का')
    },
  )

  it('reads a picture file like a page, measured in its own points', async () => {
    const { png, words } = drawScan({ lines: ENGLISH, width: 420, height: 300 })
    const path = join(temporaryFolder(), 'photo.png')
    writeFileSync(path, png)
    const page = await open().recognise(path, 1, ['eng'], 'image/png')
    expect(oneLine(page.text)).toBe(ENGLISH.join(' '))
    // A pixel is 1/96 inch there, and was 1/200 inch when it was drawn.
    const { x, y, width, height } = find(words, 'guardian')
    const scale = 200 / 96
    expectOver(
      highlightOf(page, 'guardian'),
      { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
      5,
    )
  })

  it('finds nothing to be sure of on an empty page', async () => {
    const { path } = await keepScan({ lines: [] })
    expect(await open().recognise(path)).toMatchObject({ text: '', boxes: [] })
  })

  it('says at once that a language’s data is missing, instead of waiting for it', async () => {
    const { path } = await keepScan({ lines: ENGLISH })
    await expect(open({ languages: ['eng'] }).recognise(path, 1, ['hin'])).rejects.toMatchObject({
      code: 'recognition-missing',
    })
  })

  it('gives a page up that takes too long, and reads the next one on a new thread', async () => {
    const { path } = await keepScan({ lines: ENGLISH })
    let started = 0
    let jumpMs = 0
    const { recognise } = open({
      clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + jumpMs },
      startWorker: () =>
        started++ === 0 ? new Worker('for (;;);', { eval: true }) : new Worker(workerUrl('recognise')),
    })
    const hung = recognise(path)
    // Its thread is at work now.
    while (started === 0) await new Promise(setImmediate)
    jumpMs = 3_600_000
    await expect(hung).rejects.toMatchObject({ code: 'page-timeout', page: 1 })
    expect(oneLine((await recognise(path)).text)).toBe(ENGLISH.join(' '))
    expect(started).toBe(2)
  })

  it('ends at once when it is stopped, and refuses a damaged file by its reason', async () => {
    const { path } = await keepScan({ lines: ENGLISH })
    const { recogniser, recognise } = open()
    const stop = new AbortController()
    const running = recogniser.recognise(
      { path, mediaType: 'application/pdf', pageNumber: 1, languages: ['eng'] },
      stop.signal,
    )
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const damaged = join(temporaryFolder(), 'damaged.pdf')
    writeFileSync(damaged, '%PDF-1.4 nothing')
    await expect(recognise(damaged)).rejects.toMatchObject({ code: 'file-damaged' })
    expect(oneLine((await recognise(path)).text)).toBe(ENGLISH.join(' '))
  })

  const handwriting = corpusFile('scanned', 'hindi-scan-17p.pdf')
  it.skipIf(!handwriting)('is not sure of handwriting, whichever way it is turned', { timeout: 180_000 }, async () => {
    const page = await open().recognise(handwriting ?? '', 3)
    expect(page.confidence).toBeLessThan(40)
  })
})
