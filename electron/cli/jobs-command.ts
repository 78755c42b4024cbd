import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas jobs [retry ID | cancel ID | pause | resume | run]`: long work, newest first. */
export function jobsCommand(context: CommandContext, [action, id]: string[]): Promise<number> {
  return withCore(context, { work: action === 'run' }, async (core) => {
    await act(core, action, id, context.signal)
    const list = { jobs: core.jobs.list({ limit: 200 }), paused: core.jobs.paused() }
    context.terminal.result(list, () => [
      ...(list.paused ? ['All work is paused: abhyas jobs resume'] : []),
      ...(list.jobs.length === 0 ? ['No work, now or lately.'] : []),
      ...list.jobs.map(({ id, kind, state, title, progress, failure }) => {
        const done = progress ? ` ${progress.stage} ${progress.done}/${progress.total}` : ''
        return `${id}  ${state.padEnd(9)}  ${kind}  ${title}${done}${failure ? `: ${failure.message}` : ''}`
      }),
    ])
    return EXIT_OK
  })
}

async function act(core: StudyCore, action: string | undefined, id: string | undefined, signal: AbortSignal) {
  if (action === undefined) return
  if (action === 'pause') return core.jobs.pauseAll()
  if (action === 'resume') return core.jobs.resumeAll()
  if (action === 'run') return core.jobs.whenIdle(signal)
  if (action !== 'retry' && action !== 'cancel') {
    throw new StudyError('bad-input', `unknown action '${action}': retry ID, cancel ID, pause, resume or run.`)
  }
  if (id === undefined) throw new StudyError('bad-input', `which job? abhyas jobs ${action} ID`)
  core.jobs[action](id as JobId)
}
