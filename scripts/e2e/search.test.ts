import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { buildPdf } from '../../electron/core/testing/build-pdf.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { openApp } from './open-app.ts'
import { seriousViolations } from './serve-app.ts'

const BODIES = `# Finance Commission

The Finance Commission is constituted by the President every five years under Article 280. It recommends how the net proceeds of taxes are shared between the Union and the States.

# Election Commission

The Election Commission of India was set up on 25 January 1950. It supervises the electoral rolls for every general election.

# Auditor

The Comptroller and Auditor General audits the accounts of the Union and of the States. The office is independent of the government of the day.
`
const COURTS = `# Courts

The Supreme Court was set up on 28 January 1950. It hears appeals from every High Court, and its decisions bind every other court in India.

# Pardon

The President may pardon a person who was sentenced to death. The Governor may remit a sentence under the law of the State.
`
const HINDI = `संविधान सभा ने 26 नवंबर 1949 को संविधान अपनाया।

वित्त आयोग का गठन राष्ट्रपति हर पांच वर्ष में करते हैं।
`

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

it('finds, narrows, explains and remembers as a person searches, by keyboard and in the reader', async () => {
  const dir = temporaryFolder()
  const files = [join(dir, 'bodies.md'), join(dir, 'courts.pdf'), join(dir, 'savidhan.txt')] as const
  writeFileSync(files[0], BODIES)
  const courtLines = COURTS.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const texts = courtLines.map((text, at) => ({ text, x: 40, y: 80 + at * 40, size: 8 }))
  writeFileSync(files[1], await buildPdf([{ texts }], { title: 'Courts' }))
  writeFileSync(files[2], HINDI)
  const { core, page, complaints } = await openApp({ profileDir: join(dir, 'profile') })
  core.settings.update({ ollamaUrl: 'http://127.0.0.1:9', welcomed: true })
  await core.documents.importPaths({ paths: [...files] })
  const all = () => core.documents.list()
  for await (const _ of core.jobs.changes())
    if (all().length === 3 && all().every(({ status }) => status === 'ready')) break

  await go(page, '/search')
  const input = page.getByRole('search').getByRole('textbox')
  const hits = page.locator('[data-hit]')
  const first = hits.first()
  const firstSays = (words: string) => first.filter({ hasText: words }).waitFor()
  await input.waitFor()
  expect(await seriousViolations(page)).toEqual([])

  // In other words than the text's, and with what found it.
  await input.fill('dividing tax money among provinces')
  await firstSays('net proceeds of taxes')
  await first.getByTitle(/^Found by its/).waitFor()
  expect(await seriousViolations(page)).toEqual([])

  // A slip is mended and told; Hindi in Latin letters finds Hindi.
  await input.fill('elektoral rolls')
  await page.getByText(/Showing results for/).waitFor()
  await firstSays('supervises the electoral rolls')
  await input.fill('vitt aayog ka gathan kab hota hai')
  await page.locator('[data-hit] mark', { hasText: 'वित्त' }).first().waitFor()

  // Phrases and what is left out.
  await input.fill('"set up on 28 January"')
  await firstSays('The Supreme Court was set up')
  await page.getByText('1 passage', { exact: true }).first().waitFor()
  await input.fill('set up -court')
  await firstSays('Election Commission of India')
  expect(await hits.filter({ hasText: 'Supreme Court' }).count()).toBe(0)

  // A chip narrows to a kind of file; its cross widens again.
  await input.fill('President')
  await firstSays('President')
  await page.getByRole('button', { name: 'Type', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'PDF' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Type: PDF', exact: true }).waitFor()
  await firstSays('pardon')
  expect(await hits.filter({ hasText: 'Finance Commission' }).count()).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove Type: PDF' }).click()
  await hits.filter({ hasText: 'Finance Commission' }).first().waitFor()

  // Saved with the star; opened with the keyboard, and from hit to hit with F3.
  await page.getByRole('button', { name: 'Save the search “President”' }).click()
  await page.getByRole('button', { name: 'Remove the saved search “President”' }).waitFor()
  await input.focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-hit'))).toBe(true)
  await page.keyboard.press('Enter')
  const bar = page.getByRole('navigation', { name: 'Passages your search found' })
  await bar.getByRole('status').filter({ hasText: /^1 of/ }).waitFor()
  await page.keyboard.press('F3')
  await bar.getByRole('status').filter({ hasText: /^2 of/ }).waitFor()
  await page.keyboard.press('Shift+F3')
  await bar.getByRole('status').filter({ hasText: /^1 of/ }).waitFor()
  expect(await seriousViolations(page)).toEqual([])
  await bar.getByRole('button', { name: 'President' }).click()
  await input.waitFor()
  expect(await input.inputValue()).toBe('President')

  // Both lists stand under an empty box; a search of theirs is one press away.
  await page.getByRole('search').getByRole('button', { name: 'Clear' }).click()
  const saved = page.getByRole('region', { name: 'Saved searches' })
  await saved.getByRole('button', { name: 'President', exact: true }).waitFor()
  expect(await seriousViolations(page)).toEqual([])
  await saved.getByRole('button', { name: 'President', exact: true }).click()
  await firstSays('President')

  // Passages like one: itself left out.
  await input.fill('Finance Commission constituted')
  await firstSays('every five years')
  await first.locator('..').getByRole('button', { name: 'More like this passage' }).click()
  await page.getByText('Passages like the one you chose').waitFor()
  await hits.first().waitFor()
  expect(await hits.filter({ hasText: 'is constituted by the President every five years' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Back to search' }).click()
  expect(complaints).toEqual([])
})
