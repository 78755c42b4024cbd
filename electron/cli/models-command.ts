import type { JobId } from '#contract/ids.ts'
import { ModelName, type ModelShelf } from '#contract/models.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED, exitCodeOf } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas models [list | pull NAME | rm NAME]`: the language models there are, what suits this computer, and what is wrong. */
export function modelsCommand(context: CommandContext, [action = 'list', name = '']: string[]): Promise<number> {
  switch (action) {
    case 'list':
      return withCore(context, { work: false }, (core) => list(core, context))
    case 'pull':
      return withCore(context, { work: true }, (core) => pull(core, nameOf(name), context))
    case 'rm':
      return withCore(context, { work: false }, (core) => remove(core, nameOf(name), context))
    default:
      throw new StudyError('bad-input', `unknown action '${action}': list, pull NAME or rm NAME.`)
  }
}

async function list(core: StudyCore, { terminal, signal }: CommandContext): Promise<number> {
  const shelf = await core.models.shelf(signal)
  terminal.result(shelf, () => shelfLines(shelf))
  return EXIT_OK
}

/** Stopped, it goes on from there the next time. */
async function pull(core: StudyCore, name: string, context: CommandContext): Promise<number> {
  const { id } = core.models.pull({ name })
  const job = await follow(core, id, context)
  if (!job) return EXIT_INTERRUPTED
  const { state, failure } = job
  context.terminal.result({ name, state, ...(failure && { error: failure }) }, () =>
    state === 'done' ? [`${name} is ready.`] : [],
  )
  if (state === 'done') return EXIT_OK
  if (!failure) return EXIT_SOME_FAILED
  context.terminal.failure(failure)
  return exitCodeOf(failure.code)
}

async function remove(core: StudyCore, name: string, { terminal }: CommandContext): Promise<number> {
  await core.models.remove({ name })
  terminal.result({ name, removed: true }, () => [`${name} is deleted.`])
  return EXIT_OK
}

function nameOf(text: string): string {
  const parsed = ModelName.safeParse(text)
  if (!parsed.success)
    throw new StudyError(
      'bad-input',
      `'${text}' is no name of a model. Names look like llama3.2:3b: see ollama.com/library.`,
    )
  return parsed.data
}

/** The job at its rest; undefined when the person stopped waiting, which stops the download too: what came is kept. */
async function follow(core: StudyCore, jobId: JobId, { terminal, signal }: CommandContext) {
  const ended = new AbortController()
  const telling = (async () => {
    for await (const { id, progress } of core.jobs.changes(ended.signal)) {
      if (id !== jobId || !progress) continue
      terminal.progress({ type: 'progress', ...progress }, () =>
        progress.total > 0
          ? `${progress.stage}: ${gigabytes(progress.done)} of ${gigabytes(progress.total)}`
          : progress.stage,
      )
    }
  })()
  try {
    return await core.jobs.finished(jobId, signal)
  } catch (error) {
    if (!signal.aborted) throw error
    core.jobs.cancel(jobId)
    return undefined
  } finally {
    ended.abort()
    await telling
  }
}

function shelfLines({ status, installed, suggested, memory }: ModelShelf): string[] {
  const line = (name: string, facts: (string | false | undefined)[]) =>
    `  ${name.padEnd(24)} ${facts.filter(Boolean).join(', ')}`
  const missing = suggested.filter((model) => !model.installed)
  return [
    status.message,
    `Memory: ${gigabytes(memory.freeBytes)} free of ${gigabytes(memory.totalBytes)}${memory.sparing ? ', spared' : ''}`,
    ...(installed.length > 0 ? ['', 'Installed:'] : []),
    ...installed.map((model) =>
      line(model.name, [
        gigabytes(model.byteSize),
        model.local ? FITS[model.fit] : 'runs elsewhere',
        model.licence,
        model.speed && `${model.speed.replyPerSecond.toFixed(1)} tokens/s`,
        model.loaded && 'in memory',
        model.inUse && 'in use',
      ]),
    ),
    ...(missing.length > 0 ? ['', 'To download (abhyas models pull NAME):'] : []),
    ...missing.map((model) =>
      line(model.name, [
        gigabytes(model.byteSize),
        FITS[model.fit],
        model.licence,
        model.hindi && 'knows Hindi',
        model.recommended && 'recommended here',
      ]),
    ),
  ]
}

const FITS = { fits: 'fits', tight: 'fits once other programs are closed', 'too-large': 'too large for this computer' }

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
