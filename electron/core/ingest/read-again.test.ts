import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { buildPdf } from '../testing/build-pdf.ts'
import { openRunningLibrary } from '../testing/open-library.ts'
import { type ScriptedReading, scriptedRecogniser } from '../testing/scripted-recogniser.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readAgain } from './read-again.ts'
import { READER_VERSION } from './reader-version.ts'

/** A library that reads what `read` says of its scans. */
function open(read: (pageNumber: number) => ScriptedReading) {
  const recogniser = scriptedRecogniser(({ pageNumber }) => read(pageNumber))
  const extracted: string[] = []
  const { library, jobs, store } = openRunningLibrary({
    recogniser,
    importing: ({ extractor }) => ({
      extractor: {
        ...extractor,
        extract(request, signal) {
          extracted.push(request.path)
          return extractor.extract(request, signal)
        },
      },
    }),
  })
  return {
    library,
    extracted,
    recogniser,
    async take(...paths: string[]) {
      await library.importPaths({ paths })
      await jobs.whenIdle()
    },
    /** As a version before would have left them. */
    age: () => store.transaction((db) => db.$client.exec('UPDATE documents SET reader_version = 0')),
    async readAgain(languages: typeof recogniser.languages = recogniser.languages) {
      readAgain({ store, clock: systemClock, jobs, recogniser: { languages } })
      jobs.wake()
      await jobs.whenIdle()
    },
    versions: () => store.reader.$client.prepare('SELECT DISTINCT reader_version FROM documents').pluck().all(),
  }
}

async function scans(pageCount: number): Promise<string> {
  const path = join(temporaryFolder(), 'Scans.pdf')
  writeFileSync(path, await buildPdf(Array.from({ length: pageCount }, () => ({ texts: [], scan: true }))))
  return path
}

const SCRAWL = { text: 'scrawl', confidence: 20 }
const print = (page: number) => ({ text: `Parliament has its part ${page}, and kangaroo${page} its own.` })

it('reads once more what an older reader could not: scans of a failed document and of one that is ready', async () => {
  let better = false
  const { library, recogniser, take, age, readAgain, versions } = open((page) =>
    better || page === 3 ? print(page) : SCRAWL,
  )
  await take(await scans(2), await scans(3))
  expect(library.list().map(({ status }) => status)).toEqual(['ready', 'failed'])
  await readAgain()
  // They were tried by this reader.
  expect(recogniser.requests).toHaveLength(5)

  age()
  better = true
  await readAgain([])
  expect([recogniser.requests.length, versions()]).toEqual([5, [0]])
  await readAgain()
  expect(library.list()).toMatchObject([
    { status: 'ready', recognition: { doneCount: 3, unreadPages: [] } },
    { status: 'ready', recognition: { doneCount: 2, unreadPages: [] } },
  ])
  // Page 3 was read before.
  expect(recogniser.requests).toHaveLength(9)
  expect(versions()).toEqual([READER_VERSION])
})

it('tries what still can’t be read once and lets it rest', async () => {
  const { library, extracted, recogniser, take, age, readAgain } = open(() => SCRAWL)
  const locked = join(temporaryFolder(), 'Locked.pdf')
  writeFileSync(locked, buildLockedPdf('Nobody knows.', 'key'))
  await take(await scans(1), locked)
  age()
  await readAgain()
  await readAgain()
  expect(recogniser.requests).toHaveLength(2)
  expect(library.list()).toMatchObject([
    { status: 'failed', failure: { code: 'file-encrypted' } },
    { status: 'failed', failure: { code: 'file-empty' } },
  ])
  // The scan and the locked file when they came, the locked one once more.
  expect(extracted).toHaveLength(3)
})
