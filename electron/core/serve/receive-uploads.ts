import { readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StudyError } from '../errors.ts'
import type { Ids } from '../ports.ts'

/** Larger than any book; a bound, so that a runaway page can't fill the disk. */
export const MOST_UPLOAD_BYTES = 2 * 1024 ** 3

/** How far an upload is. `uploadId` names a file of the uploads folder once `complete`. */
export interface UploadState {
  uploadId: string
  receivedBytes: number
  complete: boolean
}

export interface UploadReceiver {
  /** Takes a whole file, or its first part when `byteSize` says that more will come. */
  begin(body: AsyncIterable<Uint8Array>, byteSize?: number): Promise<UploadState>
  /** Takes the part that begins at `offset`, which is where the last one ended. */
  append(uploadId: string, offset: number, body: AsyncIterable<Uint8Array>): Promise<UploadState>
  /** Forgets an upload, complete or not; unknown ones are no error. */
  abandon(uploadId: string): Promise<void>
}

interface Unfinished {
  receivedBytes: number
  byteSize: number | undefined
  busy: boolean
}

/**
 * Files on their way in from a page. A file is written as `<id>.part` and becomes
 * `<id>` only when it is whole and on the disk (fsync, rename), ready to be imported.
 * What an earlier run left here belongs to no page any more and is removed.
 *
 * Parts rather than one long request, because they tell progress, can be stopped,
 * and reach Electron's custom schemes, where a request body that is a file or a
 * stream does not arrive (Chromium's XMLHttpRequest sends none at all to them).
 *
 * Throws StudyError: bad-input, not-found, file-too-large, disk-full.
 */
export function receiveUploads({
  dir,
  ids,
  mostBytes = MOST_UPLOAD_BYTES,
}: {
  dir: string
  ids: Ids
  mostBytes?: number
}): UploadReceiver {
  const unfinished = new Map<string, Unfinished>()
  const complete = new Set<string>()
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true })
  const partOf = (uploadId: string) => join(dir, `${uploadId}.part`)

  async function take(uploadId: string, upload: Unfinished, body: AsyncIterable<Uint8Array>): Promise<UploadState> {
    const limit = upload.byteSize ?? mostBytes
    const file = await open(partOf(uploadId), upload.receivedBytes === 0 ? 'w' : 'r+', 0o600)
    try {
      // Counted only when the whole part is written: a part that broke off is simply sent again.
      let position = upload.receivedBytes
      for await (const piece of body) {
        if (position + piece.length > limit) throw upload.byteSize === undefined ? tooLarge(mostBytes) : tooMuch()
        await writeFully(file, piece, position)
        position += piece.length
      }
      upload.receivedBytes = position
      const isWhole = upload.byteSize === undefined || position === upload.byteSize
      if (!isWhole) return { uploadId, receivedBytes: position, complete: false }
      await file.truncate(position)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partOf(uploadId), join(dir, uploadId))
    unfinished.delete(uploadId)
    complete.add(uploadId)
    return { uploadId, receivedBytes: upload.receivedBytes, complete: true }
  }

  async function abandon(uploadId: string): Promise<void> {
    if (unfinished.delete(uploadId)) await rm(partOf(uploadId), { force: true })
    if (complete.delete(uploadId)) await rm(join(dir, uploadId), { force: true })
  }

  return {
    async begin(body, byteSize) {
      if ((byteSize ?? 0) > mostBytes) throw tooLarge(mostBytes)
      const uploadId = ids.next()
      const upload: Unfinished = { receivedBytes: 0, byteSize, busy: true }
      unfinished.set(uploadId, upload)
      try {
        return await take(uploadId, upload, body)
      } catch (error) {
        await abandon(uploadId)
        throw error
      } finally {
        upload.busy = false
      }
    },
    async append(uploadId, offset, body) {
      const upload = unfinished.get(uploadId)
      if (!upload) throw new StudyError('not-found', 'That upload is not known any more. Add the file again.')
      if (upload.busy || offset !== upload.receivedBytes) {
        throw new StudyError('bad-input', `This upload goes on at byte ${upload.receivedBytes}. Nothing was written.`)
      }
      upload.busy = true
      try {
        return await take(uploadId, upload, body)
      } finally {
        upload.busy = false
      }
    },
    abandon,
  }
}

/** A short write is allowed by the system and must go on where it stopped. */
async function writeFully(file: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  let writtenBytes = 0
  while (writtenBytes < piece.length) {
    const { bytesWritten } = await file.write(piece, writtenBytes, piece.length - writtenBytes, position + writtenBytes)
    writtenBytes += bytesWritten
  }
}

function tooLarge(mostBytes: number): StudyError {
  const mostMegabytes = Math.round(mostBytes / 1024 ** 2)
  return new StudyError(
    'file-too-large',
    `A file may have at most ${mostMegabytes} MB. It was not added; split it first.`,
  )
}

function tooMuch(): StudyError {
  return new StudyError('bad-input', 'More arrived than the upload said it would be. Add the file again.')
}
