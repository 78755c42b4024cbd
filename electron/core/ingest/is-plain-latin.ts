import { readsAsText } from './judge-page.ts'

/** Share of letters of other scripts from which a page is not a Latin one: more than a quotation has. */
const MOST_FOREIGN = 0.02

/**
 * Whether a text layer, as extracted, is readable and of the Latin script (Greek and
 * Cyrillic are set the same way): one that engines agree on.
 */
export function isPlainLatin(text: string): boolean {
  if (!readsAsText(text)) return false
  const visible = text.replace(/\s/gu, '')
  return (visible.match(FOREIGN)?.length ?? 0) <= MOST_FOREIGN * visible.length
}

const FOREIGN =
  /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}])[\p{L}\p{M}]/gu
