import type { OcrLanguage } from '#contract/documents.ts'

/** A page read below this is not text that can be searched: handwriting comes to about 20, poor print to 70. */
export const LEAST_CONFIDENCE = 60
/** In the wrong script a page comes to 47 at the most, in its own to 73 and more: at this the others need not be tried. */
export const SURE = 70

/**
 * Reads a page in the languages given, in order, until one reading is sure; else
 * the best of them. So a page costs two readings only where its language differs
 * from the one before it, or nothing on it can be read.
 */
export async function readInBestLanguage<Reading extends { confidence: number }>(
  languages: readonly OcrLanguage[],
  read: (language: OcrLanguage) => Promise<Reading>,
): Promise<{ language: OcrLanguage; reading: Reading }> {
  let best: { language: OcrLanguage; reading: Reading } | undefined
  for (const language of languages) {
    const reading = await read(language)
    if (!best || reading.confidence > best.reading.confidence) best = { language, reading }
    if (reading.confidence >= SURE) break
  }
  if (!best) throw new TypeError('no language to read a page in')
  return best
}
