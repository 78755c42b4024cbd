import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas documents`: what is in the library, newest first. */
export function documentsCommand(context: CommandContext): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const documents = core.documents.list().map(({ pageCount: pages, chunkCount: chunks, failure, ...document }) => ({
      ...document,
      pages,
      chunks,
      ...(failure ? { error: failure } : {}),
    }))
    context.terminal.result({ documents }, () =>
      documents.length === 0
        ? ['The library is empty. Add something: abhyas import FILE…']
        : documents.map(({ id, status, pages, title }) => `${id}  ${status.padEnd(9)}  ${pages} pages  ${title}`),
    )
    return EXIT_OK
  })
}
