import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildScanPdf } from '../../electron/core/testing/build-scan.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

const SENTENCE = 'The Sarkaria Commission examined relations between the Union and the States.'
const PAGE_PT = { width: 595, height: 842 }

describe('a scan, in a real window', () => {
  it('is recognised, found by its words, and shown with a highlight over them', async () => {
    const dir = temporaryFolder()
    const file = join(dir, 'scanned-notes.pdf')
    const { bytes, words } = await buildScanPdf([{ lines: [SENTENCE], size: 13 }])
    writeFileSync(file, bytes)
    const app = await serveApp(join(dir, 'profile'))
    const { page } = app
    await page.getByRole('button', { name: 'Choose files' }).waitFor()
    await page.evaluate(() => {
      location.hash = '#/library'
    })
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add files' }).first().click()
    await (await chooser).setFiles(file)

    await page.getByText(/1 page recognised, \d+% sure/).waitFor({ timeout: 120_000 })
    expect(await seriousViolations(page)).toEqual([])

    await page.evaluate(() => {
      location.hash = '#/search'
    })
    await page.getByRole('search').getByRole('textbox').fill('Sarkaria Commission')
    await page
      .getByRole('link', { name: /scanned.notes/i })
      .first()
      .click()
    const highlight = page.getByTestId('highlight').first()
    await highlight.waitFor()
    await page.getByText(/Recognised text, \d+% sure/).waitFor()
    expect(await seriousViolations(page)).toEqual([])

    const shown = await highlight.evaluate((mark) => {
      const sheet = mark.closest<HTMLElement>('[data-page-number]')?.getBoundingClientRect()
      const box = mark.getBoundingClientRect()
      if (!sheet) throw new Error('the highlight lies on no page')
      const [across, down] = [sheet.width, sheet.height]
      return {
        left: (box.left - sheet.left) / across,
        right: (box.right - sheet.left) / across,
        top: (box.top - sheet.top) / down,
        bottom: (box.bottom - sheet.top) / down,
      }
    })
    const drawn = words[0] ?? []
    const edges = {
      left: Math.min(...drawn.map(({ x }) => x)) / PAGE_PT.width,
      right: Math.max(...drawn.map(({ x, width }) => x + width)) / PAGE_PT.width,
      top: Math.min(...drawn.map(({ y }) => y)) / PAGE_PT.height,
      bottom: Math.max(...drawn.map(({ y, height }) => y + height)) / PAGE_PT.height,
    }
    for (const edge of ['left', 'right', 'top', 'bottom'] as const) {
      expect(Math.abs(shown[edge] - edges[edge]), edge).toBeLessThan(0.008)
    }
    expect(app.complaints.filter((complaint) => !/ERR_CONNECTION|WebSocket/.test(complaint))).toEqual([])
  })
})
