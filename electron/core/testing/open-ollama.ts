import { onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#contract/system.ts'
import { makeOllamaModel } from '../adapters/ollama.ts'
import { manualClock } from './manual-clock.ts'
import { startScriptedOllama } from './scripted-ollama.ts'

/** What a call to the model of `openOllama` begins with. */
export const STARTED = { type: 'started', provider: 'ollama', model: 'llama3.2:3b' }

/** A model over a scripted server of its own, which ends with the test. */
export async function openOllama(settings: Partial<Settings> = {}) {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const clock = manualClock()
  const model = makeOllamaModel({
    settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url, ...settings }),
    clock,
  })
  return { server, clock, model }
}
