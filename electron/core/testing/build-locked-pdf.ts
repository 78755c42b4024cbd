import { createHash } from 'node:crypto'

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
const FILE_ID = Buffer.alloc(16, 7)
const PERMISSIONS = -4

const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest()
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32)

/** Node's own is gone from OpenSSL 3; PDF's first security handler knows nothing else. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const s = Array.from({ length: 256 }, (_, i) => i)
  const at = (i: number) => s[i & 255] as number
  const swap = (i: number, j: number) => {
    const kept = at(i)
    s[i & 255] = at(j)
    s[j & 255] = kept
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] as number)) & 255
    swap(i, j)
  }
  let j = 0
  return Buffer.from(
    data.map((byte, n) => {
      const i = n + 1
      j = (j + at(i)) & 255
      swap(i, j)
      return byte ^ at(at(i) + at(j))
    }),
  )
}

/** A page of a locked file: a line of text, or a picture that fills it. */
export type LockedPage = string | { jpeg: Buffer; pixelWidth: number; pixelHeight: number }

const A4 = { width: 595, height: 842 }
const FONT = 4
/** Of a page: itself, what it draws, its picture. */
const OBJECTS_A_PAGE = 3

/** A PDF that opens with `password` alone: the standard security handler, revision 2 (ISO 32000-1, 7.6.3). */
export function buildLockedPdf(given: string | readonly LockedPage[], password: string): Buffer {
  const pages = typeof given === 'string' ? [given] : given
  const owner = rc4(md5(padded(password)).subarray(0, 5), padded(password))
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(PERMISSIONS)
  const key = md5(padded(password), owner, permissions, FILE_ID).subarray(0, 5)
  const user = rc4(key, PADDING)
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`
  const stream = (number: number, entries: string, bytes: Buffer) => {
    const locked = rc4(md5(key, Buffer.from([number & 255, number >> 8, 0, 0, 0])).subarray(0, 10), bytes)
    return `<< ${entries} /Length ${locked.length} >>\nstream\n${locked.toString('latin1')}\nendstream`
  }
  const pageObjects = pages.map((page, index) => {
    const [self, contents, picture] = [0, 1, 2].map((n) => FONT + 1 + index * OBJECTS_A_PAGE + n) as [
      number,
      number,
      number,
    ]
    const isText = typeof page === 'string'
    const drawing = isText ? `BT /F1 12 Tf 60 700 Td (${page}) Tj ET` : `q ${A4.width} 0 0 ${A4.height} 0 0 cm /P1 Do Q`
    const resources = isText ? `/Font << /F1 ${FONT} 0 R >>` : `/XObject << /P1 ${picture} 0 R >>`
    const size = isText ? '' : `/Width ${page.pixelWidth} /Height ${page.pixelHeight}`
    return {
      self,
      objects: [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.width} ${A4.height}] /Contents ${contents} 0 R /Resources << ${resources} >> >>`,
        stream(contents, '', Buffer.from(drawing, 'latin1')),
        isText
          ? 'null'
          : stream(
              picture,
              `/Type /XObject /Subtype /Image ${size} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
              page.jpeg,
            ),
      ],
    }
  })
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageObjects.map(({ self }) => `${self} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    `<< /Filter /Standard /V 1 /R 2 /O ${hex(owner)} /U ${hex(user)} /P ${PERMISSIONS} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pageObjects.flatMap((page) => page.objects),
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  for (const offset of offsets) file += `${String(offset).padStart(10, '0')} 00000 n \n`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Encrypt 3 0 R /ID [${hex(FILE_ID)} ${hex(FILE_ID)}] >>\n`
  return Buffer.from(`${file}startxref\n${start}\n%%EOF\n`, 'latin1')
}
