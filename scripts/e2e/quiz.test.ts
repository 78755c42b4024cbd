import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { buildPdf, type PdfPageSpec } from '../../electron/core/testing/build-pdf.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { runAbhyas } from './run-abhyas.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

/** Three pages of a reader on polity; with a note on the monsoon beside it there are facts for twenty questions. */
const PAGES: { heading: string; lines: string[] }[] = [
  {
    heading: 'Commissions',
    lines: [
      'The Election Commission of India was set up on 25 January 1950 under Article 324.',
      'The Chief Election Commissioner holds office for a term of six years.',
      'The Commission was a single member body until two more members were appointed in 1989.',
      'The Finance Commission is constituted by the President every five years under Article 280.',
      'The first Finance Commission was headed by K. C. Neogy in 1951.',
      'The Fifteenth Finance Commission was headed by N. K. Singh.',
      'The States Reorganisation Commission was appointed by the Union Government in 1953.',
      'The Sarkaria Commission was appointed by the Union Government in 1983.',
      'The Union Public Service Commission is provided for by Article 315 of the Constitution.',
      'The Planning Commission was set up by a resolution of the Cabinet in March 1950.',
    ],
  },
  {
    heading: 'Parliament',
    lines: [
      'The Rajya Sabha is a permanent house and is never dissolved by the President.',
      'Members of the Rajya Sabha are elected for a term of six years.',
      'The Vice-President acts as the chairman of the Rajya Sabha.',
      'A money bill can be introduced only in the Lok Sabha.',
      'The Lok Sabha is directly elected by the people for a term of five years.',
      'The Council of Ministers is headed by the Prime Minister.',
      'The Council of Ministers is collectively responsible to the Lok Sabha.',
      'The 91st Amendment limited the size of the Council of Ministers in 2003.',
      'A quorum is the least number of members who must be present at a sitting.',
      'A whip is an order of a party to its members to vote in a certain way.',
    ],
  },
  {
    heading: 'The making of the Constitution',
    lines: [
      'The Constituent Assembly met for the first time on 9 December 1946.',
      'Jawaharlal Nehru moved the Objectives Resolution on 13 December 1946.',
      'The Drafting Committee was set up on 29 August 1947 with B. R. Ambedkar as its chairman.',
      'The Constitution was adopted by the Assembly on 26 November 1949.',
      'The Constitution of India came into force on 26 January 1950.',
      'The Government of India Act was passed by the British Parliament in 1935.',
      'The Rowlatt Act was passed by the Imperial Legislative Council in March 1919.',
      'The Indian National Congress was founded at Bombay in December 1885.',
      'The Partition of Bengal was announced by Lord Curzon in 1905.',
      'Mahatma Gandhi returned from South Africa in January 1915.',
    ],
  },
]

const pdfPages = (): PdfPageSpec[] =>
  PAGES.map(({ heading, lines }) => ({
    texts: [
      { text: heading, x: 60, y: 80, size: 18, bold: true },
      ...lines.map((text, at) => ({ text, x: 60, y: 120 + at * 20 })),
    ],
  }))

const NOTES = fileURLToPath(new URL('../../resources/sample-library/the-indian-monsoon.md', import.meta.url))

interface ShownQuestion {
  id: string
  style: string
  stem: string
  options: string[]
  answerIndex: number
  dropped?: string
}

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

/** The time left as the clock shows it, in seconds. */
async function secondsLeft(page: Page): Promise<number> {
  const shown = (await page.getByRole('timer').textContent()) ?? ''
  return (shown.match(/\d+/g) ?? []).map(Number).reduce((sum, part) => sum * 60 + part, 0)
}

describe('a test from its making to its questions in a file', () => {
  it('is made, taken, killed, gone on with at the same second, submitted, marked again, exported and known again', async () => {
    const dir = temporaryFolder()
    const profile = ['--profile', join(dir, 'profile')]
    const file = join(dir, 'polity.pdf')
    writeFileSync(file, await buildPdf(pdfPages(), { title: 'Polity reader' }))
    const imported = await runAbhyas('import', file, NOTES, ...profile)
    const documentIds = (imported.result.documents as { id: string }[]).map(({ id }) => id)
    const wish = ['--count', '20', '--engine', 'rules', '--title', 'Twenty', '--documents', ...documentIds]
    const made = await runAbhyas('quiz', 'create', ...wish, ...profile)
    const quizId = String(made.result.quizId)
    const questions = made.result.questions as ShownQuestion[]
    expect(questions).toHaveLength(20)
    expect(new Set(questions.map(({ style }) => style)).size).toBeGreaterThan(2)

    const app = await serveApp(join(dir, 'profile'))
    const { page } = app
    await go(page, `/quizzes/${quizId}`)
    await page.getByRole('button', { name: 'Start the test' }).click()
    await page.getByTestId('option').first().waitFor()
    // The first right by its key, the second wrong, the third marked and left blank.
    await page.keyboard.press(String((questions[0]?.answerIndex ?? 0) + 1))
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Question 2 of 20' }).waitFor()
    await page.keyboard.press(String((((questions[1]?.answerIndex ?? 0) + 1) % 4) + 1))
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Question 3 of 20' }).waitFor()
    await page.keyboard.press('m')
    await page.getByText('Every answer is saved').waitFor()
    const taken = page.url().split('#')[1] ?? ''
    const before = await secondsLeft(page)
    await app.killAndReopen()
    await go(page, taken)
    await page.getByRole('button', { name: /^Question 1: answered/ }).waitFor()
    await page.getByRole('button', { name: /^Question 2: answered/ }).waitFor()
    await page.getByRole('button', { name: /^Question 3:.*marked/ }).waitFor()
    // Not a second is lost or won while the app was gone; one may pass on either side of the look at the clock.
    expect(Math.abs((await secondsLeft(page)) - before)).toBeLessThanOrEqual(2)
    expect(await seriousViolations(page)).toEqual([])

    await page.getByRole('button', { name: 'Submit' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 answered').waitFor()
    await dialog.getByText(/18 left blank/).waitFor()
    await dialog.getByText(/1 marked/).waitFor()
    await dialog.getByRole('button', { name: /Submit/ }).click()
    // 2 for the right one, two thirds off for the wrong one.
    const score = async () => (await page.getByTestId('score').textContent())?.replaceAll(/\s/g, '') ?? ''
    await page.getByTestId('review-question').first().waitFor()
    expect(await score()).toBe('1⅓')
    await page.getByText('of 40 marks').waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await page.getByRole('button', { name: 'Make a card' }).first().click()
    await page.getByText('Card made').waitFor()
    await page.getByRole('button', { name: 'More about question 2', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Drop from the score' }).click()
    await page.getByText('1 test was marked again.').waitFor()
    await page.getByText('of 38 marks').waitFor()
    expect(await score()).toBe('2')

    await go(page, '/quizzes/new?only=wrong')
    await page.getByText('No wrong answers yet').waitFor()
    expect(await page.getByRole('button', { name: /^Make \d+ questions/ }).isDisabled()).toBe(true)
    expect(await seriousViolations(page)).toEqual([])
    await go(page, '/study/cards')
    await page.getByTestId('card').waitFor()

    await go(page, `/quizzes/${quizId}`)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Questions as JSON' }).click(),
    ])
    const out = join(dir, 'twenty.json')
    await download.saveAs(out)
    await go(page, '/quizzes')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import questions' }).click()
    await (await chooser).setFiles(out)
    await page.getByText('20 were already there and were left out').waitFor()
  })
})
