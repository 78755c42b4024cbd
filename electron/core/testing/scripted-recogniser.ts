import { setTimeout as sleep } from 'node:timers/promises'
import type { OcrLanguage } from '#contract/documents.ts'
import type { StudyError } from '../errors.ts'
import { layOutRecognised } from '../ingest/lay-out-recognised.ts'
import type { RecogniseRequest, TextRecogniser } from '../ports.ts'

/** What a page is read as. */
export type ScriptedReading = { text: string; confidence?: number; language?: OcrLanguage } | { error: StudyError }

/** A recogniser that reads what it is told: for what is to be seen around recognition, not in it. */
export function scriptedRecogniser(
  readingOf: (request: RecogniseRequest) => ScriptedReading,
  options: { languages?: OcrLanguage[]; durationMs?: number } = {},
): TextRecogniser & { requests: RecogniseRequest[] } {
  const requests: RecogniseRequest[] = []
  return {
    languages: options.languages ?? ['eng', 'hin'],
    requests,
    async recognise(request, signal) {
      requests.push(request)
      if (options.durationMs) await sleep(options.durationMs, undefined, { signal })
      signal.throwIfAborted()
      const reading = readingOf(request)
      if ('error' in reading) throw reading.error
      const { text, confidence = 90, language = request.languages[0] ?? 'eng' } = reading
      const size = { pageNumber: request.pageNumber, width: 595, height: 842 }
      return { ...layOutRecognised(size, linesOf(text)), language, confidence: text ? confidence : 0 }
    },
    async close() {},
  }
}

/** Lines of a text as an engine would box them. */
function linesOf(text: string) {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line, row) => {
      const baseline = 100 + row * 18
      let x = 60
      const words = line.split(' ').map((word) => {
        const box = { text: word, confidence: 90, x, y: baseline - 9, width: word.length * 6, height: 11 }
        x += box.width + 4
        return box
      })
      return { baseline, size: 12, words }
    })
}

/** Prose that differs from page to page. */
export function readSheet({ pageNumber }: { pageNumber: number }): ScriptedReading {
  return {
    text: `Parliament consists of the President and two Houses.\nScanned sheet ${pageNumber} speaks of kangaroo${pageNumber} courts.`,
  }
}
