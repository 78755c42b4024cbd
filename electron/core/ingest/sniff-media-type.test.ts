import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildPng, jpegHeader, webpHeader } from '../testing/build-image.ts'
import { buildPdf } from '../testing/build-pdf.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { sniffMediaType } from './sniff-media-type.ts'

function sniff(name: string, bytes: string | Buffer) {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  return sniffMediaType(path, name)
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
})
