import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Addresses in the engine's memory; 0 is none. */
type Pointer = number

/** PDFium's public C functions (fpdfview.h, fpdf_text.h, fpdf_edit.h) that are called here. Booleans are 0 or 1. */
export interface PdfiumFunctions {
  memory: WebAssembly.Memory
  malloc(byteSize: number): Pointer
  free(address: Pointer): void
  PDFium_Init(): void
  FPDF_LoadMemDocument(bytes: Pointer, byteSize: number, password: Pointer): Pointer
  FPDF_DocumentHasValidCrossReferenceTable(document: Pointer): number
  FPDF_GetPageCount(document: Pointer): number
  FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, byteSize: number): number
  FPDF_CloseDocument(document: Pointer): void
  FPDF_LoadPage(document: Pointer, index: number): Pointer
  FPDF_GetPageBoundingBox(page: Pointer, rectangle: Pointer): number
  FPDFPage_GetRotation(page: Pointer): number
  FPDFPage_CountObjects(page: Pointer): number
  FPDFPage_GetObject(page: Pointer, index: number): Pointer
  FPDFPageObj_GetType(object: Pointer): number
  FPDFFormObj_CountObjects(form: Pointer): number
  FPDFFormObj_GetObject(form: Pointer, index: number): Pointer
  FPDFImageObj_GetImagePixelSize(image: Pointer, width: Pointer, height: Pointer): number
  FPDF_ClosePage(page: Pointer): void
  FPDFText_LoadPage(page: Pointer): Pointer
  FPDFText_ClosePage(text: Pointer): void
  FPDFText_CountChars(text: Pointer): number
  FPDFText_GetUnicode(text: Pointer, index: number): number
  FPDFText_IsGenerated(text: Pointer, index: number): number
  FPDFText_IsHyphen(text: Pointer, index: number): number
  FPDFText_GetTextObject(text: Pointer, index: number): Pointer
  FPDFText_GetFontSize(text: Pointer, index: number): number
  FPDFText_GetMatrix(text: Pointer, index: number, matrix: Pointer): number
  FPDFText_GetCharOrigin(text: Pointer, index: number, x: Pointer, y: Pointer): number
  FPDFText_GetLooseCharBox(text: Pointer, index: number, rectangle: Pointer): number
  FPDFText_GetCharBox(
    text: Pointer,
    index: number,
    left: Pointer,
    right: Pointer,
    bottom: Pointer,
    top: Pointer,
  ): number
  FPDFTextObj_GetFont(object: Pointer): Pointer
  FPDFFont_GetAscent(font: Pointer, size: number, ascent: Pointer): number
  FPDFFont_GetDescent(font: Pointer, size: number, descent: Pointer): number
}

export interface PdfiumEngine {
  functions: PdfiumFunctions
  /** Where functions write what they find: 64 bytes. */
  scratch: Pointer
  /** What is written there; good until the next call of a function. */
  floats(): Float32Array
  doubles(): Float64Array
  uints(): Uint32Array
  /** Bytes of memory it has taken; it gives none back. */
  byteSize(): number
  /** Reads a file into the engine's memory and opens it. Undefined where PDFium can't. */
  openFile(path: string, password: string | undefined): { document: Pointer; close(): void } | undefined
}

const SCRATCH_BYTES = 64

/**
 * PDFium compiled to WebAssembly (npm @hyzyla/pdfium: PDFium as it is, no JavaScript or
 * XFA in it, at most 2 GiB of memory), called function by function: the package's own
 * `getText` keeps every page. A document that makes it abort takes the engine with it:
 * then it throws WebAssembly.RuntimeError and is to be given up.
 */
export async function startPdfium(): Promise<PdfiumEngine> {
  const { PDFiumModule } = await import('@hyzyla/pdfium')
  const wasmPath = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')
  let exported: WebAssembly.Exports | undefined
  await PDFiumModule({
    // The exports themselves: the package wraps each in a check of its arguments, for every letter of a page.
    instantiateWasm(imports, done) {
      const module = new WebAssembly.Module(readFileSync(wasmPath))
      const instance = new WebAssembly.Instance(module, imports)
      exported = instance.exports
      done(instance as never)
      return instance.exports
    },
  })
  const functions = exported as unknown as PdfiumFunctions
  functions.PDFium_Init()
  const scratch = functions.malloc(SCRATCH_BYTES)
  const view = () => ({
    floats: new Float32Array(functions.memory.buffer, scratch, SCRATCH_BYTES / 4),
    doubles: new Float64Array(functions.memory.buffer, scratch, SCRATCH_BYTES / 8),
    uints: new Uint32Array(functions.memory.buffer, scratch, SCRATCH_BYTES / 4),
  })
  let views = view()
  /** The memory's buffer is another one when it has grown. */
  const current = () => {
    if (views.floats.length === 0) views = view()
    return views
  }

  return {
    functions,
    scratch,
    floats: () => current().floats,
    doubles: () => current().doubles,
    uints: () => current().uints,
    byteSize: () => functions.memory.buffer.byteLength,
    openFile(path, password) {
      const bytes = readInto(functions, path)
      const secret = password === undefined ? undefined : writeText(functions, password)
      const document = functions.FPDF_LoadMemDocument(bytes.address, bytes.byteSize, secret?.address ?? 0)
      secret?.wipe()
      if (!document) {
        functions.free(bytes.address)
        return undefined
      }
      return {
        document,
        close() {
          functions.FPDF_CloseDocument(document)
          functions.free(bytes.address)
        },
      }
    },
  }
}

/** A file's bytes in the engine's memory, with no copy of them outside it. */
function readInto(functions: PdfiumFunctions, path: string): { address: Pointer; byteSize: number } {
  const descriptor = openSync(path, 'r')
  try {
    const byteSize = fstatSync(descriptor).size
    const address = functions.malloc(byteSize)
    if (!address) throw new RangeError(`PDFium has no room for ${byteSize} bytes.`)
    let done = 0
    while (done < byteSize) {
      const memory = new Uint8Array(functions.memory.buffer, address + done, byteSize - done)
      const count = readSync(descriptor, memory, 0, memory.length, done)
      if (count === 0) break
      done += count
    }
    return { address, byteSize: done }
  } finally {
    closeSync(descriptor)
  }
}

/** In UTF-8 with a zero at its end. */
function writeText(functions: PdfiumFunctions, text: string): { address: Pointer; wipe(): void } {
  const bytes = Buffer.from(`${text}\0`)
  const address = functions.malloc(bytes.length)
  const memory = () => new Uint8Array(functions.memory.buffer, address, bytes.length)
  memory().set(bytes)
  return {
    address,
    wipe() {
      memory().fill(0)
      functions.free(address)
    },
  }
}
