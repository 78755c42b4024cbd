import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StudyError } from '../errors.ts'
import { sniffMediaType } from '../ingest/sniff-media-type.ts'
import { systemClock } from '../ops/system-clock.ts'
import { buildDocx, docxParagraph } from '../testing/build-packed.ts'
import { bookPages, buildPdf } from '../testing/build-pdf.ts'
import { buildZip } from '../testing/build-zip.ts'
import { FUZZ_FORMATS, type FuzzFormat } from '../testing/fuzz-formats.ts'
import { seededRandom } from '../testing/mutate-bytes.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeExtractor } from './extract-worker.ts'
import { openArchive } from './yauzl-archive.ts'

const MEBIBYTE = 1024 * 1024

/** A PDF of these objects, without a cross-reference table: readers build one. */
function rawPdf(objects: readonly (string | Buffer)[]): Buffer {
  const parts = objects.flatMap((object, index) => [`${index + 1} 0 obj\n`, object, '\nendobj\n'])
  return Buffer.concat(['%PDF-1.7\n', ...parts, 'trailer\n<< /Root 1 0 R >>\n'].map((part) => Buffer.from(part)))
}

function pagePdf(contents: string | Buffer, { dict = '', resources = '' } = {}): Buffer {
  const bytes = Buffer.from(contents)
  const stream = Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} ${dict} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`,
    stream,
  ])
}

async function outcomeOf(bytes: Buffer, name = 'file.pdf') {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, bytes)
  const extractor = makeExtractor({ clock: systemClock, pageTimeoutMs: 4000, pageMemoryBytes: 600 * MEBIBYTE })
  onTestFinished(() => extractor.close())
  const found: string[] = []
  try {
    const mediaType = await sniffMediaType(path, name, openArchive)
    const request = { path, mediaType, fromPage: 1 }
    for await (const event of extractor.extract(request, new AbortController().signal)) {
      if (event.type === 'page') found.push(event.status)
      if (event.type === 'page-failed') found.push(`${event.failure.code}: ${event.failure.message}`)
    }
    return found
  } catch (error) {
    expect(error).toBeInstanceOf(StudyError)
    return (error as StudyError).code
  }
}

const TEXT = 'BT /F1 12 Tf 60 700 Td (The Constitution of India came into force in 1950.) Tj ET'

describe('hostile and broken files end with a stated outcome', () => {
  it('a file that was cut short before its page tree is said to be damaged', async () => {
    const whole = await buildPdf(bookPages(8))
    expect(await outcomeOf(whole.subarray(0, whole.length * 0.8))).toBe('file-damaged')
  })

  it('a file without a trailer or table is read', async () => {
    const font = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
    expect(await outcomeOf(pagePdf(TEXT, { resources: font }))).toEqual(['text'])
  })

  it('a file with no pages is said to be empty', async () => {
    const pdf = rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'])
    expect(await outcomeOf(pdf)).toBe('file-empty')
  })

  it('text in a font that is not there is read', async () => {
    expect(await outcomeOf(pagePdf(TEXT))).toEqual(['text'])
  })

  it('a stream that swells to half a gigabyte costs its page at most', async () => {
    const bomb = deflateSync(Buffer.alloc(512 * MEBIBYTE, ' '))
    const outcome = await outcomeOf(pagePdf(bomb, { dict: '/Filter /FlateDecode' }))
    expect(outcome).toHaveLength(1)
    expect(outcome[0]).toMatch(/^(empty|page-timeout: |file-damaged: )/)
  })

  it('an image of a trillion pixels is not decoded', async () => {
    const image =
      '/XObject << /Im << /Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length 3 >> >>'
    expect(await outcomeOf(pagePdf('/Im Do', { resources: image }))).toEqual(['empty'])
  })

  it('brackets within brackets without end leave a page without text', async () => {
    expect(await outcomeOf(pagePdf(`${'['.repeat(300_000)}${TEXT}`))).toEqual(['empty'])
  })

  it('a damaged page costs no other one, whatever the engine rejects besides', async () => {
    const { seeds, mutate } = FUZZ_FORMATS.pdf as FuzzFormat
    const [book = Buffer.alloc(0)] = await seeds()
    // Over this one pdf.js rejects promises that nobody waits for.
    expect(await outcomeOf(mutate(book, seededRandom(430)))).toEqual([
      'empty',
      'unreadable',
      expect.stringContaining('file-damaged: Page 3'),
    ])
  })

  it('a page tree that contains itself ends', async () => {
    const pdf = rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 3 >>'])
    expect(await outcomeOf(pdf)).toEqual(['empty'])
  })

  it('a document of another kind under a PDF’s name is taken for what it is', async () => {
    expect(await outcomeOf(buildDocx(docxParagraph('We, the people of India')), 'file.pdf')).toEqual(['text'])
    expect(await outcomeOf(Buffer.from('no PDF at all'), 'file.pdf')).toBe('file-damaged')
    expect(await outcomeOf(Buffer.alloc(0), 'file.pdf')).toBe('file-empty')
    expect(await outcomeOf(Buffer.from('MZ'), 'file.exe')).toBe('file-unsupported')
  })

  it('a packed document that swells without end is refused', async () => {
    const body = `<w:document><w:body>${docxParagraph(' '.repeat(300 * MEBIBYTE))}</w:body></w:document>`
    const bomb = buildZip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'word/document.xml', data: body },
    ])
    expect(await outcomeOf(bomb, 'file.docx')).toBe('file-too-large')
  })

  it('a thousand pages are read', async () => {
    const outcome = await outcomeOf(
      await buildPdf(Array.from({ length: 1000 }, () => ({ texts: [{ text: 'One', x: 9, y: 9 }] }))),
    )
    expect(outcome).toHaveLength(1000)
  })
})
