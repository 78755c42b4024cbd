import type { MediaType } from '#contract/documents.ts'
import styles from './media-icon.module.css'

const KINDS: Record<MediaType, string> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/html': 'html',
  'multipart/related': 'html',
  'application/epub+zip': 'epub',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

/** A small sheet of paper that names its format. */
export function MediaIcon({ mediaType }: { mediaType: MediaType }) {
  const kind = KINDS[mediaType]
  return (
    <span className={styles.icon} data-kind={kind} aria-hidden>
      {kind.toUpperCase()}
    </span>
  )
}
