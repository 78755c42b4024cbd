import { z } from 'zod'
import type { Document, OcrLanguage } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { StudyError, toFailure, toStudyError } from '../errors.ts'
import type { Effects, JobContext, JobDefinition, JobRequest, JobResult } from '../jobs/job-definition.ts'
import type { RecognisedPage, TextRecogniser } from '../ports.ts'
import { findDocument, updateDocument } from '../store/documents.rows.ts'
import { countJobsOfKind } from '../store/jobs.rows.ts'
import { findPage, type StoredPage } from '../store/pages.rows.ts'
import {
  countWantedPages,
  documentsToRecognise,
  forgetWantedPages,
  nextWantedPage,
  recognisedLanguageBefore,
} from '../store/recognition.rows.ts'
import { catchUpIndex, IMPORT_DOCUMENT, type ImportParts, LOCKED } from './import-document.ts'
import { LEAST_CONFIDENCE } from './read-in-best-language.ts'
import { replacePages, settleChunks } from './replace-pages.ts'
import { isHindi } from './wants-recognition.ts'

export const RECOGNISE_DOCUMENT = 'recognise-document'

const Payload = z.object({ documentId: DocumentId })
type Payload = z.infer<typeof Payload>
/** What is left is on the pages; only what a person is told is kept here. */
const Cursor = z.object({ done: z.number().int().nonnegative() })
type Cursor = z.infer<typeof Cursor>

export interface RecognitionParts
  extends Pick<
    ImportParts,
    'store' | 'blobs' | 'clock' | 'chunker' | 'passwords' | 'searchModel' | 'vectorsMissing' | 'changed' | 'log'
  > {
  recogniser: TextRecogniser
}

/** How often it is asked whether an import still runs. */
const LOOK_AGAIN_MS = 500
/** The index takes in what is new this often: each time costs its file. */
const INDEX_EVERY_PAGES = 20

/**
 * The job that reads a document's pages from their pictures, page after page in
 * order: recognise → chunk → embed, and then the page's text, boxes, passages and
 * vectors change together. Which pages are left is said by the pages themselves, so
 * none is done twice whatever ends a run. It steps aside for imports: text that is
 * there is searchable first. A locked file is opened with the password of its import,
 * as long as that is in memory; after that its pages wait until it is given again.
 */
export function makeRecogniseJob(parts: RecognitionParts): JobDefinition<Payload, Cursor> {
  return {
    kind: RECOGNISE_DOCUMENT,
    payload: Payload,
    cursor: Cursor,
    limit: 1,
    priority: 0,
    heavy: true,
    maxAttempts: 4,
    async run({ documentId }, context) {
      try {
        const result = await recogniseDocument(parts, documentId, context)
        if (result.type === 'done') parts.passwords.forget(documentId)
        return result
      } catch (error) {
        if (context.signal.aborted) throw error
        const failure = toStudyError(error)
        if (LOCKED.has(failure.code)) {
          parts.passwords.forget(documentId)
          return { type: 'done', effects: awaitPassword(parts, documentId) }
        }
        if (failure.code !== 'recognition-missing') return { type: 'retry', error: failure }
        parts.passwords.forget(documentId)
        return { type: 'park', error: failure }
      }
    },
    onAbandoned(db, { documentId }, { state }) {
      parts.passwords.forget(documentId)
      const document = findDocument(db, documentId)
      // In the trash, it may come back.
      if (!document) return
      forgetWantedPages(db, documentId)
      const isBare = document.status === 'ready' && document.chunkCount === 0
      updateDocument(db, documentId, {
        awaitsPassword: false,
        updatedAtMs: parts.clock.nowMs(),
        ...(isBare && (state === 'cancelled' ? { status: 'cancelled' } : endOfScan(document))),
      })
      queueMicrotask(() => parts.changed([documentId]))
    },
  }
}

/** The request to read a document's wanted pages. */
export function recogniseRequest(documentId: DocumentId, title: string): JobRequest<Payload> {
  return { kind: RECOGNISE_DOCUMENT, key: documentId, payload: { documentId }, title, documentId }
}

/** The requests for all that waits for recognition, asked at start-up: its data may not have been there before. */
export function recogniseMissingRequests({
  store,
  recogniser,
}: Pick<RecognitionParts, 'store' | 'recogniser'>): JobRequest<Payload>[] {
  if (recogniser.languages.length === 0) return []
  return documentsToRecognise(store.reader).map(({ documentId, title }) => recogniseRequest(documentId, title))
}

async function recogniseDocument(
  parts: RecognitionParts,
  documentId: DocumentId,
  context: JobContext<Cursor>,
): Promise<JobResult> {
  const { store, blobs } = parts
  const document = findDocument(store.reader, documentId)
  if (!document) return { type: 'done' }
  const path = blobs.pathOf(document.sha256)
  if (!path) {
    throw new StudyError(
      'file-missing',
      'The kept copy of this file is gone, so its pages can’t be recognised. Delete the document and import the file again.',
    )
  }
  let done = context.cursor?.done ?? 0
  const total = done + countWantedPages(store.reader, documentId)
  const tell = () => context.progress({ stage: 'recognise', done, total, unit: 'pages' })
  tell()

  const commit = (effects: Effects) => context.commit(effects, { done })

  let wanted = nextWantedPage(store.reader, documentId)
  do {
    while (wanted) {
      if (!(await stepAside(parts, context))) return { type: 'wait' }
      const page = await readPage(parts, { document, path, ...wanted }, context.signal)
      done++
      await replacePages(parts, documentId, [page], commit, context.signal)
      tell()
      if (done % INDEX_EVERY_PAGES === 0) await catchUp(parts)
      wanted = nextWantedPage(store.reader, documentId)
    }
    // Running headers, and headings that hold over pages, show only when all pages are there.
    await settleChunks(parts, documentId, commit, context.signal)
    await catchUp(parts)
    // More may have been asked for meanwhile.
    wanted = nextWantedPage(store.reader, documentId)
  } while (wanted)
  return {
    type: 'done',
    effects: (db) => {
      const found = findDocument(db, documentId)
      if (!found) return
      const failed = found.status === 'ready' && found.chunkCount === 0
      updateDocument(db, documentId, { updatedAtMs: parts.clock.nowMs(), ...(failed && endOfScan(found)) })
      queueMicrotask(() => {
        parts.changed([documentId])
        parts.vectorsMissing?.()
      })
    },
  }
}

async function catchUp({ searchModel, log }: RecognitionParts): Promise<void> {
  const model = searchModel()
  if (model) await catchUpIndex(model.index, log)
}

/** What a page is after its recognition, whatever came of it. */
async function readPage(
  parts: RecognitionParts,
  task: { document: Document; path: string; pageNumber: number; language: OcrLanguage | null },
  signal: AbortSignal,
): Promise<StoredPage> {
  const { document, path, pageNumber, language } = task
  const password = parts.passwords.get(document.id)
  const page = findPage(parts.store.reader, document.id, pageNumber)
  if (!page) throw new StudyError('not-found', `Page ${pageNumber} of this document is no longer there.`)
  const languages = language ? [language] : likelyLanguages(parts, document.id, page)
  try {
    const { mediaType } = document
    const request = { path, mediaType, pageNumber, languages, ...(password === undefined ? {} : { password }) }
    return afterReading(page, await parts.recogniser.recognise(request, signal))
  } catch (error) {
    return afterFailure(page, error)
  }
}

/**
 * Waits while imports run. False where one is kept from running because this is
 * (a small machine has room for one kind of heavy work): then this goes back into the queue, behind it.
 */
async function stepAside({ store, clock }: RecognitionParts, { signal }: JobContext<Cursor>): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted()
    const { running, ready } = countJobsOfKind(store.reader, IMPORT_DOCUMENT)
    if (running === 0 && ready === 0) return true
    await clock.sleep(LOOK_AGAIN_MS, signal)
    // It still does not run.
    if (running === 0 && countJobsOfKind(store.reader, IMPORT_DOCUMENT).running === 0) return false
  }
}

/**
 * What the page before was in, then the others. Hindi alone where the text layer says so: on a page half in English an
 * English reading may be the surer one, and would put nonsense in the place of the Hindi.
 */
function likelyLanguages({ store, recogniser }: RecognitionParts, documentId: DocumentId, page: StoredPage) {
  const { languages } = recogniser
  if (languages.length === 0) {
    throw new StudyError(
      'recognition-missing',
      'The data for recognising text is not installed. The document is kept; install Abhyas again to bring it back.',
    )
  }
  if (isHindi(page.text) && languages.includes('hin')) return ['hin' as const]
  const likely = recognisedLanguageBefore(store.reader, documentId, page.pageNumber)
  return [...languages].sort((a, b) => Number(b === likely) - Number(a === likely))
}

function afterReading(page: StoredPage, read: RecognisedPage): StoredPage {
  const { language, confidence, ...recognised } = read
  const { failure: _, ...before } = page
  const isSure = confidence >= LEAST_CONFIDENCE && recognised.text.trim() !== ''
  if (isSure) return { ...before, ...recognised, status: 'text', recognition: { state: 'done', language, confidence } }
  // No word at all on a page without text: a blank sheet, a picture.
  if (confidence === 0 && page.status !== 'text') {
    return { ...before, status: 'empty', recognition: { state: 'done', language } }
  }
  return { ...before, recognition: { state: 'refused', language, confidence } }
}

/** What one page does costs that page; what concerns them all is thrown. */
function afterFailure(page: StoredPage, error: unknown): StoredPage {
  if (!(error instanceof StudyError) || !OF_THE_PAGE.has(error.code)) throw error
  return { ...page, failure: toFailure(error), recognition: { state: 'failed' } }
}

const OF_THE_PAGE = new Set<StudyError['code']>(['page-timeout', 'file-damaged', 'file-empty'])

/** The pages stay wanted, and the document says what they wait for. */
function awaitPassword({ clock, changed }: RecognitionParts, documentId: DocumentId): Effects {
  return (db) => {
    if (!findDocument(db, documentId)) return
    updateDocument(db, documentId, { awaitsPassword: true, updatedAtMs: clock.nowMs() })
    queueMicrotask(() => changed([documentId]))
  }
}

/** How a document ends that has no text, whatever was tried. */
export function endOfScan({ pageCount, recognition }: Document) {
  const unread = recognition?.unreadPages.length ?? 0
  const message =
    unread === 0
      ? `${pageCount} ${pageCount === 1 ? 'page' : 'pages'}, and no text on any of them. The file is kept; there is nothing in it to search.`
      : `${pageCount} ${pageCount === 1 ? 'page' : 'pages'}, and none could be recognised well enough to be searched: ` +
        'handwriting, a faint copy or another script. The file is kept, and its pages can be looked at.'
  return { status: 'failed' as const, failure: { code: 'file-empty' as const, message } }
}
