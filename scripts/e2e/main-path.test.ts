import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { buildPdf, type PdfPageSpec } from '../../electron/core/testing/build-pdf.ts'
import { corpusFile } from '../../electron/core/testing/corpus.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

/** A chapter of three pages; what the test asks about stands on the second. */
const CHAPTER: { heading: string; lines: string[] }[] = [
  {
    heading: 'The Election Commission of India',
    lines: [
      'The Election Commission of India was set up on 25 January 1950 under Article 324.',
      'It supervises the preparation of the electoral rolls for every general election.',
      'The Chief Election Commissioner holds office for a term of six years.',
      'The Commission had one member until 1989, when two more were appointed.',
      'Its headquarters are at Nirvachan Sadan in New Delhi.',
    ],
  },
  {
    heading: 'The Finance Commission',
    lines: [
      'The Finance Commission is constituted by the President every five years under Article 280.',
      'The first Finance Commission was headed by K. C. Neogy in 1951.',
      'It recommends how the net proceeds of taxes are shared between the Union and the States.',
      'The Fifteenth Finance Commission was headed by N. K. Singh.',
      'Its recommendations are laid before each House of Parliament.',
    ],
  },
  {
    heading: 'The Comptroller and Auditor General',
    lines: [
      'The Comptroller and Auditor General audits the accounts of the Union and of the States.',
      'The office is provided for by Article 148 of the Constitution.',
      'The first Comptroller and Auditor General was V. Narahari Rao in 1948.',
      'The Public Accounts Committee examines the reports of this office.',
      'The salary of the office is charged on the Consolidated Fund of India.',
    ],
  },
]

function chapterPages(): PdfPageSpec[] {
  return CHAPTER.map(({ heading, lines }) => ({
    texts: [
      { text: heading, x: 60, y: 80, size: 18, bold: true },
      ...lines.map((text, at) => ({ text, x: 60, y: 120 + at * 20 })),
    ],
  }))
}

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

async function addFile(page: Page, file: string): Promise<void> {
  await go(page, '/library')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await (await chooser).setFiles(file)
}

describe('the main path, in a real window', () => {
  it('leads from a PDF to a cited answer on its page, and to a scored quiz that survives a kill', async () => {
    const dir = temporaryFolder()
    const file = join(dir, 'constitutional-bodies.pdf')
    writeFileSync(file, await buildPdf(chapterPages(), { title: 'Constitutional bodies' }))
    const app = await serveApp(join(dir, 'profile'))
    const { page } = app
    await page.getByRole('button', { name: 'Choose files' }).waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await addFile(page, file)
    await page.getByRole('link', { name: 'Constitutional bodies' }).first().waitFor()
    await page.getByRole('cell', { name: '3', exact: true }).first().waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await go(page, '/search')
    await page.getByRole('search').getByRole('textbox').fill('who shares the taxes between union and states')
    const hit = page.getByText('It recommends how the net proceeds of taxes').first()
    await hit.waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await go(page, '/ask')
    await page.getByRole('textbox', { name: 'Your question' }).fill('Who headed the first Finance Commission?')
    await page.keyboard.press('Enter')
    await page.getByTestId('answer').filter({ hasText: 'Neogy' }).waitFor()
    expect(await page.getByTestId('answered-by').textContent()).toContain('no model')
    expect(await seriousViolations(page)).toEqual([])

    await page.getByTestId('citation').first().click()
    const highlight = page.getByTestId('highlight').first()
    await highlight.waitFor()
    expect(
      await highlight.evaluate((mark) => mark.closest<HTMLElement>('[data-page-number]')?.dataset.pageNumber),
    ).toBe('2')
    expect(await wordsUnder(page)).toContain('K. C. Neogy')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await page.getByTestId('answer').filter({ hasText: 'Neogy' }).waitFor()

    await go(page, '/ask')
    await page.getByRole('textbox', { name: 'Your question' }).fill('What is the boiling point of tungsten?')
    await page.keyboard.press('Enter')
    await page.getByTestId('refusal').waitFor()

    await go(page, '/quizzes/new')
    await page.getByRole('checkbox', { name: /Constitutional bodies/ }).check()
    await page
      .getByRole('button', { name: '5', exact: true })
      .or(page.getByText('5', { exact: true }))
      .first()
      .click()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Make 5 questions' }).click()
    const start = page.getByRole('button', { name: 'Start the test' })
    await start.waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await start.click()

    await page.getByTestId('option').first().waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('1')
    await page.getByRole('radio', { checked: true }).waitFor()
    const taken = page.url().split('#')[1] ?? ''
    await page.getByTestId('question-body').waitFor()
    await app.killAndReopen()
    await go(page, taken)
    await page.getByRole('button', { name: /^Question 1: answered/ }).waitFor()

    await page.getByRole('button', { name: 'Submit' }).first().click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Submit/ })
      .click()
    const score = await page.getByTestId('score').textContent()
    expect(['2', '−⅔', '-⅔']).toContain(score?.replaceAll(/\s/g, '').split('of')[0])
    expect(await page.getByTestId('review-question').count()).toBeGreaterThan(0)
    expect(await seriousViolations(page)).toEqual([])

    await page.getByTestId('question-source').first().click()
    await page.getByTestId('highlight').first().waitFor()

    for (const hash of ['/', '/jobs', '/settings', '/quizzes']) {
      await go(page, hash)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      expect([hash, await seriousViolations(page)]).toEqual([hash, []])
    }
    expect(app.complaints.filter((complaint) => !/ERR_CONNECTION|WebSocket/.test(complaint))).toEqual([])
  })

  const textbook = corpusFile('ncert-polity', 'keps201.pdf')
  it.skipIf(!textbook)('answers from a real textbook and marks the quoted words on the cited page', async () => {
    const app = await serveApp(join(temporaryFolder(), 'profile'))
    const { page } = app
    await page.getByRole('button', { name: 'Choose files' }).waitFor()
    await addFile(page, textbook ?? '')
    await page
      .getByRole('link', { name: /Constitution: Why and How/ })
      .first()
      .waitFor()
    await page.getByRole('cell', { name: '25', exact: true }).first().waitFor({ timeout: 120_000 })
    await go(page, '/ask')
    await page.getByRole('textbox', { name: 'Your question' }).fill('Why do we need a constitution?')
    await page.keyboard.press('Enter')
    await page.getByTestId('citation').first().click()
    await page.getByTestId('highlight').first().waitFor()
    const quote = new URLSearchParams(page.url().split('?')[1])
    expect(quote.get('page')).toBeTruthy()
    expect((await wordsUnder(page)).length).toBeGreaterThan(20)
  })
})

/** The words of the page's text layer that lie under the highlight's rectangles, as soon as both are drawn. */
async function wordsUnder(page: Page): Promise<string> {
  const read = () => {
    const marks = [...document.querySelectorAll('[data-testid="highlight"]')].map((mark) =>
      mark.getBoundingClientRect(),
    )
    const covered = [...document.querySelectorAll('.textLayer span')].filter((span) => {
      const { left, right, top, bottom } = span.getBoundingClientRect()
      const [x, y] = [(left + right) / 2, (top + bottom) / 2]
      return marks.some((mark) => x >= mark.left && x <= mark.right && y >= mark.top && y <= mark.bottom)
    })
    return covered.map(({ textContent }) => textContent).join(' ')
  }
  await page.waitForFunction(read)
  return page.evaluate(read)
}
