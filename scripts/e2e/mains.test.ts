import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { runAbhyas } from './run-abhyas.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

const COURTS = `# The judiciary

Judicial review means the power of the Supreme Court to examine the constitutionality of a law. The Supreme Court protects Fundamental Rights through judicial review. The High Courts have the power of judicial review as well. An independent judiciary must protect the rights of citizens against the power of the executive.

# Activism

Judicial activism began with public interest litigation in the Supreme Court. Public interest litigation opened the courts to those who are too poor to come themselves.
`
const QUESTION = 'Critically examine the role of judicial review in India.'
const FIRST = 'Judicial review is the power of the Supreme Court to examine laws in India.'
const REST = `

It protects rights because no majority can pass a law against them, as in the Kesavananda Bharati Case of 1973.

However, critics say that judges are not elected.

Thus judicial review should go with restraint.`

it('writes an answer through a kill, hands it in, and opens what the library says', async () => {
  const dir = temporaryFolder()
  const profileDir = join(dir, 'profile')
  const file = join(dir, 'courts.md')
  writeFileSync(file, COURTS)
  expect((await runAbhyas('import', file, '--profile', profileDir)).exitCode).toBe(0)
  const { page, complaints, killAndReopen } = await serveApp(profileDir)
  const sheet = page.getByRole('textbox', { name: 'Your answer' })
  const clock = page.getByTestId('mains-clock')
  const secondsLeft = async () => {
    const [minutes = 0, seconds = 0] = (await clock.innerText()).trim().split(':').map(Number)
    return minutes * 60 + seconds
  }
  const open = async () => {
    await page.getByRole('link', { name: 'Mains' }).click()
    await page.getByRole('heading', { name: 'Mains practice' }).waitFor()
  }

  await open()
  await page.getByRole('button', { name: 'Add a question' }).first().click()
  await page.getByRole('textbox', { name: 'Question' }).fill(QUESTION)
  await page.getByRole('button', { name: 'Save the question' }).click()
  const row = page.getByTestId('mains-question')
  await row.getByText(QUESTION).waitFor()
  // Its head was guessed from its words.
  await row.getByText('Executive, judiciary and pressure groups').waitFor()
  await row.getByRole('button', { name: 'Write an answer' }).click()
  await page.getByText('Both sides with evidence, then a judgement of your own.').waitFor()
  expect(await seriousViolations(page)).toEqual([])

  await sheet.pressSequentially(FIRST, { delay: 15 })
  await page.getByText('14 words').waitFor()
  // The last letter and this second are on the disk when the page says so.
  await expect.poll(secondsLeft, { timeout: 20_000 }).toBeLessThanOrEqual(7 * 60 - 2)
  await page.getByText('Every letter is saved').waitFor()
  const before = await secondsLeft()
  await killAndReopen()

  await open()
  await page.getByRole('button', { name: 'Continue writing' }).click()
  await sheet.waitFor()
  expect(await sheet.inputValue()).toBe(FIRST)
  const after = await secondsLeft()
  expect(before - after).toBeGreaterThanOrEqual(-1)
  expect(before - after).toBeLessThanOrEqual(3)
  await sheet.fill(FIRST + REST)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()

  await page.getByTestId('mains-summary').waitFor()
  expect(await page.getByTestId('check-length').innerText()).toMatch(/Not met\s+4\d words for a limit of 150/)
  expect(await page.getByTestId('check-directive').innerText()).toContain(
    'Found: reasons, your own judgement. Not enough of: the other side.',
  )
  await page.getByTestId('check-specifics').getByRole('button').click()
  await page.getByTestId('mains-text').locator('mark', { hasText: '1973' }).waitFor()
  const point = page.getByTestId('model-point').first()
  await point.waitFor({ timeout: 60_000 })
  const quote = await point.locator('q').innerText()
  expect(COURTS).toContain(quote)
  expect(await seriousViolations(page)).toEqual([])
  await point.click()
  await page.getByText(quote.slice(0, 40)).first().waitFor()
  expect(page.url()).toContain('/read/')
  expect(complaints.filter((text) => !text.includes('WebSocket'))).toEqual([])
})
