import type { DocumentId } from '#contract/ids.ts'
import type { SearchMode } from '#contract/search.ts'
import { EXIT_OK } from './exit-codes.ts'
import { placeName } from './place-name.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas search QUERY`: the best passages, best first. */
export function searchCommand(
  context: CommandContext,
  [query = '']: string[],
  options: { limit: number; mode: SearchMode; documents?: string[] },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const scope = options.documents ? { documentIds: options.documents as DocumentId[] } : {}
    const input = { query, mode: options.mode, limit: options.limit, scope }
    const { hits, tookMs, mode } = await core.search.search(input, context.signal)
    context.terminal.result({ hits, tookMs, mode }, () =>
      hits.length === 0
        ? ['Nothing found.']
        : hits.flatMap(({ title, text, score, ...place }, index) => [
            `${index + 1}. ${title}, ${placeName(place)} (${score.toFixed(2)})`,
            `   ${text.replaceAll(/\s+/g, ' ').slice(0, 240)}`,
          ]),
    )
    return EXIT_OK
  })
}
