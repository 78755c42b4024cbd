import { onTestFinished } from 'vitest'
import type { Answer, AskEvent } from '#contract/ask.ts'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeOllamaModel } from '../adapters/ollama.ts'
import { type Asker, type AskerParts, type AskInput, makeAsker } from '../ask/answer-question.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { openLibraryIndex } from '../search/library-index.ts'
import { makeSearcher } from '../search/search-library.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type ScriptedOllama, startScriptedOllama } from './scripted-ollama.ts'
import { type SeedDocument, seedLibrary } from './seed-library.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wordEmbedder } from './word-embedder.ts'

export interface OpenedAsker extends AskerParts {
  asker: Asker
  store: Store
  server: ScriptedOllama
  /** The same parts over the same profile, as after a start of the app. */
  reopen(): Asker
}

/** An asker over a seeded library, with a scripted Ollama at its other end (away where `ollama` is false). */
export async function openAsker(library: readonly SeedDocument[], { ollama = true } = {}): Promise<OpenedAsker> {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  if (!ollama) await server[Symbol.asyncDispose]()
  const dir = temporaryFolder()
  const store = openStore({ profileDir: dir })
  const embedder = wordEmbedder(128)
  await seedLibrary(store, embedder, library)
  const index = await openLibraryIndex({ store, dir, identity: embedder.identity })
  onTestFinished(async () => {
    await index.close()
    store.close()
  })
  const parts = {
    store,
    searcher: makeSearcher({ store, embedder: () => embedder, index: () => index, clock: systemClock }),
    embedder: () => embedder,
    model: makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url }), clock: systemClock }),
    ids: makeIds({ clock: systemClock }),
    clock: systemClock,
  }
  return { ...parts, server, asker: makeAsker(parts), reopen: () => makeAsker(parts) }
}

/** Asks and reads the stream to its end, which must be an answer. */
export async function ask(
  asker: Asker,
  question: string,
  rest: Partial<AskInput> = {},
  signal?: AbortSignal,
): Promise<{ events: AskEvent[]; answer: Answer }> {
  return readAnswer(asker.ask({ question, engine: 'auto', scope: {}, ...rest }, signal))
}

export async function readAnswer(stream: AsyncIterable<AskEvent>): Promise<{ events: AskEvent[]; answer: Answer }> {
  const events: AskEvent[] = []
  for await (const event of stream) events.push(event)
  const last = events.at(-1)
  if (last?.type !== 'answer') throw new Error('it should end with an answer')
  return { events, answer: last.answer }
}
