import type { EmbeddingChoice, EmbeddingStatus } from '#contract/embedding.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas embedding [use MODEL | cancel | forget ID]`: which model search by meaning uses, and what is kept of others. */
export function embeddingCommand(context: CommandContext, [action, which]: string[]): Promise<number> {
  return withCore(context, { work: action === 'use' || action === 'forget' }, async (core) => {
    if (action === 'use') await core.embedding.use({ choice: choiceOf(which) })
    else if (action === 'cancel') core.embedding.cancel()
    else if (action === 'forget') core.embedding.forget({ modelId: Number(which ?? Number.NaN) })
    else if (action !== undefined) {
      throw new StudyError('bad-input', `unknown action '${action}': use MODEL, cancel or forget ID.`)
    }
    if (action === 'use' || action === 'forget') await follow(core, context)
    const status = core.embedding.status()
    const choices = await core.embedding.choices(context.signal)
    context.terminal.result({ ...status, ...choices }, () => lines(status, choices))
    if (context.signal.aborted) return EXIT_INTERRUPTED
    return action === 'use' && status.next ? EXIT_SOME_FAILED : EXIT_OK
  })
}

function choiceOf(which: string | undefined): EmbeddingChoice {
  if (which === undefined) {
    throw new StudyError(
      'bad-input',
      'which model? abhyas embedding use built-in, ollama:NAME or the path of a folder.',
    )
  }
  if (which === 'built-in') return { kind: 'built-in' }
  if (which.startsWith('ollama:')) return { kind: 'ollama', model: which.slice('ollama:'.length) }
  return { kind: 'folder', path: which }
}

/** Tells the progress until the work has come to rest. */
async function follow(core: StudyCore, { terminal, signal }: CommandContext): Promise<void> {
  const ended = new AbortController()
  const following = (async () => {
    for await (const { kind, title, state, progress } of core.jobs.changes(AbortSignal.any([signal, ended.signal]))) {
      if (!progress || (kind !== 'embed-missing' && kind !== 'forget-vectors')) continue
      const { stage, done, total, unit } = progress
      terminal.progress(
        { type: 'progress', title, state, ...progress },
        () => `${title}: ${stage} ${done} of ${total} ${unit}`,
      )
    }
  })()
  following.catch(() => {})
  try {
    await core.jobs.whenIdle(signal)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    ended.abort()
  }
}

function lines(
  { serving, next, kept }: EmbeddingStatus,
  choices: Awaited<ReturnType<StudyCore['embedding']['choices']>>,
) {
  const named = (choice: EmbeddingChoice) =>
    choice.kind === 'built-in' ? 'built-in' : choice.kind === 'ollama' ? `ollama:${choice.model}` : choice.path
  return [
    `In use     ${named(serving.choice)}${serving.name ? ` (${serving.name}, ${serving.dimension} dimensions)` : ''}${serving.message ? `: ${serving.message}` : ''}`,
    ...(next
      ? [`Next       ${named(next.choice)}: ${next.job?.failure?.message ?? next.job?.state ?? 'not begun'}`]
      : []),
    ...kept.map(
      ({ modelId, name, vectorCount, byteSize, inUse }) =>
        `Kept       ${modelId}  ${name}, ${vectorCount} vectors, ${Math.ceil(byteSize / 1e6)} MB${inUse ? ', in use' : ''}`,
    ),
    ...choices.models.map(({ choice, local }) => `Choice     ${named(choice)}${local ? '' : ' (runs elsewhere)'}`),
    ...(choices.ollamaMessage ? [`Ollama     ${choices.ollamaMessage}`] : []),
  ]
}
