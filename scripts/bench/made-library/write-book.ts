// node write-book.ts FILE PAGES: builds a PDF of so many pages of prose.
import { writeFileSync } from 'node:fs'
import { buildBookPdf } from '#core/testing/build-pdf.ts'

const [file = '', pageCount] = process.argv.slice(2)
writeFileSync(file, await buildBookPdf({ pageCount: Number(pageCount) }))
