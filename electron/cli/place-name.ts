import type { PageLabel } from '#contract/documents.ts'

/** What a person calls a page: its chapter or slide where it has one, else its number. */
export function placeName({ page, pageLabel }: { page: number; pageLabel?: PageLabel | undefined }): string {
  if (pageLabel?.kind === 'slide') return `slide ${pageLabel.number}`
  if (pageLabel) return pageLabel.part === undefined ? pageLabel.title : `${pageLabel.title} (${pageLabel.part})`
  return `page ${page}`
}
