import { StudyError } from '../errors.ts'
import { type ExtractEvent, POINTS_PER_PIXEL } from '../ports.ts'
import { readImageSize } from './read-image-size.ts'

/** Cameras reach it; beyond, a picture takes half the memory of a small laptop once it is unpacked. */
const MOST_PIXELS = 110e6

/**
 * Tells a picture as one page that has something to read, but not as text.
 * Throws StudyError: file-damaged, file-too-large.
 */
export function* extractImage(bytes: Uint8Array): Generator<ExtractEvent> {
  const size = readImageSize(bytes)
  if (!size) {
    throw new StudyError(
      'file-damaged',
      'This picture is damaged: its size can’t be told. The file was kept as it is. Take or copy it again and import that.',
    )
  }
  if (size.width * size.height > MOST_PIXELS) {
    throw new StudyError(
      'file-too-large',
      `This picture has ${Math.round((size.width * size.height) / 1e6)} million pixels; up to ${MOST_PIXELS / 1e6} million are read. ` +
        'The file was kept. Save it smaller and import that copy.',
    )
  }
  yield { type: 'opened', pageCount: 1 }
  const width = size.width * POINTS_PER_PIXEL
  const height = size.height * POINTS_PER_PIXEL
  yield {
    type: 'page',
    page: { pageNumber: 1, width, height, text: '', boxes: [], headings: [] },
    status: 'unreadable',
  }
}
