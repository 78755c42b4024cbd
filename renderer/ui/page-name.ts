import type { TFunction } from 'i18next'
import type { PageLabel } from '#contract/documents.ts'

/** What a person calls a page: its chapter or slide where it has one, else its number. */
export function pageName(
  t: TFunction,
  { page, pageLabel }: { page: number; pageLabel?: PageLabel | undefined },
): string {
  if (pageLabel?.kind === 'slide') return t('common.slide', { number: pageLabel.number })
  if (!pageLabel) return t('common.page', { page })
  const { title, part } = pageLabel
  return part === undefined ? title : t('common.sectionPart', { title, part })
}
