import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Document, ImportOutcome } from '#contract/documents.ts'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import { StudyError, toFailure } from '../errors.ts'
import type { Collections } from './collections.ts'
import { findFiles } from './find-files.ts'
import { sniffFile } from './sniff-media-type.ts'
import { type TakeInParts, takeInFile } from './take-in-file.ts'
import { unpackArchive } from './unpack-archive.ts'

export interface ImportFilesParts extends TakeInParts {
  collections: Pick<Collections, 'get' | 'ensure'>
  /** Throws `not-found`. */
  get: (input: { documentId: DocumentId }) => Document
  /** Blobs are shared by content: one is never put and deleted at the same time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
  sampleDir: string
  uploadsDir: string
}

interface GivenFile {
  path: string
  givenPath: string
}

type GivenUpload = { uploadId: string; fileName: string }

const SAMPLE_COLLECTION = 'Sample notes'

/** The procedures of documentsContract that bring files in: one outcome a file, the ones in archives included. */
export function makeImportFiles(parts: ImportFilesParts) {
  const { collections, get, inTurn } = parts

  function fromUpload({ uploadId, fileName }: GivenUpload): GivenFile {
    if (!/^[\w-]+$/.test(uploadId)) throw new StudyError('bad-input', 'That is not an upload. Add the file again.')
    return { path: join(parts.uploadsDir, uploadId), givenPath: tidyPath(fileName) }
  }

  /** Archives among the files are taken in as what is in them. */
  async function takeInAll(
    files: GivenFile[],
    collectionId: CollectionId | undefined,
    signal: AbortSignal | undefined,
  ): Promise<ImportOutcome[]> {
    const outcomes: ImportOutcome[] = []
    const takeIn = async (file: GivenFile) => {
      outcomes.push(await inTurn(() => takeInFile(parts, { ...file, collectionId }, signal)))
    }
    for (const file of files) {
      if (!(await isArchive(file))) {
        await takeIn(file)
        continue
      }
      for await (const item of unpackArchive(parts, file, signal)) {
        if ('duplicate' in item) outcomes.push(item)
        else await takeIn(item)
      }
    }
    return outcomes
  }

  /** What can't be told here is told of the file when it is taken in. */
  async function isArchive({ path, givenPath }: GivenFile): Promise<boolean> {
    return sniffFile(path, givenPath, parts.openArchive).then(
      (kind) => kind === 'application/zip',
      () => false,
    )
  }

  return {
    async importPaths(
      { paths, collectionId }: { paths: string[]; collectionId?: CollectionId | undefined },
      signal?: AbortSignal,
    ): Promise<ImportOutcome[]> {
      if (collectionId) collections.get(collectionId)
      const outcomes: ImportOutcome[] = []
      for (const path of paths) {
        try {
          const files = await findFiles(path)
          const incoming = files.map((file) => ({ path: file, givenPath: file }))
          outcomes.push(...(await takeInAll(incoming, collectionId, signal)))
        } catch (error) {
          signal?.throwIfAborted()
          outcomes.push({ path, duplicate: false, failure: toFailure(error) })
        }
      }
      return outcomes
    },

    async importUploads(
      { uploads, collectionId }: { uploads: GivenUpload[]; collectionId?: CollectionId | undefined },
      signal?: AbortSignal,
    ): Promise<ImportOutcome[]> {
      if (collectionId) collections.get(collectionId)
      const outcomes: ImportOutcome[] = []
      for (const given of uploads) {
        const upload = fromUpload(given)
        const taken = await takeInAll([upload], collectionId, signal)
        outcomes.push(...taken)
        // A full disk is no reason to send it all again.
        if (!taken.some(({ failure }) => failure?.code === 'disk-full')) await rm(upload.path, { force: true })
      }
      return outcomes
    },

    async importSample(signal?: AbortSignal): Promise<ImportOutcome[]> {
      const files = await findFiles(parts.sampleDir)
      const collectionId = collections.ensure(SAMPLE_COLLECTION)
      return takeInAll(
        files.map((path) => ({ path, givenPath: path })),
        collectionId,
        signal,
      )
    },

    /** Reads a file as the new version of a document, which stays as it is until the version is ready. */
    async replace(
      { documentId, file }: { documentId: DocumentId; file: { path: string } | GivenUpload },
      signal?: AbortSignal,
    ): Promise<ImportOutcome> {
      get({ documentId })
      const at = 'path' in file ? { path: file.path, givenPath: file.path } : fromUpload(file)
      const outcome = await inTurn(() =>
        takeInFile(parts, { ...at, collectionId: undefined, replacesId: documentId }, signal),
      )
      if ('uploadId' in file && outcome.failure?.code !== 'disk-full') await rm(at.path, { force: true })
      return outcome
    },
  }
}

/** An uploaded file's name with the folders it was dropped in, without steps that lead anywhere else. */
function tidyPath(fileName: string): string {
  const steps = fileName.split(/[\\/]/).filter((step) => step !== '' && step !== '.' && step !== '..')
  return steps.join('/') || 'file'
}
