import { useEffect, useState } from 'react'
import type { DocumentId } from '#contract/ids.ts'
import { fileUrl } from '../../../client/index.ts'

/** A picture on its way to the screen. */
export type Picture =
  | { phase: 'loading' }
  | { phase: 'ready'; url: string; width: number; height: number }
  | { phase: 'failed'; reason: string }

/** Fetches a document's picture and decodes it; `attempt` counts the tries. Sizes are pixels as shown. */
export function usePicture(documentId: DocumentId, attempt: number): Picture {
  const [picture, setPicture] = useState<Picture>({ phase: 'loading' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt fetches anew
  useEffect(() => {
    const abort = new AbortController()
    let url: string | undefined
    const load = async () => {
      const file = fileUrl(documentId)
      const response = await fetch(file.url, { headers: file.headers, signal: abort.signal })
      if (!response.ok) throw new Error(`The file was answered with ${response.status}.`)
      const blob = await response.blob()
      abort.signal.throwIfAborted()
      url = URL.createObjectURL(blob)
      const image = new Image()
      image.src = url
      await image.decode()
      abort.signal.throwIfAborted()
      setPicture({ phase: 'ready', url, width: image.naturalWidth, height: image.naturalHeight })
    }
    setPicture({ phase: 'loading' })
    load().catch((error) => {
      if (!abort.signal.aborted) setPicture({ phase: 'failed', reason: String(error) })
    })
    return () => {
      abort.abort()
      if (url) URL.revokeObjectURL(url)
    }
  }, [documentId, attempt])
  return picture
}
