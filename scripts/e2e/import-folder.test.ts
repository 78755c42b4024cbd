import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { buildLockedPdf } from '../../electron/core/testing/build-locked-pdf.ts'
import { buildPdf } from '../../electron/core/testing/build-pdf.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { runAbhyas } from './run-abhyas.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

/** A folder as a student has it: two sound books, one of them in a folder within; a damaged one, a locked one, a table. */
async function writeNotes(): Promise<string> {
  const folder = join(temporaryFolder(), 'Notes')
  mkdirSync(join(folder, 'Polity'), { recursive: true })
  const write = (name: string, bytes: Buffer | string) => writeFileSync(join(folder, name), bytes)
  const page = (text: string) => ({ texts: [{ text, x: 60, y: 80 }] })
  write('Polity/Governor.pdf', await buildPdf([page('The Governor is appointed by the President under Article 155.')]))
  write('Budget.pdf', await buildPdf([page('The budget is laid before both Houses under Article 112.')]))
  write('Torn.pdf', '%PDF-1.7 and nothing after it')
  write('Locked.pdf', buildLockedPdf('The Cabinet meets in the capital under the Prime Minister.', 'open sesame'))
  write('Marks.xlsx', 'a table')
  return folder
}

/** Drops files and folders on the window, as the system does. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  await send('dragEnter')
  await send('dragOver')
  await page.getByText('Drop to add to your library').waitFor()
  // The browser drops where the last answer to dragging was that it may.
  await send('dragOver')
  await send('drop')
}

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title })

describe('a folder dropped on the library, in a real window', () => {
  it('is read as far as it can be, says of the rest why, and stops and goes on as it is told', async () => {
    const profileDir = join(temporaryFolder(), 'profile')
    // So that there is something left to stop.
    await runAbhyas('jobs', 'pause', '--profile', profileDir)
    const app = await serveApp(profileDir)
    const { page } = app
    await page.getByRole('button', { name: 'Choose files' }).waitFor()
    await go(page, '/library')
    await drop(page, await writeNotes())

    await row(page, 'Governor').getByText('Waiting its turn').waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('checkbox', { name: 'Select all shown' }).check()
    await page.getByRole('button', { name: 'Stop reading' }).click()
    for (const title of ['Governor', 'Budget', 'Locked']) await row(page, title).getByText('Stopped.').waitFor()

    await go(page, '/jobs')
    await page.getByRole('button', { name: 'Resume all' }).click()
    await go(page, '/library')
    await page.getByRole('checkbox', { name: 'Select all shown' }).check()
    await page.getByRole('button', { name: 'Try again', exact: true }).first().click()
    await row(page, 'Governor').getByRole('cell', { name: '1', exact: true }).waitFor()
    await row(page, 'Budget').getByRole('cell', { name: '1', exact: true }).waitFor()

    await row(page, 'Torn').getByText('The file is damaged').waitFor()
    await row(page, 'Locked').getByRole('button', { name: 'Password' }).click()
    await page.getByRole('textbox', { name: 'Password' }).fill('open sesame')
    await page.keyboard.press('Enter')
    await row(page, 'Locked').getByRole('cell', { name: '1', exact: true }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    expect(app.complaints).toEqual([])
  })
})
