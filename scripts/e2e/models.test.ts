import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startScriptedOllama } from '../../electron/core/testing/scripted-ollama.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { openApp } from './open-app.ts'
import { runAbhyas } from './run-abhyas.ts'
import { seriousViolations } from './serve-app.ts'

async function startOllama() {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  server.models = []
  return server
}

describe('abhyas models', () => {
  it('downloads, lists and deletes a model of the Ollama that OLLAMA_HOST names', async () => {
    const server = await startOllama()
    process.env.OLLAMA_HOST = server.url
    onTestFinished(() => {
      delete process.env.OLLAMA_HOST
    })
    const profile = ['--profile', join(temporaryFolder(), 'profile')]
    const pulled = await runAbhyas('models', 'pull', 'llama3.2:3b', ...profile)
    expect(pulled).toMatchObject({ exitCode: 0, result: { name: 'llama3.2:3b', state: 'done' } })
    const { result } = await runAbhyas('models', ...profile)
    expect(result).toMatchObject({
      status: { state: 'ready', model: 'llama3.2:3b' },
      installed: [{ name: 'llama3.2:3b', inUse: true }],
    })
    expect(await runAbhyas('models', 'rm', 'llama3.2:3b', ...profile)).toMatchObject({ exitCode: 0 })
    expect(server.models).toEqual([])
    expect(await runAbhyas('models', 'rm', 'llama3.2:3b', ...profile)).toMatchObject({
      exitCode: 69,
      result: { error: { code: 'model-missing' } },
    })
    expect(await runAbhyas('models', 'pull', 'glm-4.6:cloud', ...profile)).toMatchObject({
      result: { error: { code: 'model-refused' } },
    })
    expect(await runAbhyas('models', 'prune', ...profile)).toMatchObject({ exitCode: 64 })
  })
})

describe('Settings → Models', () => {
  it('downloads a model, stops and goes on, puts it to use, and deletes it', async () => {
    const server = await startOllama()
    server.store.pulls = 'hold'
    const { core, page, complaints } = await openApp()
    core.settings.update({ ollamaUrl: server.url, welcomed: true })
    await page.evaluate(() => {
      location.hash = '#/settings/models'
    })
    await page.getByText('The server runs, but has no model that writes').waitFor()
    await page.getByRole('button', { name: 'Download llama3.2:3b' }).click()
    await page.getByRole('progressbar', { name: /llama3.2:3b/ }).waitFor()
    await page.getByRole('button', { name: 'Stop downloading llama3.2:3b' }).click()
    await server.until(() => server.store.abandonedPulls === 1)
    server.store.pulls = 'whole'
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('llama3.2:3b is ready').waitFor()
    await page.getByRole('button', { name: 'Load it now' }).click()
    await page.getByText('In memory: the first answer starts at once.').waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete llama3.2:3b' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete llama3.2:3b' }).click()
    await page.getByText('The server runs, but has no model that writes').waitFor()
    expect(complaints).toEqual([])
  })

  it('shows what was used, and where it stops', async () => {
    const server = await startOllama()
    server.models = [{ name: 'llama3.2:3b', size: 2e9, capabilities: ['completion'] }]
    const { core, page } = await openApp()
    core.settings.update({ ollamaUrl: server.url, welcomed: true })
    await core.models.setKey({ key: 'sk-unseen' })
    await page.evaluate(() => {
      location.hash = '#/settings/usage'
    })
    await page.getByText('Nothing was asked of a language model in this time.').waitFor()
    const tokens = page.getByLabel('Tokens', { exact: true }).first()
    await tokens.fill('500')
    await tokens.press('Enter')
    await expect.poll(() => core.settings.read().dailyLimits, { timeout: 30_000 }).toEqual({ ollama: { tokens: 500 } })
    expect(await seriousViolations(page)).toEqual([])
    expect(await page.content()).not.toContain('sk-unseen')
  })
})
