import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist'
import { withoutAttachmentLock } from '#contract/attachment-lock.ts'
import { StudyError } from '../errors.ts'

type Pdfjs = typeof import('pdfjs-dist')

/** A document that pdf.js has opened on the calling thread. */
export interface OpenedPdf {
  pdfjs: Pdfjs
  document: PDFDocumentProxy
  close: PDFDocumentLoadingTask['destroy']
}

/**
 * Opens a PDF with all that pdf.js needs beside it, so that nothing is fetched and
 * no scan comes out blank. Images of more than `maxImagePixels` are left out. A
 * file of which attachments alone are locked needs no password.
 * Throws StudyError: file-unreadable, file-encrypted, wrong-password, file-damaged, file-empty.
 */
export async function openPdfjs(
  path: string,
  { maxImagePixels, password }: { maxImagePixels: number; password?: string },
): Promise<OpenedPdf> {
  const pdfjs = await loadPdfjs()
  const bytes = await readBytes(path)
  try {
    return await openBytes(pdfjs, bytes, { maxImagePixels, password })
  } catch (error) {
    const isLocked = error instanceof StudyError && error.code === 'file-encrypted'
    const unlocked = isLocked ? withoutAttachmentLock(await readBytes(path)) : undefined
    if (!unlocked) throw error
    return await openBytes(pdfjs, unlocked, { maxImagePixels })
  }
}

/** `data` is pdf.js's from then on. */
async function openBytes(
  pdfjs: Pdfjs,
  data: Uint8Array,
  { maxImagePixels, password }: { maxImagePixels: number; password?: string | undefined },
): Promise<OpenedPdf> {
  const root = `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/`
  const task = pdfjs.getDocument({
    data,
    verbosity: 0,
    cMapUrl: `${root}cmaps/`,
    standardFontDataUrl: `${root}standard_fonts/`,
    wasmUrl: `${root}wasm/`,
    iccUrl: `${root}iccs/`,
    useSystemFonts: false,
    disableFontFace: true,
    maxImageSize: maxImagePixels,
    ...(password === undefined ? {} : { password }),
  })
  try {
    const document = await task.promise
    if (document.numPages === 0) throw emptyFile()
    return { pdfjs, document, close: () => task.destroy() }
  } catch (error) {
    await task.destroy()
    throw explainOpenFailure(pdfjs, error)
  }
}

/** In the main process of Electron pdf.js takes a thread with `process.type` set for a browser's: here it never is one. */
async function loadPdfjs(): Promise<Pdfjs> {
  if (process.versions.electron) Object.defineProperty(process, 'type', { value: 'browser', configurable: true })
  // Both halves run in this thread; told so, pdf.js need not find the second one by a path of its own.
  const globals = globalThis as { pdfjsWorker?: unknown }
  if (!globals.pdfjsWorker) outliveUnheardRejections()
  // @ts-expect-error the package has no types for this entry
  globals.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return (await import('pdfjs-dist/legacy/build/pdf.mjs')) as Pdfjs
}

/**
 * Of a damaged file, pdf.js rejects promises of its own that nobody listens to, beside the one that was asked for; some
 * only when the file is closed. Node ends a thread for that, and with it the page, or the next document.
 */
function outliveUnheardRejections(): void {
  if (!isMainThread) process.on('unhandledRejection', () => {})
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path)
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
  } catch (cause) {
    throw new StudyError(
      'file-unreadable',
      'The kept copy of this file could not be read. Delete the document and import the file again.',
      { cause },
    )
  }
}

function emptyFile(): StudyError {
  return new StudyError('file-empty', 'This PDF has no pages. The file was kept; there is nothing in it to read.')
}

function explainOpenFailure(pdfjs: Pdfjs, error: unknown): unknown {
  if (error instanceof StudyError) return error
  if (error instanceof pdfjs.PasswordException) {
    if (error.code === pdfjs.PasswordResponses.INCORRECT_PASSWORD) {
      return new StudyError(
        'wrong-password',
        'That is not the password of this PDF. Nothing was read; try another one.',
      )
    }
    return new StudyError(
      'file-encrypted',
      'This PDF is locked with a password, so nothing in it was read. The file was kept. ' +
        'Enter its password to import it; the password is used for that alone and not kept.',
    )
  }
  return new StudyError(
    'file-damaged',
    'This PDF is damaged and could not be opened, so nothing in it was read. ' +
      'The file was kept as it is. Download or copy it again and import that copy.',
    { cause: error },
  )
}
