import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { MediaType } from '#contract/documents.ts'
import type { ExtractEvent } from '../ports.ts'
import { buildDocx, buildEpub, buildPptx, docxParagraph, pptxShape } from '../testing/build-packed.ts'
import { buildZip } from '../testing/build-zip.ts'
import { extractFile, pagesOf } from '../testing/extract-file.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const DOCX: MediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const PPTX: MediaType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
const EPUB: MediaType = 'application/epub+zip'

const { extractor } = shareReaders()

function extract(bytes: string | Buffer, mediaType: MediaType, fromPage = 1): Promise<ExtractEvent[]> {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  return extractFile(path, { mediaType, fromPage, extractor })
}

const PROSE = 'The Constitution provides for a Union of States with a single citizenship. '

describe('Word documents', () => {
  const heading = (level: number) => `<w:pStyle w:val="H${level}"/>`
  const styles =
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>' +
    '<w:style w:styleId="Base2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>' +
    '<w:style w:styleId="H2"><w:name w:val="Abschnitt"/><w:basedOn w:val="Base2"/></w:style>'
  const numbering =
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/></w:lvl></w:abstractNum>' +
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
  const item = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="7"/></w:numPr>`

  it('are read as the sections under their headings, with lists, tables and notes', async () => {
    const body =
      docxParagraph('Rights', heading(1)) +
      docxParagraph('Every citizen has them.') +
      docxParagraph('Equality', item(0)) +
      docxParagraph('before law', item(1)) +
      docxParagraph('of all', item(2)) +
      docxParagraph('and each', item(2)) +
      docxParagraph('Liberty', item(0)) +
      docxParagraph('Duties', heading(2)) +
      '<w:p><w:r><w:t>Added in 1976</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:t>Gone</w:t></w:r></w:del><w:ins><w:r><w:t>.</w:t></w:r></w:ins></w:p>' +
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>List</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Subjects</w:t></w:r></w:p></w:tc></w:tr>' +
      `<w:tr><w:tc>${docxParagraph('Union')}</w:tc><w:tc>${docxParagraph('Defence')}${docxParagraph('Railways')}</w:tc></w:tr></w:tbl>` +
      docxParagraph('Principles', heading(1)) +
      docxParagraph(PROSE)
    const footnotes = '<w:footnote w:id="2"><w:p><w:r><w:t>By the 42nd Amendment.</w:t></w:r></w:p></w:footnote>'
    const events = await extract(buildDocx(body, { styles, numbering, footnotes, title: 'Notes on Polity' }), DOCX)
    expect(events[0]).toMatchObject({ type: 'opened', pageCount: 2, metadataTitle: 'Notes on Polity' })
    expect(pagesOf(events)).toMatchObject([
      {
        pageNumber: 1,
        label: { kind: 'section', title: 'Rights' },
        text:
          'Rights\n\nEvery citizen has them.\n\n1. Equality\n  a. before law\n    I. of all\n    II. and each\n2. Liberty\n\nDuties\n\nAdded in 1976.\n\n' +
          'By the 42nd Amendment.\n\nList\tSubjects\nUnion\tDefence Railways',
        headings: [0, 6, 1, 104, 6, 2],
      },
      { pageNumber: 2, label: { kind: 'section', title: 'Principles' }, text: `Principles\n\n${PROSE.trim()}` },
    ])
  })

  it('count the pages of a long section, and can be read from any', async () => {
    const docx = buildDocx(docxParagraph('Only', heading(1)) + docxParagraph(PROSE.repeat(100)), { styles })
    const all = pagesOf(await extract(docx, DOCX))
    expect(all.map(({ label }) => label)).toEqual([1, 2, 3].map((part) => ({ kind: 'section', title: 'Only', part })))
    expect(pagesOf(await extract(docx, DOCX, 3))).toEqual(all.slice(2))
  })

  it('say what is wrong with them', async () => {
    await expect(extract(buildDocx(''), DOCX)).rejects.toMatchObject({ code: 'file-empty' })
    await expect(extract(buildZip([{ name: 'word/x', data: '' }]), DOCX)).rejects.toMatchObject({
      code: 'file-damaged',
    })
    const whole = buildDocx(docxParagraph(PROSE))
    await expect(extract(whole.subarray(0, whole.length - 200), DOCX)).rejects.toMatchObject({ code: 'file-damaged' })
    const bomb = buildZip([{ name: 'word/document.xml', data: Buffer.alloc(70 * 1024 * 1024, 'a') }])
    await expect(extract(bomb, DOCX)).rejects.toMatchObject({ code: 'file-too-large' })
  })
})

describe('presentations', () => {
  it('are read slide by slide in the order shown, titles first, notes below', async () => {
    const table = ['Union', 'List I'].map(
      (cell) => `<a:tc><a:txBody><a:p><a:r><a:t>${cell}</a:t></a:r></a:p></a:txBody></a:tc>`,
    )
    const pptx = buildPptx([
      {
        shapes:
          pptxShape(['3'], 'sldNum') +
          pptxShape(['Fundamental rights are in Part III.', 'They bind the State.'], 'body') +
          pptxShape(['Rights'], 'title'),
        notes: pptxShape(['Say why.'], 'body') + pptxShape(['1'], 'sldNum'),
      },
      { shapes: '<p:pic/>' },
      { shapes: `<p:graphicFrame><a:tbl><a:tr>${table.join('')}</a:tr></a:tbl></p:graphicFrame>` },
    ])
    const events = await extract(pptx, PPTX)
    expect(
      events.map((event) => (event.type === 'page' ? [event.status, event.page.text, event.page.label] : event.type)),
    ).toEqual([
      'opened',
      [
        'text',
        'Rights\n\n• Fundamental rights are in Part III.\n• They bind the State.\n\nNotes\n\nSay why.',
        { kind: 'slide', number: 1 },
      ],
      ['empty', '', { kind: 'slide', number: 2 }],
      ['text', 'Union\tList I', { kind: 'slide', number: 3 }],
    ])
  })
})

describe('EPUBs', () => {
  const texts = [
    { file: 'cover.xhtml', body: '<img src="http://elsewhere.test/x.png"/>' },
    { file: 'ch 1.xhtml', body: `<h1>Rights</h1><p>${PROSE}</p>` },
    { file: 'ch 1b.xhtml', body: `<p>More on rights.</p>` },
    { file: 'ch2.xhtml', body: `<h1>Duties</h1><p>First.</p><h2 id="b">Of States</h2><p>Second.</p>` },
  ]
  const contents: [string, string][] = [
    ['Chapter 1: Rights', 'ch 1.xhtml'],
    ['Chapter 2: Duties', 'ch2.xhtml'],
    ['Of States', 'ch2.xhtml#b'],
  ]

  it.each([2, 3] as const)('are read as the chapters of their table of contents, EPUB %i', async (version) => {
    const events = await extract(buildEpub(texts, contents, { title: 'Polity', version }), EPUB)
    expect(events[0]).toMatchObject({ metadataTitle: 'Polity', pageCount: 3 })
    expect(pagesOf(events).map(({ text, label }) => [label, text])).toEqual([
      [{ kind: 'section', title: 'Chapter 1: Rights' }, `Rights\n\n${PROSE.trim()}\n\nMore on rights.`],
      [{ kind: 'section', title: 'Chapter 2: Duties' }, 'Duties\n\nFirst.'],
      [{ kind: 'section', title: 'Of States' }, 'Of States\n\nSecond.'],
    ])
  })

  it('lose a damaged chapter alone', async () => {
    const damaged = buildEpub(texts, contents).toString('latin1').replaceAll('OEBPS/ch2.xhtml', 'OEBPS/gone.html')
    const events = await extract(Buffer.from(damaged, 'latin1'), EPUB)
    expect(events.map((event) => event.type)).toEqual(['opened', 'page', 'page-failed'])
    expect(events[2]).toMatchObject({ pageNumber: 2, failure: { code: 'file-damaged', page: 2 } })
  })

  it('are refused when a shop has locked their texts, not when only fonts are scrambled', async () => {
    const lock = (uri: string) => ({
      name: 'META-INF/encryption.xml',
      data: `<encryption><enc:EncryptedData><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`,
    })
    const locked = buildEpub(texts, contents, { extra: [lock('OEBPS/ch2.xhtml')] })
    await expect(extract(locked, EPUB)).rejects.toMatchObject({ code: 'file-encrypted' })
    const scrambled = buildEpub(texts, contents, { extra: [lock('OEBPS/font.otf')] })
    expect(pagesOf(await extract(scrambled, EPUB))).toHaveLength(3)
  })
})

describe('web pages', () => {
  const menu = `<ul>${'<li><a href="/x">Subscribe now</a></li>'.repeat(30)}</ul>`
  const article = `<article><h1>The Basic Structure</h1>${`<p>${PROSE.repeat(4)}</p>`.repeat(6)}</article>`

  it('are read as their article, without what stands around it', async () => {
    const html = `<!doctype html><title>The Basic Structure | News</title><body><div class="sidebar">${menu}</div>${article}<footer class="footer">${menu}</footer></body>`
    const [page] = pagesOf(await extract(html, 'text/html'))
    expect(page?.text.startsWith('The Basic Structure\n\nThe Constitution provides')).toBe(true)
    expect(page?.text).not.toContain('Subscribe')
    expect(page?.label).toMatchObject({ kind: 'section', title: 'The Basic Structure' })
  })

  it('are read whole where they are no article, in the encoding they declare', async () => {
    const html = Buffer.concat([
      Buffer.from('<html><head><meta charset="koi8-r"></head><body><p>'),
      Buffer.from([0xf0, 0xd2, 0xc1, 0xd7, 0xcf]),
      Buffer.from('</p></body></html>'),
    ])
    expect(pagesOf(await extract(html, 'text/html'))[0]?.text).toBe('Право')
    await expect(extract('<html><body><script>1</script></body></html>', 'text/html')).rejects.toMatchObject({
      code: 'file-empty',
    })
  })

  it('are read from the one file a browser saves them in', async () => {
    const mhtml =
      'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n' +
      '----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
      '<html><meta charset=3D"utf-8"><body><p>=E0=A4=B0=E0=A4=BE=E0=A4=9C=E0=A5=8D=E0=A4=AF is a long=\r\n word</p></body></html>\r\n' +
      '----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----x--\r\n'
    expect(pagesOf(await extract(mhtml, 'multipart/related'))[0]?.text).toBe('राज्य is a long word')
  })
})

describe('texts', () => {
  it('are read in encodings that are told by their letters alone', async () => {
    const russian = 'Конституция провозглашает права и свободы человека и гражданина. '.repeat(20)
    const koi8 = Buffer.from([...russian].map((letter) => KOI8[letter] ?? letter.charCodeAt(0)))
    expect(pagesOf(await extract(koi8, 'text/plain'))[0]?.text.startsWith('Конституция провозглашает')).toBe(true)
  })
})

/** KOI8-R of the letters used above. */
const KOI8: Record<string, number> = Object.fromEntries(
  Array.from({ length: 64 }, (_, i) => [new TextDecoder('koi8-r').decode(Uint8Array.of(0xc0 + i)), 0xc0 + i]),
)
