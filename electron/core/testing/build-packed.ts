import { buildZip, type ZipEntrySpec } from './build-zip.ts'

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function relationships(links: readonly [id: string, type: string, target: string][]): string {
  const items = links.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELS}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

/** A Word document with this body (the inside of <w:body>); `styles` and `numbering` are the insides of their parts. */
export function buildDocx(
  body: string,
  parts: { styles?: string; numbering?: string; footnotes?: string; title?: string } = {},
): Buffer {
  const { styles = '', numbering = '', footnotes = '', title } = parts
  return buildZip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relationships([['r1', 'officeDocument', 'word/document.xml']]) },
    { name: 'word/document.xml', data: `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>` },
    {
      name: 'word/_rels/document.xml.rels',
      data: relationships([
        ['r1', 'styles', 'styles.xml'],
        ['r2', 'numbering', 'numbering.xml'],
        ['r3', 'footnotes', 'footnotes.xml'],
      ]),
    },
    { name: 'word/styles.xml', data: `<w:styles>${styles}</w:styles>` },
    { name: 'word/numbering.xml', data: `<w:numbering>${numbering}</w:numbering>` },
    { name: 'word/footnotes.xml', data: `<w:footnotes>${footnotes}</w:footnotes>` },
    ...(title === undefined ? [] : [{ name: 'docProps/core.xml', data: `<c><dc:title>${title}</dc:title></c>` }]),
  ])
}

/** A paragraph of a Word document, `properties` being the inside of <w:pPr>. */
export function docxParagraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

/** A presentation of these slides: the insides of <p:spTree>, and of their notes where they have some. */
export function buildPptx(slides: readonly { shapes: string; notes?: string }[]): Buffer {
  const entries: ZipEntrySpec[] = [
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relationships([['r1', 'officeDocument', 'ppt/presentation.xml']]) },
    {
      name: 'ppt/presentation.xml',
      // The first slide is stored last: their order is that of this list, not of their names.
      data: `<p:presentation><p:sldIdLst>${slides.map((_, i) => `<p:sldId r:id="r${i + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      data: relationships(slides.map((_, i) => [`r${i + 1}`, 'slide', `slides/slide${slides.length - i}.xml`])),
    },
  ]
  slides.forEach(({ shapes, notes }, i) => {
    const name = `slide${slides.length - i}`
    entries.push({
      name: `ppt/slides/${name}.xml`,
      data: `<p:sld><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
    })
    if (notes === undefined) return
    entries.push(
      {
        name: `ppt/slides/_rels/${name}.xml.rels`,
        data: relationships([['n1', 'notesSlide', `../notesSlides/${name}.xml`]]),
      },
      {
        name: `ppt/notesSlides/${name}.xml`,
        data: `<p:notes><p:cSld><p:spTree>${notes}</p:spTree></p:cSld></p:notes>`,
      },
    )
  })
  return buildZip(entries)
}

/** A text frame of a slide. */
export function pptxShape(paragraphs: readonly string[], placeholder?: string): string {
  const type = placeholder === undefined ? '' : `<p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr>`
  const lines = paragraphs.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`)
  return `<p:sp>${type}<p:txBody>${lines.join('')}</p:txBody></p:sp>`
}

/** An EPUB of these texts (the insides of <body>), with the table of contents given: [title, file, anchor?]. */
export function buildEpub(
  texts: readonly { file: string; body: string }[],
  contents: readonly [title: string, target: string][],
  options: { title?: string; version?: 2 | 3; extra?: ZipEntrySpec[] } = {},
): Buffer {
  const { title = 'A Book', version = 3, extra = [] } = options
  const items = texts.map(
    ({ file }, i) => `<item id="t${i}" href="${encodeURI(file)}" media-type="application/xhtml+xml"/>`,
  )
  const toc: ZipEntrySpec =
    version === 3
      ? {
          name: 'OEBPS/nav.xhtml',
          data: `<html xmlns="http://www.w3.org/1999/xhtml"><body><nav epub:type="toc"><ol>${contents
            .map(([name, target]) => `<li><a href="${encodeURI(target)}">${name}</a></li>`)
            .join('')}</ol></nav></body></html>`,
        }
      : {
          name: 'OEBPS/toc.ncx',
          data: `<ncx><docTitle><text>x</text></docTitle><navMap>${contents
            .map(
              ([name, target]) =>
                `<navPoint><navLabel><text>${name}</text></navLabel><content src="${encodeURI(target)}"/></navPoint>`,
            )
            .join('')}</navMap></ncx>`,
        }
  const tocItem =
    version === 3
      ? '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
      : '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
  return buildZip([
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    {
      name: 'META-INF/container.xml',
      data: '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    },
    {
      name: 'OEBPS/book.opf',
      data:
        `<package><metadata><dc:title>${title}</dc:title></metadata><manifest>${items.join('')}${tocItem}</manifest>` +
        `<spine toc="ncx">${version === 3 ? '<itemref idref="nav"/>' : ''}${texts.map((_, i) => `<itemref idref="t${i}"/>`).join('')}</spine></package>`,
    },
    toc,
    ...texts.map(({ file, body }) => ({
      name: `OEBPS/${file}`,
      data: `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>${body}</body></html>`,
    })),
    ...extra,
  ])
}
