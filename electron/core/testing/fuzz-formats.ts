import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
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
