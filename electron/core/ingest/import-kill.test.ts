import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { buildBookPdf } from '../testing/build-pdf.ts'
import { importAndKill } from '../testing/import-and-kill.ts'
import { contentOf, openImport } from '../testing/open-import.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

import { makeImportJob } from './import-document.ts'

let expected: ReturnType<typeof contentOf> | undefined

async function undisturbedContent(file: string) {
  const { parts, keep, run } = openImport()
  await run(await keep(file))
  return contentOf(parts.store)
}

describe('an import whose process is killed', () => {
  it.each([
    { what: 'pages', times: 3 },
    { what: 'pages', times: 5 },
    { what: 'vectors', times: 1 },
    { what: 'vectors', times: 5 },
  ])('ends as one that was not, killed at $what no. $times', async ({ what, times }) => {
    const file = join(temporaryFolder(), 'A book on polity.pdf')
    writeFileSync(file, await buildBookPdf({ pageCount: 80 }))
    expected ??= await undisturbedContent(file)

    const profileDir = temporaryFolder()
    await importAndKill(profileDir, file, what, times)
    const { parts } = openImport({ profileDir })
    const before = contentOf(parts.store)
    expect(before.documents).toMatchObject([{ status: 'importing' }])
    const jobs = makeJobRunner({ store: parts.store, clock: systemClock, ids: makeIds({ clock: systemClock }) }, [
      makeImportJob(parts),
    ])
    onTestFinished(() => jobs.stop())
    jobs.start()
    const [job] = jobs.list()
    // Without waiting for the pause that a crash brings.
    if (job) jobs.retry(job.id)
    await jobs.whenIdle()

    expect(contentOf(parts.store)).toEqual(expected)
    expect(before.pages.length).toBeGreaterThan(0)
    expect(contentOf(parts.store).pages.slice(0, before.pages.length)).toEqual(before.pages)
  })
})
