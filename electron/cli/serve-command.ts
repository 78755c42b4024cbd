import { once } from 'node:events'
import { isBuilt } from '../../scripts/build-stamp.ts'
import { startWebHost } from '../web-host/start-web-host.ts'
import { RENDERER_DIR } from './app-paths.ts'
import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas serve`: the app for a browser on this computer, until Ctrl+C. Builds the window where that was not done yet. */
export function serveCommand(
  context: CommandContext,
  _positional: string[],
  { port }: { port: number },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true, host: 'web' }, async (core) => {
    if (!isBuilt('renderer')) {
      if (!terminal.json) process.stderr.write('Building the window (once for each version) …\n')
      // Not with the other imports: it brings the whole build tool, which no other command needs.
      const { buildTarget } = await import('../../scripts/build.ts')
      await buildTarget('renderer', 'error')
    }
    const host = await startWebHost({ core, port, distDir: RENDERER_DIR })
    try {
      terminal.result({ address: host.address, port: host.port }, () => [
        `Abhyas is running at ${host.address}`,
        'Ctrl+C stops it.',
      ])
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await host.close()
    }
    return EXIT_OK
  })
}
