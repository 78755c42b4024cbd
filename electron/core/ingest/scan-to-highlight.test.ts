import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openStudyCore } from '../study-core.ts'
import { buildScanPdf } from '../testing/build-scan.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const RESOURCES_DIR = fileURLToPath(new URL('../../../resources/', import.meta.url))

it('a scan in two languages is imported, recognised, found by its words in either, and marked where they were drawn', {
  timeout: 180_000,
}, async () => {
  const dir = temporaryFolder()
  const file = join(dir, 'scanned-notes.pdf')
  const { bytes, words } = await buildScanPdf([
    { lines: ['The Sarkaria Commission examined relations between the Union and the States.'], size: 13 },
    { lines: ['संसद के दो सदन हैं: लोक सभा और राज्य सभा।', 'राष्ट्रपति संसद का अंग होता है।'], language: 'hin', size: 14 },
  ])
  writeFileSync(file, bytes)
  const core = await openStudyCore({
    profileDir: join(dir, 'profile'),
    host: 'cli',
    appVersion: '0.0.0',
    resourcesDir: RESOURCES_DIR,
  })
  try {
    const [outcome] = await core.documents.importPaths({ paths: [file] })
    await core.jobs.whenIdle()
    const documentId = outcome?.document?.id
    if (!documentId) throw new Error('nothing was imported')
    expect(core.documents.get({ documentId })).toMatchObject({
      status: 'ready',
      unreadablePageCount: 0,
      recognition: { waitingCount: 0, doneCount: 2, unreadPages: [] },
    })
    expect(core.documents.page({ documentId, pageNumber: 2 }).recognition).toMatchObject({ language: 'hin' })

    const search = async (query: string) => {
      const { hits } = await core.search.search({ query, mode: 'keyword', limit: 5, scope: {} })
      return hits
    }
    const [english] = await search('Sarkaria Commission')
    expect(english).toMatchObject({ page: 1 })
    // Spelt the other way: folded alike in the page and in the query.
    const [hindi] = await search('हिन्दी राज्य सभा')
    expect(hindi).toMatchObject({ page: 2 })

    const { text } = core.documents.page({ documentId, pageNumber: 1 })
    const startOffset = text.indexOf('Commission')
    const { boxes } = core.documents.highlight({
      documentId,
      pageNumber: 1,
      startOffset,
      endOffset: startOffset + 'Commission'.length,
    })
    const drawn = words[0]?.find((word) => word.text === 'Commission')
    expect(boxes).toHaveLength(1)
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs((boxes[0]?.[side] ?? 0) - (drawn?.[side] ?? 0)), side).toBeLessThan(2.5)
    }
  } finally {
    await core.close()
  }
})
