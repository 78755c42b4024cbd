import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Failure } from './errors.ts'
import { CollectionId, DocumentId, JobId } from './ids.ts'

/** What the library can read. */
export const MediaType = z.enum([
  'application/pdf',
  'text/plain',
  'text/markdown',
  'text/html',
  'multipart/related',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'image/png',
  'image/jpeg',
  'image/webp',
])
export type MediaType = z.infer<typeof MediaType>

/** One picture is one page. */
export function isImage(mediaType: MediaType): boolean {
  return mediaType.startsWith('image/')
}

/** Languages whose letters can be recognised on scans; one a page. */
export const OcrLanguage = z.enum(['eng', 'hin'])
export type OcrLanguage = z.infer<typeof OcrLanguage>

/**
 * wanted: the page is to be read from its picture · done: its text was recognised ·
 * refused: too unsure to be taken for text (handwriting, a faint copy) · failed: it took too long, or broke.
 */
export const RecognitionState = z.enum(['wanted', 'done', 'refused', 'failed'])
export type RecognitionState = z.infer<typeof RecognitionState>

export const Recognition = z.object({
  state: RecognitionState,
  language: OcrLanguage.optional(),
  /** Mean of its words, 0 to 100; absent where nothing was read. */
  confidence: z.number().optional(),
})
export type Recognition = z.infer<typeof Recognition>

/** How far the recognition of a document is. */
export const DocumentRecognition = z.object({
  waitingCount: z.number().int(),
  doneCount: z.number().int(),
  /** Mean of the pages done, 0 to 100. */
  confidence: z.number().optional(),
  /** Pages that could not be recognised, from 1, in order. */
  unreadPages: z.array(z.number().int()),
  /** The file is locked and its password, which is kept nowhere, is gone: the waiting pages are read when it is given again. */
  awaitsPassword: z.literal(true).optional(),
})
export type DocumentRecognition = z.infer<typeof DocumentRecognition>

/** `ready` is searchable; a `failed` or `cancelled` document keeps its file and can be tried again. */
export const DocumentStatus = z.enum(['queued', 'importing', 'ready', 'failed', 'cancelled'])
export type DocumentStatus = z.infer<typeof DocumentStatus>

export const Document = z.object({
  id: DocumentId,
  title: z.string(),
  /** The file as it was given to import. */
  path: z.string(),
  /** Of the file's bytes, hex. */
  sha256: z.string(),
  mediaType: MediaType,
  byteSize: z.number().int(),
  /** 0 until the file was opened. */
  pageCount: z.number().int(),
  chunkCount: z.number().int(),
  /** Pages without readable text: scans that await OCR, or pages that failed. */
  unreadablePageCount: z.number().int(),
  /** Absent where no page needs it. */
  recognition: DocumentRecognition.optional(),
  status: DocumentStatus,
  failure: Failure.optional(),
  collectionId: CollectionId.optional(),
  /** A newer file for it is being read, or could not be: until it is ready this one stays as it is. */
  newVersion: z.object({ status: DocumentStatus, failure: Failure.optional() }).optional(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type Document = z.infer<typeof Document>

export const Collection = z.object({
  id: CollectionId,
  name: z.string(),
  documentCount: z.number().int(),
})
export type Collection = z.infer<typeof Collection>

/** What became of one file given to import. */
export const ImportOutcome = z.object({
  path: z.string(),
  /** Absent when the file could not be taken in at all (missing, unreadable, unsupported). */
  document: Document.optional(),
  jobId: JobId.optional(),
  /** The same bytes were in the library already. */
  duplicate: z.boolean(),
  /** The file at this path has changed: it will take the document's place when it has been read. */
  newVersion: z.boolean().optional(),
  failure: Failure.optional(),
})
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** A rectangle on a page: points from the top left of the page as shown (CropBox, rotation applied). */
export const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Box = z.infer<typeof Box>

/**
 * What a person calls a page where its number says nothing: the chapter or heading it
 * stands under (`part` counts the pages of a long one from 1), or the slide it is.
 */
export const PageLabel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('section'), title: z.string(), part: z.number().int().positive().optional() }),
  z.object({ kind: z.literal('slide'), number: z.number().int().positive() }),
])
export type PageLabel = z.infer<typeof PageLabel>

/** One page as the reader and the text view need it. */
export const Page = z.object({
  documentId: DocumentId,
  /** The file's own page, from 1. */
  pageNumber: z.number().int().positive(),
  /** Points; 0 for formats without a page size. A picture's pixels count as 1/96 inch, so 0.75 points. */
  width: z.number(),
  height: z.number(),
  text: z.string(),
  /** Its headings in the text, as [start, length, level from 1, …]. */
  headings: z.array(z.number()),
  label: PageLabel.optional(),
  /** Absent for a page with a text layer of its own. */
  recognition: Recognition.optional(),
})
export type Page = z.infer<typeof Page>

/** Offsets into a page's text and the boxes they cover. */
export const Highlight = z.object({
  pageNumber: z.number().int().positive(),
  startOffset: z.number().int().nonnegative(),
  endOffset: z.number().int().nonnegative(),
  boxes: z.array(Box),
})
export type Highlight = z.infer<typeof Highlight>

export const documentsContract = {
  /** All documents, newest first. */
  list: oc.output(z.array(Document)),
  get: oc.input(z.object({ documentId: DocumentId })).output(Document),
  /** Takes in files uploaded before through the host's upload route. */
  importUploads: oc
    .input(
      z.object({
        uploads: z.array(z.object({ uploadId: z.string(), fileName: z.string().min(1) })).min(1),
        collectionId: CollectionId.optional(),
      }),
    )
    .output(z.array(ImportOutcome)),
  /** Imports the study notes that ship with the app. */
  importSample: oc.output(z.array(ImportOutcome)),
  /** Reads a file, given by its path or uploaded before, as the new version of a document. */
  replace: oc
    .input(
      z.object({
        documentId: DocumentId,
        file: z.union([
          z.object({ path: z.string().min(1) }),
          z.object({ uploadId: z.string(), fileName: z.string().min(1) }),
        ]),
      }),
    )
    .output(ImportOutcome),
  /** Queues a failed or cancelled document again; finished pages are not read twice. */
  retry: oc.input(z.object({ documentId: DocumentId })).output(Document),
  /**
   * Imports a document that is locked (`file-encrypted`) with its password, or goes on to recognise its scans where they
   * wait for it. The password is in memory until that is done, and kept nowhere. Fails with `wrong-password`.
   */
  unlock: oc.input(z.object({ documentId: DocumentId, password: z.string().min(1).max(1000) })).output(Document),
  /**
   * Reads pages from their pictures (again), in a language of the person's choice or in whichever fits: one page,
   * or all of a document whose text is recognised or is none. What they say now stays until it is replaced.
   */
  recognise: oc
    .input(
      z.object({
        documentId: DocumentId,
        pageNumber: z.number().int().positive().optional(),
        language: OcrLanguage.optional(),
      }),
    )
    .output(Document),
  /** Stops the import of a document and its recognition; what was read is kept. */
  cancel: oc.input(z.object({ documentId: DocumentId })).output(Document),
  rename: oc.input(z.object({ documentId: DocumentId, title: z.string().trim().min(1).max(300) })).output(Document),
  move: oc.input(z.object({ documentIds: z.array(DocumentId), collectionId: CollectionId.nullable() })),
  /** Takes documents out of sight, and after an hour removes them with all that was derived from them. */
  delete: oc.input(z.object({ documentIds: z.array(DocumentId).min(1) })),
  /** Undoes a deletion of the last hour. Fails with `not-found` after it. */
  restore: oc.input(z.object({ documentIds: z.array(DocumentId).min(1) })).output(z.array(Document)),
  page: oc.input(z.object({ documentId: DocumentId, pageNumber: z.number().int().positive() })).output(Page),
  /** The page was in view long enough to be read: what "this week" means to quizzes. */
  markRead: oc.input(z.object({ documentId: DocumentId, pageNumber: z.number().int().positive() })),
  /** The boxes of a stretch of a page's text. */
  highlight: oc
    .input(
      z.object({
        documentId: DocumentId,
        pageNumber: z.number().int().positive(),
        startOffset: z.number().int().nonnegative(),
        endOffset: z.number().int().nonnegative(),
      }),
    )
    .output(Highlight),
  collections: oc.output(z.array(Collection)),
  createCollection: oc.input(z.object({ name: z.string().trim().min(1).max(100) })).output(Collection),
  renameCollection: oc
    .input(z.object({ collectionId: CollectionId, name: z.string().trim().min(1).max(100) }))
    .output(Collection),
  /** Its documents stay, without a collection. */
  deleteCollection: oc.input(z.object({ collectionId: CollectionId })),
  /** Ids of documents that were added, changed or removed, as it happens. */
  changes: oc.output(eventIterator(z.object({ documentIds: z.array(DocumentId) }))),
}
