import type { MediaType } from './documents.ts'

/** What a file can be: a document, or an archive of documents. */
export type FileKind = MediaType | 'application/zip'

/** What is read, by the ends of file names: for file dialogs and folders. What a file really is its content says. */
export const READABLE_ENDINGS: Readonly<Record<string, FileKind>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  epub: 'application/epub+zip',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  mhtml: 'multipart/related',
  mht: 'multipart/related',
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  zip: 'application/zip',
}

/** What a file's name says it is; undefined for an end that is not known. */
export function kindOfName(fileName: string): FileKind | undefined {
  const ending = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(READABLE_ENDINGS, ending) ? READABLE_ENDINGS[ending] : undefined
}
