import type { Ollama } from 'ollama'

/**
 * Puts away what the server holds in memory beside `keep` (nothing, when absent): two models do not
 * fit into 8 GB. Tells whether `keep` is in memory.
 */
export async function unloadOthers(client: Ollama, keep?: string): Promise<boolean> {
  const { models } = await client.ps()
  for (const { name } of models) {
    if (name === keep) continue
    // An empty call that keeps the model for no time, as "ollama stop" does; works for embedding models too.
    for await (const _ of await client.generate({ model: name, prompt: '', keep_alive: 0, stream: true }));
  }
  return models.some(({ name }) => name === keep)
}
