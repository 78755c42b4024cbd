import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { APP_VERSION, RESOURCES_DIR } from '../../electron/cli/app-paths.ts'
import { openStudyCore } from '../../electron/core/study-core.ts'
import { type ScriptedOllama, startScriptedOllama } from '../../electron/core/testing/scripted-ollama.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { openApp } from './open-app.ts'
import { seriousViolations, serveApp } from './serve-app.ts'

const NOTES = `# The two houses

Members of the Rajya Sabha are elected for a term of six years. The Rajya Sabha is never fully dissolved, because one third of its members retire every second year.

Members of the Lok Sabha are elected for a term of five years. The Lok Sabha can be dissolved before the end of its term.
`
const RAJYA = 'For what term are members of the Rajya Sabha elected?'

/** The app over one document, and a scripted Ollama (none where `ollama` is false). */
async function openWithNotes({ ollama }: { ollama: boolean }) {
  const dir = temporaryFolder()
  const file = join(dir, 'two-houses.md')
  writeFileSync(file, NOTES)
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  if (!ollama) await server[Symbol.asyncDispose]()
  const profileDir = join(dir, 'profile')
  const app = await openApp({ profileDir })
  app.core.settings.update({ ollamaUrl: server.url, welcomed: true })
  await app.core.documents.importPaths({ paths: [file] })
  for await (const job of app.core.jobs.changes()) if (job.state === 'done') break
  return { ...app, server }
}

/** A profile with the same document, and a scripted Ollama, for the command that serves it. */
async function prepareWithNotes(profileDir: string): Promise<ScriptedOllama> {
  const file = join(temporaryFolder(), 'two-houses.md')
  writeFileSync(file, NOTES)
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const core = await openStudyCore({ profileDir, host: 'cli', appVersion: APP_VERSION, resourcesDir: RESOURCES_DIR })
  core.settings.update({ ollamaUrl: server.url, welcomed: true })
  await core.documents.importPaths({ paths: [file] })
  await core.jobs.whenIdle()
  await core.close()
  return server
}

/** The words of the answer that is being written, as they are on the disk. */
function draftIn(profileDir: string): unknown {
  const db = new Database(join(profileDir, 'abhyas.sqlite'), { readonly: true })
  try {
    return db.prepare('SELECT draft FROM turns').pluck().get()
  } finally {
    db.close()
  }
}

async function askInPage(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your question' }).fill(question)
  await page.keyboard.press('Enter')
}

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, `#${hash}`)

describe('a conversation', () => {
  it('goes on without a model: a follow-up is completed, answered and cited, renamed, deleted, brought back', async () => {
    const { page, core, complaints } = await openWithNotes({ ollama: false })
    await go(page, '/ask')
    await askInPage(page, RAJYA)
    await page.getByTestId('answer').filter({ hasText: 'six years' }).waitFor()
    await askInPage(page, 'What about the Lok Sabha?')
    await page.getByTestId('answer').filter({ hasText: 'five years' }).waitFor()
    expect(await page.getByTestId('understood-as').textContent()).toContain(
      'For what term are members of the Lok Sabha elected?',
    )
    expect(await page.getByTestId('answered-by').allTextContents()).toHaveLength(2)
    expect(await seriousViolations(page)).toEqual([])

    await page.getByRole('button', { name: 'Actions for this conversation' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('The houses')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'The houses' }).waitFor()

    await page.getByRole('button', { name: 'Actions for this conversation' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Save as Markdown' }).click()
    expect((await download).suggestedFilename()).toBe('The houses.md')

    await page.getByRole('button', { name: 'Actions for this conversation' }).click()
    const word = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Save as a Word document' }).click()
    const written = await word
    expect(written.suggestedFilename()).toBe('The houses.docx')
    // The app reads its own document: it is imported as any other would be.
    const path = join(temporaryFolder(), 'houses.docx')
    await written.saveAs(path)
    const [taken] = await core.documents.importPaths({ paths: [path] })
    if (!taken?.document) throw new Error('the Word document should have been taken in')
    await core.jobs.whenIdle()
    const { text } = core.documents.page({ documentId: taken.document.id, pageNumber: 2 })
    expect(text).toContain('[1]')
    expect(text).toContain('“Members of the Lok Sabha are elected for a term of five years.”')

    // On paper there is the conversation alone, all of it.
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).overflowY)).toBe('visible')
    expect(await page.getByTestId('answer').filter({ visible: true }).count()).toBe(2)
    await page.emulateMedia({ media: 'screen' })

    await page.getByRole('button', { name: 'Actions for this conversation' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: 'The houses' }).waitFor()

    await page.getByTestId('citation').first().click()
    await page.waitForURL(/\/read\//)
    expect(complaints).toEqual([])
  })

  it('is written by a model: a follow-up, a stop in the midst of it, and the part written on', async () => {
    const { page, server, complaints } = await openWithNotes({ ollama: true })
    server.script({ tokens: ['Members of the Rajya Sabha are elected for a term of six years.'] })
    await go(page, '/ask')
    await askInPage(page, RAJYA)
    await page.getByTestId('answer').filter({ hasText: 'six years' }).waitFor()
    expect(await page.getByTestId('answered-by').textContent()).toContain('llama3.2:3b')
    expect(await page.getByTestId('citation').count()).toBe(1)

    server.script(
      { tokens: ['For what term are members of the Lok Sabha elected?'] },
      { tokens: ['Members of the Lok Sabha are elected for a term of five years. ', 'The Lok'], ending: 'silence' },
    )
    await askInPage(page, 'And the Lok Sabha?')
    await page.getByTestId('streaming').filter({ hasText: 'The Lok' }).waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    const part = page.getByTestId('partial')
    await part.waitFor()
    await untilAbandoned(server)
    expect(await page.getByTestId('understood-as').textContent()).toContain('members of the Lok Sabha elected')
    expect(await seriousViolations(page)).toEqual([])

    // The half sentence is written anew, whole.
    server.script({ tokens: ['The Lok Sabha can be dissolved before the end of its term.'] })
    await part.getByRole('button', { name: 'Continue' }).click()
    await page.getByTestId('answer').filter({ hasText: 'dissolved before the end' }).waitFor()
    expect(await part.count()).toBe(0)
    expect(await page.getByTestId('answer').count()).toBe(2)
    expect(complaints).toEqual([])
  })

  it('outlives the death of its process in the midst of an answer: the part is there, marked, and is written on', async () => {
    const profileDir = join(temporaryFolder(), 'profile')
    const server = await prepareWithNotes(profileDir)
    const { page, complaints, killAndReopen } = await serveApp(profileDir)
    // Twice a process of its own starts and reads its embedding model before it answers.
    page.setDefaultTimeout(120_000)
    server.script({
      tokens: ['Members of the Rajya Sabha are elected for a term of six years. ', 'One third of its mem'],
      ending: 'silence',
    })
    await go(page, '/ask')
    await askInPage(page, RAJYA)
    await page.getByTestId('streaming').filter({ hasText: 'One third of its mem' }).waitFor()
    await vi.waitFor(() => expect(draftIn(profileDir)).toContain('One third of its mem'), { timeout: 20_000 })
    await killAndReopen()
    await untilAbandoned(server)

    await go(page, '/ask')
    await page.getByRole('navigation', { name: 'Earlier questions' }).getByText('Stopped early').waitFor()
    await page.getByRole('link', { name: RAJYA }).click()
    const part = page.getByTestId('partial')
    await part.getByText('this is only part of the answer').waitFor()
    await part.getByText('Details').click()
    await part.getByText('Abhyas was closed while this was being written').waitFor()
    expect(await page.getByTestId('answer').textContent()).toContain('elected for a term of six years.')
    expect(await page.getByTestId('citation').count()).toBeGreaterThan(0)

    server.script({ tokens: ['One third of its members retire every second year.'] })
    await part.getByRole('button', { name: 'Continue' }).click()
    await page.getByTestId('answer').filter({ hasText: 'retire every second year' }).waitFor()
    expect(await part.count()).toBe(0)
    expect(await page.getByTestId('answer').textContent()).not.toContain('One third of its mem ')
    expect(complaints.filter((complaint) => !/ERR_CONNECTION|WebSocket/.test(complaint))).toEqual([])
  })

  it('keeps what a server that went away had written, marked as a part', async () => {
    const { page, server } = await openWithNotes({ ollama: true })
    server.script({
      tokens: ['Members of the Rajya Sabha are elected for a term of six years. ', 'And'],
      ending: 'cut',
    })
    await go(page, '/ask')
    await askInPage(page, RAJYA)
    await page.getByTestId('partial').waitFor()
    expect(await page.getByTestId('answer').textContent()).toContain('six years')
    await page.reload()
    await page.getByTestId('partial').getByRole('button', { name: 'Continue' }).waitFor()
  })
})

/** The model was told to stop, not only the reading of it. */
async function untilAbandoned(server: ScriptedOllama): Promise<void> {
  await server.until(() => server.calls.some(({ abandoned }) => abandoned))
}
