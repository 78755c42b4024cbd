import { open } from 'node:fs/promises'

const PIECE_BYTES = 1 << 20

/**
 * A file's bytes, a piece after the other, all in one buffer: each piece is overwritten by the next. A stream makes a
 * buffer for each, which for a file of hundreds of megabytes stay in memory until they are collected. Errors are those of fs.
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = new Uint8Array(PIECE_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
