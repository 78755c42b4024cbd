import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findPage } from '../store/pages.rows.ts'
import { wantPagesAgain } from '../store/recognition.rows.ts'
import { buildPdf, paragraph } from '../testing/build-pdf.ts'
import { driveJob } from '../testing/drive-job.ts'
import { openImport } from '../testing/open-import.ts'
import { quoteEverywhere } from '../testing/quote-everywhere.ts'
import { scriptedRecogniser } from '../testing/scripted-recogniser.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { highlightBoxes } from './highlight-boxes.ts'
import { makeRecogniseJob } from './recognise-document.ts'

const KEPT = 'The Governor is appointed by the President under his hand and seal.'
const MISREAD = 'A rnember of the Council rnay vote by a show of hands alone.'
const CHANGED = 'The term of his office is five years from the day on which he enters it.'
/** The same page read three ways: by its text layer, and twice from its picture. */
const first = [KEPT, MISREAD, CHANGED].join('\n')
const second = ['A heading that was not there before stands over it.', CHANGED.replace('five', 'flve'), KEPT].join('\n')

it.each([
  { what: 'a text layer that gives way to what is recognised', scan: false },
  { what: 'a scan that is recognised again', scan: true },
])('quotes of $what are found again or marked, with its new words and rectangles', async ({ scan }) => {
  const path = join(temporaryFolder(), 'Governors.pdf')
  const texts = (lines: string[]) => paragraph(lines, { x: 60, y: 200 })
  const other = 'The Speaker presides over the House of the People and keeps order in it.'
  writeFileSync(
    path,
    await buildPdf([scan ? { texts: [], scan } : { texts: texts(first.split('\n')) }, { texts: texts([other]) }]),
  )
  let said = first
  const recogniser = scriptedRecogniser(() => ({ text: said }))
  const { parts, keep, run } = openImport({ queueRecognition: () => {} })
  const { store } = parts
  const job = makeRecogniseJob({ ...parts, recogniser })
  const documentId = await keep(path)
  await run(documentId)
  if (scan) await driveJob(store, job, { documentId })
  const before = findPage(store.reader, documentId, 1)
  const quoted = { documentId, path, title: 'Governors' }
  const text = before?.text ?? ''
  for (const quote of [KEPT, MISREAD, CHANGED]) expect(text).toContain(quote)
  const { cited, asked, cards, briefed } = quoteEverywhere(store, { ...quoted, pageNumber: 1, text }, [
    KEPT,
    MISREAD,
    CHANGED,
  ])

  said = second
  store.transaction((db) => wantPagesAgain(db, documentId, { pageNumber: 1 }))
  await driveJob(store, job, { documentId })
  const page = findPage(store.reader, documentId, 1)
  if (!page) throw new Error('the page is gone')
  expect(page.text).toContain('A heading that was not there')
  expect(cited().map(({ lost }) => lost ?? false)).toEqual([false, true, false])
  expect(cited().map(({ quote }) => quote)).toEqual([KEPT, MISREAD, CHANGED.replace('five', 'flve').slice(0, -1)])
  for (const { quote, startOffset, endOffset, boxes, lost } of cited()) {
    if (lost) continue
    expect(page.text.slice(startOffset, endOffset)).toBe(quote)
    expect(boxes).toEqual(highlightBoxes(page.boxes, startOffset, endOffset))
    expect(boxes.length).toBeGreaterThan(0)
  }
  expect(asked().map(({ lost }) => lost)).toEqual([0, 1, 0])
  expect(page.text.slice(asked()[0]?.startOffset, asked()[0]?.endOffset)).toBe(KEPT)
  expect([cards(), briefed()]).toEqual([
    [0, 1, 0],
    [false, true, false],
  ])

  // A better reading brings back what was lost.
  said = `${second}\n${MISREAD}`
  store.transaction((db) => wantPagesAgain(db, documentId, { pageNumber: 1 }))
  await driveJob(store, job, { documentId })
  expect(cited().map(({ lost }) => lost ?? false)).toEqual([false, false, false])
  expect(asked().map(({ lost }) => lost)).toEqual([0, 0, 0])
})
