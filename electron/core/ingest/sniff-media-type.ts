import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { isImage, type MediaType } from '#contract/documents.ts'
import { StudyError } from '../errors.ts'

/** By what a folder's files are chosen, and texts told apart. */
const EXTENSIONS: Record<string, MediaType> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.text': 'text/plain',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}

const MEBIBYTE = 1024 * 1024
/** A file is read whole: these fit into the memory of a small laptop. */
const MOST_BYTES: Record<MediaType, number> = {
  'application/pdf': 1024 * MEBIBYTE,
  'text/plain': 64 * MEBIBYTE,
  'text/markdown': 64 * MEBIBYTE,
  'image/png': 100 * MEBIBYTE,
  'image/jpeg': 100 * MEBIBYTE,
  'image/webp': 100 * MEBIBYTE,
}
/** PDF readers accept the header anywhere in here. */
const HEADER_BYTES = 1024

/** What a file's name says it is. */
export function mediaTypeOfName(fileName: string): MediaType | undefined {
  return EXTENSIONS[extname(fileName).toLowerCase()]
}

/**
 * What kind of file it is, by its content before its name. Throws StudyError:
 * file-missing, file-unreadable, file-empty, file-unsupported, file-too-large.
 */
export async function sniffMediaType(path: string, fileName: string): Promise<MediaType> {
  const { head, byteSize } = await readHead(path)
  if (byteSize === 0) {
    throw new StudyError(
      'file-empty',
      `${fileName} is an empty file. It was not added; there is nothing in it to read.`,
    )
  }
  const mediaType = signatureOf(head) ?? notAPicture(mediaTypeOfName(fileName))
  if (!mediaType) {
    throw new StudyError(
      'file-unsupported',
      `${fileName} is of a kind that Abhyas does not read. It was not added. PDF, plain text, Markdown and pictures ` +
        '(PNG, JPEG, WebP) can be: save it as one of these and import that.',
    )
  }
  if (byteSize > MOST_BYTES[mediaType]) {
    const mostMegabytes = MOST_BYTES[mediaType] / MEBIBYTE
    throw new StudyError(
      'file-too-large',
      `${fileName} is larger than ${mostMegabytes} MB. It was not added; split it into parts and import those.`,
    )
  }
  return mediaType
}

/** What the first bytes say beyond doubt. */
function signatureOf(head: Buffer): MediaType | undefined {
  if (head.subarray(0, 8).equals(PNG_SIGNATURE)) return 'image/png'
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg'
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  return head.includes('%PDF-') ? 'application/pdf' : undefined
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A picture has its signature or is none. */
function notAPicture(mediaType: MediaType | undefined): MediaType | undefined {
  return mediaType && isImage(mediaType) ? undefined : mediaType
}

async function readHead(path: string): Promise<{ head: Buffer; byteSize: number }> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
      return { head: buffer.subarray(0, bytesRead), byteSize: size }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explainFileError(error, path)
  }
}

/** What the system says of a file, as a person needs it. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new StudyError('file-missing', `There is no file ${path}. Nothing was added; check where it is now.`, {
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EIO' || code === 'EISDIR' || code === 'EBUSY') {
    return new StudyError(
      'file-unreadable',
      `${path} could not be read (${code}). It was not added; check that you may open it and that no other program holds it.`,
      { cause: error },
    )
  }
  return error
}
