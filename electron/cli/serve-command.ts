import { once } from 'node:events'
import { startWebHost } from '../web-host/start-web-host.ts'
import { RENDERER_DIR } from './app-paths.ts'
import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas serve`: the app for a browser on this computer, until Ctrl+C. */
export function serveCommand(
  context: CommandContext,
  _positional: string[],
  { port }: { port: number },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true, host: 'web' }, async (core) => {
    const host = await startWebHost({ core, port, distDir: RENDERER_DIR })
    try {
      core.announce(host.address)
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
