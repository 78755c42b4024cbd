import { describe, expect, it } from 'vitest'
import type { OcrLanguage } from '#contract/documents.ts'
import { readUpright } from './read-upright.ts'
import { type PageImage, type QuarterTurns, turnImage } from './turn-page.ts'

/** A page of dashes in level lines, no two of them alike, so that it is known how it was turned. */
function sheet(turned: QuarterTurns): PageImage {
  const [width, height] = [400, 600]
  const grey = new Uint8Array(width * height).map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    const mixed = ((Math.floor(x / 6) + 1) * 73_856_093) ^ ((Math.floor(y / 20) + 1) * 19_349_663)
    return y % 20 < 10 && (mixed >>> 4) % 5 < 3 ? 40 : 255
  })
  return turnImage({ width, height, grey, pointsPerPixel: 1 }, turned)
}

/** Reads a page well that stands as it should in the language it is in, a whole page and a band of it alike. */
function reader(upright: PageImage, language: OcrLanguage, right = 90) {
  const asked: string[] = []
  const read = async (image: PageImage, tried: OcrLanguage) => {
    const isBand = image.grey.length < upright.grey.length
    asked.push(`${tried}${isBand ? ' band' : ''}`)
    const stands = isBand
      ? Buffer.from(upright.grey).includes(Buffer.from(image.grey))
      : Buffer.compare(Buffer.from(image.grey), Buffer.from(upright.grey)) === 0 && image.width === upright.width
    return { confidence: stands && tried === language ? right : 30 }
  }
  return { asked, read }
}

describe('reading a page upright', () => {
  it('costs one reading where it stands right', async () => {
    const { asked, read } = reader(sheet(0), 'eng')
    expect(await readUpright(sheet(0), ['eng', 'hin'], read)).toMatchObject({ turns: 0, language: 'eng' })
    expect(asked).toEqual(['eng'])
  })

  it.each([1, 2, 3] as const)('turns it where it lies turned by %i quarters', async (turned) => {
    const { asked, read } = reader(sheet(0), 'hin')
    const found = await readUpright(sheet(turned), ['hin', 'eng'], read)
    expect(found).toMatchObject({ turns: 4 - turned, language: 'hin', reading: { confidence: 90 } })
    expect(found.image.width).toBe(400)
    // Upside down shows only when it was read; on its side it is not even tried as it lies.
    expect(asked.filter((each) => !each.includes('band'))).toEqual(turned === 2 ? ['hin', 'eng', 'hin'] : ['hin'])
  })

  it('leaves what can’t be read any way as it is', async () => {
    for (const turned of [0, 1] as const) {
      const { asked, read } = reader(sheet(0), 'eng', 25)
      expect(await readUpright(sheet(turned), ['eng', 'hin'], read)).toMatchObject({ turns: 0 })
      expect(asked.filter((each) => !each.includes('band'))).toEqual(['eng', 'hin'])
    }
  })
})
