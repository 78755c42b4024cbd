import { z } from 'zod'
import { Failure } from '#contract/errors.ts'
import { FailureError } from './failure-of.ts'
import { ConnectionLostError } from './transport.ts'

/** One request's share of a file: often enough for a smooth progress bar, seldom enough to be quick. */
export const SLICE_BYTES = 4 * 1024 * 1024

const UploadState = z.object({ uploadId: z.string(), receivedBytes: z.number(), complete: z.boolean() })
type UploadState = z.infer<typeof UploadState>

export interface UploadedFile {
  uploadId: string
  fileName: string
}

export interface UploadFilesOptions {
  /** The page's own; the routes are under it. */
  origin: string
  headers: () => Record<string, string>
  fetch?: typeof globalThis.fetch
}

export type UploadFiles = (
  files: readonly File[],
  /** Bytes of all files together. */
  onProgress?: (doneBytes: number, totalBytes: number) => void,
  signal?: AbortSignal,
) => Promise<UploadedFile[]>

/**
 * Sends files to the host one after another, for `documents.importUploads`. Each
 * goes in slices, which reach the web host and Electron's scheme alike. All or
 * nothing: when one fails or the signal aborts, what was sent is taken back.
 * Throws FailureError, ConnectionLostError, or the signal's reason.
 */
export function makeUploadFiles({ origin, headers, fetch = globalThis.fetch }: UploadFilesOptions): UploadFiles {
  async function send(
    method: string,
    path: string,
    more: Record<string, string>,
    init: RequestInit,
  ): Promise<Response> {
    try {
      // Called as a plain function: a browser's fetch refuses any other `this`.
      return await fetch(`${origin}${path}`, { ...init, method, headers: { ...headers(), ...more } })
    } catch (cause) {
      init.signal?.throwIfAborted()
      throw new ConnectionLostError({ cause })
    }
  }

  async function sendSlice(file: File, state: UploadState | undefined, signal?: AbortSignal): Promise<UploadState> {
    const start = state?.receivedBytes ?? 0
    const body = await read(file.slice(start, start + SLICE_BYTES), file.name)
    const response = state
      ? await send('PATCH', `/uploads/${state.uploadId}`, { 'upload-offset': String(start) }, { body, signal })
      : await send('POST', '/uploads', { 'upload-length': String(file.size) }, { body, signal })
    if (!response.ok) throw await readFailure(response)
    return UploadState.parse(await response.json())
  }

  return async (files, onProgress, signal) => {
    const totalBytes = files.reduce((sum, file) => sum + file.size, 0)
    const begun: UploadedFile[] = []
    let doneBytes = 0
    try {
      for (const file of files) {
        let state: UploadState | undefined
        do {
          signal?.throwIfAborted()
          const before: number = state?.receivedBytes ?? 0
          const isFirst = state === undefined
          state = await sendSlice(file, state, signal)
          if (isFirst) begun.push({ uploadId: state.uploadId, fileName: file.name })
          doneBytes += state.receivedBytes - before
          onProgress?.(doneBytes, totalBytes)
        } while (!state.complete)
      }
      return begun
    } catch (error) {
      // Best effort: what cannot be taken back now is removed at the next start.
      await Promise.allSettled(begun.map(({ uploadId }) => send('DELETE', `/uploads/${uploadId}`, {}, {})))
      throw error
    }
  }
}

async function read(slice: Blob, fileName: string): Promise<ArrayBuffer> {
  try {
    return await slice.arrayBuffer()
  } catch (cause) {
    throw new FailureError(
      { code: 'file-unreadable', message: `${fileName} could not be read. Nothing was added; choose it again.` },
      { cause },
    )
  }
}

async function readFailure(response: Response): Promise<Error> {
  const body = z.object({ error: Failure }).safeParse(await response.json().catch(() => undefined))
  if (body.success) return new FailureError(body.data.error)
  return new FailureError({ code: 'internal', message: `The app answered ${response.status} to an upload.` })
}
