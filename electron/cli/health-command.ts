import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas health`: what is there, what is missing, what to do. */
export function healthCommand(context: CommandContext): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const health = await core.health()
    const { embedding, index, model } = health
    context.terminal.result(health, () => [
      `Abhyas ${health.version}, Node ${health.nodeVersion}, ${health.platform}`,
      `Profile    ${health.profileDir} (data version ${health.databaseVersion})`,
      `Library    ${health.documentCount} documents, ${health.pageCount} pages, ${health.chunkCount} passages`,
      `Embedding  ${embedding.state === 'ready' ? `${embedding.name}, ${embedding.dimension} dimensions` : embedding.message}`,
      `Index      ${index.state}, ${index.vectorCount} vectors, ${index.pendingCount} to come`,
      `Model      ${model.message}`,
    ])
    return EXIT_OK
  })
}
