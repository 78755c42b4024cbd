import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { openApp } from './open-app.ts'
import { seriousViolations } from './serve-app.ts'

const COURTS = `# Courts

The Supreme Court was set up on 28 January 1950. It may use judicial review against a law that takes away a right. The Supreme Court hears appeals from every High Court. Its decisions bind every other court in India.

# Review

Judicial review means the power of a court to examine whether a law keeps to the Constitution. A law that breaks it is struck down by the court. The High Courts have this power too. The power of judicial review is nowhere named in the Constitution.
`
const NOTES = `Judicial review came to India from the Constitution of the United States. The power of judicial review is part of the basic structure.
`

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

/** Marks the first paragraph of the reader's page that holds the words, as a drag with the mouse would. */
async function markText(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().waitFor()
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector('[data-page]') ?? document.body,
      NodeFilter.SHOW_TEXT,
    )
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      getSelection()?.removeAllRanges()
      getSelection()?.addRange(range)
      return
    }
    throw new Error(`not on the page: ${wanted}`)
  }, words)
}

it('summarises, compares, explains and makes cards of a document, without a model', async () => {
  const dir = temporaryFolder()
  const files = [join(dir, 'courts.md'), join(dir, 'notes.md')]
  writeFileSync(files[0] ?? '', COURTS)
  writeFileSync(files[1] ?? '', NOTES)
  const { core, page, complaints } = await openApp({ profileDir: join(dir, 'profile') })
  core.settings.update({ ollamaUrl: 'http://127.0.0.1:9', welcomed: true })
  await core.documents.importPaths({ paths: files })
  const all = () => core.documents.list()
  for await (const _ of core.jobs.changes())
    if (all().length === 2 && all().every(({ status }) => status === 'ready')) break
  const courts = all().find(({ path }) => path.endsWith('courts.md'))
  const notes = all().find(({ path }) => path.endsWith('notes.md'))
  if (!courts || !notes) throw new Error('both should be imported')

  await go(page, `/study/new?kind=summary&documents=${courts.id}`)
  await page.getByLabel('Chapter').first().waitFor()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Summarise', exact: true }).click()
  await page.getByTestId('brief').getByRole('heading', { name: 'Review' }).waitFor()
  expect(await page.getByTestId('brief').getByTestId('citation').count()).toBeGreaterThan(1)
  expect(await seriousViolations(page)).toEqual([])

  await go(page, `/study/new?kind=comparison&documents=${courts.id},${notes.id}`)
  await page.getByRole('textbox', { name: 'Topic' }).fill('judicial review')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByTestId('brief').getByText('came to India from the Constitution').waitFor()
  expect(await page.getByTestId('brief').getByRole('heading', { level: 2 }).count()).toBe(2)

  await go(page, `/read/${courts.id}?page=1`)
  await markText(page, 'The Supreme Court was set up on 28 January 1950.')
  await page.getByRole('button', { name: 'Make cards' }).click()
  await page.getByRole('button', { name: 'Show the cards' }).click()
  await page.getByTestId('card').filter({ hasText: '28 January 1950' }).waitFor()
  // A notice that fades away has no contrast to speak of.
  await page.getByRole('button', { name: 'Show the cards' }).waitFor({ state: 'detached' })
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Edit the card' }).click()
  await page.getByRole('textbox', { name: 'Back' }).fill('In January 1950')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByTestId('card').filter({ hasText: 'In January 1950' }).waitFor()

  await go(page, `/read/${courts.id}?page=1`)
  await markText(page, 'It may use judicial review against a law that takes away a right.')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await page.getByTestId('answer').filter({ hasText: 'Judicial review means the power' }).waitFor()
  expect(await page.getByTestId('answered-by').textContent()).toContain('no model')
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})
