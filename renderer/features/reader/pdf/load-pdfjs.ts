/** Where the hosts serve pdfjs's worker and its data (character maps, fonts, image decoders), under the page's origin. */
const PDFJS_PATH = '/pdfjs/'

export type PdfjsApi = typeof import('pdfjs-dist')
export type PdfjsViewer = typeof import('pdfjs-dist/web/pdf_viewer.mjs')

/** Loads pdfjs with the first document opened: it is four times the size of the rest of the page. */
export async function loadPdfjs(): Promise<{ api: PdfjsApi; viewer: PdfjsViewer }> {
  const api = await import('pdfjs-dist')
  // Not in parallel: the viewer reads the global that the first module sets.
  const viewer = await import('pdfjs-dist/web/pdf_viewer.mjs')
  api.GlobalWorkerOptions.workerSrc = `${PDFJS_PATH}pdf.worker.min.mjs`
  return { api, viewer }
}

/**
 * How files are opened. Without `wasmUrl` scans in JBIG2 and JPEG 2000 stay
 * blank with no error; without `cMapUrl` some files lose text. XFA forms, and
 * with them their scripts, stay off.
 */
export const DOCUMENT_OPTIONS = {
  verbosity: 0,
  cMapUrl: `${PDFJS_PATH}cmaps/`,
  standardFontDataUrl: `${PDFJS_PATH}standard_fonts/`,
  wasmUrl: `${PDFJS_PATH}wasm/`,
  iccUrl: `${PDFJS_PATH}iccs/`,
  useSystemFonts: false,
  enableXfa: false,
  maxImageSize: 100e6,
  // Only what is looked at is read: a book of 300 MB opens at once and is never held whole.
  disableAutoFetch: true,
  disableStream: true,
} as const
