import { type RefObject, useEffect, useState } from 'react'
import type { DocumentId } from '#contract/ids.ts'
import { fileUrl } from '../../../client/index.ts'
import type { Zoom } from '../zoom.ts'
import { openPdfView } from './open-pdf-view.ts'
import type { PdfView } from './pdf-view.ts'

/** Opens a document's PDF in the page for as long as it is shown. */
export function usePdfView(options: {
  documentId: DocumentId
  container: RefObject<HTMLDivElement | null>
  viewer: RefObject<HTMLDivElement | null>
  /** Read when the file is opened. */
  initial: { pageNumber: number; zoom: Zoom }
  /** A new number opens the file again. */
  attempt: number
}): PdfView | undefined {
  const { documentId, container, viewer, initial, attempt } = options
  const [view, setView] = useState<PdfView>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it opens at matters once, when it opens
  useEffect(() => {
    if (!container.current || !viewer.current) return
    const opened = openPdfView({
      container: container.current,
      viewer: viewer.current,
      file: fileUrl(documentId),
      initial,
    })
    setView(opened)
    return () => {
      setView(undefined)
      opened.close()
    }
  }, [documentId, attempt])
  return view
}
