import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildDocx, buildEpub, docxParagraph } from './build-packed.ts'
import { bookPages, buildPdf } from './build-pdf.ts'
import { corpusFile } from './corpus.ts'
import { mutateBytes } from './mutate-bytes.ts'

/** A format's sound files and how one of them is damaged. */
export interface FuzzFormat {
  fileName: string
  seeds(): Promise<Buffer[]>
  mutate(seed: Buffer, random: () => number): Buffer
}

const MOST_SEED_BYTES = 300_000

const PDF_WORDS =
  'obj endobj stream endstream xref trailer startxref Length Filter FlateDecode ASCIIHexDecode LZWDecode DCTDecode JPXDecode JBIG2Decode Type Page Pages Kids Count Parent Contents Resources Font Subtype Type0 Type1 Type3 ToUnicode Encoding MediaBox CropBox XObject Image Width Height BitsPerComponent ColorSpace Encrypt Root Prev Index ObjStm'.split(
    ' ',
  )
const TEXT_WORDS = ['# ', '```', '> > > >', '<!--', '[a](b)', '| - |', '&#x0;', '﻿']

const DOCX_WORDS = 'w:p w:r w:t w:tbl w:tr w:tc w:pPr w:pStyle w:numPr w:ilvl w:footnoteReference w:body'.split(' ')
const EPUB_WORDS = 'html body head h1 h2 p ol ul li table tr td nav a script style img iframe'.split(' ')
const DOCX_PARTS = Buffer.from(
  docxParagraph('The Union and its Territory', '<w:pStyle w:val="Heading1"/>') +
    docxParagraph('India, that is Bharat, shall be a Union of States.') +
    '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Part</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>',
)
const EPUB_PARTS = Buffer.from(
  '<h1 id="a">Rights</h1><p>Equality before law.</p><ul><li>One</li></ul><table><tr><td>1</td></tr></table>',
)

/** Half of the damage is inside a part, which only then is packed, half to the packed file. */
function packDocx(body: Buffer, random: () => number): Buffer {
  if (random() < 0.5) return mutateBytes(buildDocx(body.toString()), random, DOCX_WORDS)
  return buildDocx(mutateBytes(body, random, DOCX_WORDS).toString('latin1'))
}

function packEpub(body: Buffer, random: () => number): Buffer {
  const pack = (text: string) =>
    buildEpub([{ file: 'one.xhtml', body: text }], [['Rights', 'one.xhtml#a']], { version: random() < 0.5 ? 2 : 3 })
  if (random() < 0.5) return mutateBytes(pack(body.toString()), random, EPUB_WORDS)
  return pack(mutateBytes(body, random, EPUB_WORDS).toString('latin1'))
}

/** The formats that are fuzzed, each with files built in code and, where they are present, small real ones. */
export const FUZZ_FORMATS: Record<string, FuzzFormat> = {
  pdf: {
    fileName: 'fuzzed.pdf',
    async seeds() {
      return [
        await buildPdf(bookPages(3), { title: 'A book' }),
        await buildPdf([{ texts: [{ text: 'Turned', x: 50, y: 50, letterSpacing: 2 }], rotate: 90, scan: true }]),
        ...smallCorpusPdfs(),
      ]
    },
    mutate: (seed, random) => mutateBytes(seed, random, PDF_WORDS),
  },
  docx: {
    fileName: 'fuzzed.docx',
    async seeds() {
      return [DOCX_PARTS]
    },
    mutate: (seed, random) => packDocx(seed, random),
  },
  epub: {
    fileName: 'fuzzed.epub',
    async seeds() {
      return [EPUB_PARTS]
    },
    mutate: (seed, random) => packEpub(seed, random),
  },
  markdown: {
    fileName: 'fuzzed.md',
    async seeds() {
      return [Buffer.from(`# Rights\n\n${'Equality before law. '.repeat(80)}\n\n## Duties\n\n- one\n- two\n`)]
    },
    mutate: (seed, random) => mutateBytes(seed, random, TEXT_WORDS),
  },
}

function smallCorpusPdfs(): Buffer[] {
  const folder = corpusFile('nasty')
  if (!folder) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.pdf') && statSync(path).size <= MOST_SEED_BYTES)
    .map((path) => readFileSync(path))
}
