import type { PDFPageProxy } from 'pdfjs-dist'

type Operators = typeof import('pdfjs-dist').OPS

/** Text drawn as outlines takes a path a letter; a blank page's border takes a few. */
export const FEWEST_OUTLINES = 60

/**
 * Whether a page shows more than its text: images, or so many outlines that they
 * may be letters. Costs the decoding of its images, so it is asked only of pages
 * that have next to no text.
 */
export async function paintsPictures(page: PDFPageProxy, operators: Operators): Promise<boolean> {
  const { fnArray } = await page.getOperatorList()
  const images = new Set<number>([
    operators.paintImageXObject,
    operators.paintImageMaskXObject,
    operators.paintInlineImageXObject,
    operators.paintImageXObjectRepeat,
    operators.paintImageMaskXObjectGroup,
    operators.paintImageMaskXObjectRepeat,
    operators.paintInlineImageXObjectGroup,
    operators.paintSolidColorImageMask,
  ])
  let outlines = 0
  return fnArray.some((operator, index) => {
    if (images.has(operator)) return true
    if (operator === operators.constructPath && ++outlines >= FEWEST_OUTLINES) return true
    // An image above the size limit is left out, and only the place made for it remains.
    return operator === operators.restore && fnArray[index - 1] === operators.transform
  })
}
