import { open } from 'node:fs/promises'
import type { MediaType } from '#contract/documents.ts'
import { type FileKind, kindOfName } from '#contract/readable-files.ts'
import { StudyError } from '../errors.ts'
import type { OpenArchive } from '../ports.ts'

const MEBIBYTE = 1024 * 1024
/** A file is read whole (but for packed ones): these fit into the memory of a small laptop. */
const MOST_BYTES: Record<FileKind, number> = {
  'application/pdf': 1024 * MEBIBYTE,
  'text/plain': 64 * MEBIBYTE,
  'text/markdown': 64 * MEBIBYTE,
  'text/html': 64 * MEBIBYTE,
  'multipart/related': 128 * MEBIBYTE,
  'application/epub+zip': 1024 * MEBIBYTE,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 1024 * MEBIBYTE,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 1024 * MEBIBYTE,
  'image/png': 100 * MEBIBYTE,
  'image/jpeg': 100 * MEBIBYTE,
  'image/webp': 100 * MEBIBYTE,
  'application/zip': 4096 * MEBIBYTE,
}
/** PDF readers accept the header anywhere in here. */
const PDF_HEADER_BYTES = 1024
const HEAD_BYTES = 4096
/** A text of an unknown kind is taken for one if it is this long. */
const FEWEST_TEXT_BYTES = 16

/**
 * What kind of document a file is, by its content before its name. Throws
 * StudyError: file-missing, file-unreadable, file-empty, file-unsupported,
 * file-too-large, file-damaged, file-encrypted.
 */
export async function sniffMediaType(path: string, fileName: string, openArchive: OpenArchive): Promise<MediaType> {
  const kind = await sniffFile(path, fileName, openArchive)
  if (kind !== 'application/zip') return kind
  throw new StudyError(
    'file-unsupported',
    `${fileName} is a zip archive in a place where archives are not unpacked. Unpack it and import what was in it.`,
  )
}

/** The same, and archives are told too. */
export async function sniffFile(path: string, fileName: string, openArchive: OpenArchive): Promise<FileKind> {
  const { head, byteSize } = await readHead(path)
  if (byteSize === 0) {
    throw new StudyError(
      'file-empty',
      `${fileName} is an empty file. It was not added; there is nothing in it to read.`,
    )
  }
  const kind =
    signatureOf(head) ?? (isPacked(head) ? await kindOfPacked(path, fileName, openArchive) : textKind(head, fileName))
  if (!kind) throw unsupported(head, fileName)
  if (byteSize > MOST_BYTES[kind]) {
    const mostMegabytes = MOST_BYTES[kind] / MEBIBYTE
    throw new StudyError(
      'file-too-large',
      `${fileName} is larger than ${mostMegabytes} MB. It was not added; split it into parts and import those.`,
    )
  }
  return kind
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Word and PowerPoint before 2007, and any Office file with a password. */
const OLE_SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** What the first bytes say beyond doubt. */
function signatureOf(head: Buffer): MediaType | undefined {
  if (head.subarray(0, 8).equals(PNG_SIGNATURE)) return 'image/png'
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg'
  if (startsWith(head, 'RIFF') && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  // A PDF stored in an archive shows its header too.
  return !isPacked(head) && head.subarray(0, PDF_HEADER_BYTES).includes('%PDF-') ? 'application/pdf' : undefined
}

/** Begins with an entry of a zip archive, or is an empty one. */
function isPacked(head: Buffer): boolean {
  return startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06')
}

async function kindOfPacked(path: string, fileName: string, openArchive: OpenArchive): Promise<FileKind> {
  const archive = await openArchive(path)
  archive.close()
  const names = archive.entries.map(({ name }) => name)
  if (names.includes('META-INF/container.xml')) return 'application/epub+zip'
  if (names.includes('[Content_Types].xml')) {
    const holds = (folder: string) => names.some((name) => name.startsWith(folder))
    if (holds('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    if (holds('ppt/')) return 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
  }
  // Spreadsheets, LibreOffice's files and programs are zip archives too, but not of documents.
  const isOther =
    names.includes('[Content_Types].xml') ||
    names.includes('META-INF/manifest.xml') ||
    names.includes('META-INF/MANIFEST.MF')
  if (isOther) throw unsupported(Buffer.alloc(0), fileName)
  return 'application/zip'
}

/** Texts show what they are by how they begin, or not at all: then the name decides. */
function textKind(head: Buffer, fileName: string): MediaType | undefined {
  const named = kindOfName(fileName)
  const looksLikeText = isText(head)
  if (looksLikeText) {
    const beginning = head
      .toString('latin1')
      .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
      .replaceAll('\0', '')
    if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype html|<html)/i.test(beginning)) return 'text/html'
    if (/^[\w-]+:[\s\S]*^content-type:\s*multipart\/related/im.test(beginning)) return 'multipart/related'
  }
  if (named === 'text/plain' || named === 'text/markdown' || named === 'text/html') return named
  if (looksLikeText && head.length >= FEWEST_TEXT_BYTES && !startsWith(head, '{\\rtf')) return 'text/plain'
  // Damaged beyond its header, perhaps; what reads PDFs will tell.
  return named === 'application/pdf' ? named : undefined
}

/** UTF-8 without control characters, or UTF-16 with its mark; the head may end within a character. */
function isText(head: Buffer): boolean {
  if (startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff')) return true
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !/(?![\t\n\r\f])\p{Cc}/u.test(text)
  } catch {
    return false
  }
}

function startsWith(head: Buffer, signature: string): boolean {
  return head.toString('latin1', 0, signature.length) === signature
}

function unsupported(head: Buffer, fileName: string): StudyError {
  if (head.subarray(0, 8).equals(OLE_SIGNATURE)) {
    return new StudyError(
      'file-unsupported',
      `${fileName} is an Office file of the old kind (.doc, .ppt), or one with a password. It was not added. ` +
        'Open it in its program, save it as .docx, .pptx or PDF without a password, and import that.',
    )
  }
  return new StudyError(
    'file-unsupported',
    `${fileName} is of a kind that Abhyas does not read. It was not added. PDF, Word (.docx), PowerPoint (.pptx), EPUB, ` +
      'saved web pages, text, Markdown and pictures (PNG, JPEG, WebP) can be: save it as one of these and import that.',
  )
}

async function readHead(path: string): Promise<{ head: Buffer; byteSize: number }> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
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
