import type { OcrLanguage } from '#contract/documents.ts'
import { LEAST_CONFIDENCE, readInBestLanguage, SURE } from './read-in-best-language.ts'
import { busiestBand, lineDirection, type PageImage, type QuarterTurns, turnImage } from './turn-page.ts'

/** A reading, and how the page was turned for it. */
export interface UprightReading<Reading> {
  language: OcrLanguage
  reading: Reading
  turns: QuarterTurns
  /** The page as it was read. */
  image: PageImage
}

/** Turns to try by the direction of the lines, beside none. */
const TURNS: Record<ReturnType<typeof lineDirection>, readonly QuarterTurns[]> = {
  level: [2],
  upright: [1, 3],
  unknown: [1, 3, 2],
}

/**
 * Reads a page, turned where it lies on its side or upside down. A page whose lines
 * run level is read as it is; only where that is not sure, and where its lines run up
 * and down, a band of it is read turned, and the whole page as the band was read best.
 * So a page that stands right costs nothing more, and one that nobody can read a third
 * of a reading for each turn and language.
 */
export async function readUpright<Reading extends { confidence: number }>(
  image: PageImage,
  languages: readonly OcrLanguage[],
  read: (image: PageImage, language: OcrLanguage) => Promise<Reading>,
): Promise<UprightReading<Reading>> {
  const direction = lineDirection(image)
  const asItIs = async (): Promise<UprightReading<Reading>> => ({
    ...(await readInBestLanguage(languages, (language) => read(image, language))),
    turns: 0,
    image,
  })
  const before = direction === 'upright' ? undefined : await asItIs()
  // Where not even a false word was found there is nothing to turn.
  if (before && (before.reading.confidence >= SURE || before.reading.confidence === 0)) return before

  const turned = TURNS[direction].map((turns) => ({ turns, image: turnImage(image, turns) }))
  let best: { confidence: number; language: OcrLanguage; turned: (typeof turned)[number] } | undefined
  // Language by language: a change of it costs more than a band.
  search: for (const language of languages) {
    for (const each of turned) {
      const { confidence } = await read(busiestBand(each.image), language)
      if (!best || confidence > best.confidence) best = { confidence, language, turned: each }
      if (confidence >= SURE) break search
    }
  }
  if (!best || best.confidence < Math.max(LEAST_CONFIDENCE, before?.reading.confidence ?? 0)) {
    return before ?? asItIs()
  }
  const { language } = best
  const reading = await read(best.turned.image, language)
  if (before && before.reading.confidence >= reading.confidence) return before
  return { language, reading, ...best.turned }
}
