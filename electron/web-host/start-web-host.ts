import { serveCore } from '#core/serve/serve-core.ts'
import type { StudyCore } from '#core/study-core.ts'
import { listenOnLoopback } from './listen-on-loopback.ts'

export interface WebHost {
  /** Opens the app once, in a browser on this computer. */
  readonly address: string
  readonly port: number
  /** An address that was not used yet, however many were. */
  freshAddress(): string
  close(): Promise<void>
}

/**
 * Serves an open core and the built renderer (`distDir`) to browsers of this
 * computer, and keeps the address that opens it announced in the profile.
 * Throws `not-ready` when the renderer is not built or the port is taken.
 */
export async function startWebHost({
  core,
  port,
  distDir,
  onAddressUsed,
}: {
  core: StudyCore
  /** 0 or absent: any free port. */
  port?: number
  distDir: string
  /** Somebody came in by the address; the fresh one is announced already. */
  onAddressUsed?: () => void
}): Promise<WebHost> {
  const host = await listenOnLoopback({
    ...serveCore({ core, distDir }),
    port,
    onNewAddress(address) {
      core.announce(address)
      onAddressUsed?.()
    },
  })
  const address = host.address()
  core.announce(address)
  return { address, port: host.port, freshAddress: host.address, close: host.close }
}
