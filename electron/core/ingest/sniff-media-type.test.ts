import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { buildPng, jpegHeader, webpHeader } from '../testing/build-image.ts'
import { buildDocx, buildEpub, buildPptx, docxParagraph } from '../testing/build-packed.ts'
import { buildPdf } from '../testing/build-pdf.ts'
import { buildZip } from '../testing/build-zip.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { sniffMediaType } from './sniff-media-type.ts'

function sniff(name: string, bytes: string | Buffer) {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  return sniffMediaType(path, name, openArchive)
}

describe('sniffMediaType', () => {
  it('goes by the content, whatever the name says', async () => {
    expect(await sniff('photo.txt', buildPng(2, 2))).toBe('image/png')
    expect(await sniff('photo.pdf', jpegHeader(2, 2))).toBe('image/jpeg')
    expect(await sniff('photo', webpHeader(2, 2))).toBe('image/webp')
    expect(await sniff('book.png', await buildPdf([{ texts: [] }]))).toBe('application/pdf')
  })

  it('takes texts by their names, and nothing for a picture that is none', async () => {
    expect(await sniff('notes.MD', '# Rights')).toBe('text/markdown')
    expect(await sniff('notes.txt', 'Rights')).toBe('text/plain')
    await expect(sniff('photo.png', Buffer.from([0, 1, 2, 3]))).rejects.toMatchObject({ code: 'file-unsupported' })
    await expect(sniff('notes.txt', '')).rejects.toMatchObject({ code: 'file-empty' })
  })

  it('tells what is packed by what is in it', async () => {
    expect(await sniff('a.zip', buildDocx(docxParagraph('x')))).toMatch(/wordprocessingml/)
    expect(await sniff('a.docx', buildPptx([{ shapes: '' }]))).toMatch(/presentationml/)
    expect(await sniff('a.zip', buildEpub([{ file: 'a.xhtml', body: '' }], []))).toBe('application/epub+zip')
    const sheet = buildZip([
      { name: '[Content_Types].xml', data: '' },
      { name: 'xl/workbook.xml', data: '' },
    ])
    await expect(sniff('a.docx', sheet)).rejects.toMatchObject({ code: 'file-unsupported' })
    const pdfInside = buildZip([{ name: 'a.pdf', data: '%PDF-1.4', stored: true }])
    await expect(sniff('a.pdf', pdfInside)).rejects.toMatchObject({ code: 'file-unsupported', message: /zip archive/ })
  })

  it('tells web pages, saved pages and texts under any name', async () => {
    expect(await sniff('download.pdf', '\ufeff<!-- saved -->\n<!DOCTYPE html><p>x')).toBe('text/html')
    expect(await sniff('page.txt', '<?xml version="1.0"?>\n<html>')).toBe('text/html')
    expect(await sniff('page.htm', '<p>A part of a page</p>')).toBe('text/html')
    const saved = 'From: <x>\r\nSubject: y\r\nContent-Type: multipart/related;\r\n boundary="b"\r\n\r\n--b'
    expect(await sniff('page.mht', saved)).toBe('multipart/related')
    expect(await sniff('notes.dat', 'Words of a plain text, long enough.')).toBe('text/plain')
    expect(await sniff('notes.pdf', 'Words of a plain text, long enough.')).toBe('text/plain')
  })

  it('says what to do with old Office files and others', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)])
    await expect(sniff('a.doc', old)).rejects.toMatchObject({ code: 'file-unsupported', message: /old kind/ })
    await expect(sniff('a.bin', Buffer.alloc(100))).rejects.toMatchObject({ code: 'file-unsupported' })
    await expect(sniff('a.rtf', '{\\rtf1 some words in it }')).rejects.toMatchObject({ code: 'file-unsupported' })
  })
})
