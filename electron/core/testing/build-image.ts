import { crc32, deflateSync } from 'node:zlib'

/** A grey PNG of so many pixels. */
export function buildPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8 // bits a sample; the zeros after it say greyscale, no interlace
  const rows = Buffer.alloc((width + 1) * height, 200)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** The header of a JPEG, enough to tell its size; `orientation` as a camera writes it (Exif). */
export function jpegHeader(width: number, height: number, orientation?: number): Buffer {
  const exif =
    orientation === undefined
      ? []
      : [0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01', 'latin1')].concat(
          [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
          [0, 0, 0, 0],
        )
  const frame = [0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3]
  return Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, ...exif, ...frame, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

/** The header of a WebP in its plain (lossy) form. */
export function webpHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.write('RIFF\0\0\0\0WEBPVP8 ', 'latin1')
  bytes.writeUInt16LE(width, 26)
  bytes.writeUInt16LE(height, 28)
  return bytes
}
