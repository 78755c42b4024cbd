import { makeIds } from '../ops/make-ids.ts'
import type { Log } from '../ops/open-log.ts'
import { systemClock } from '../ops/system-clock.ts'
import { makeRouter } from '../router.ts'
import type { StudyCore } from '../study-core.ts'
import type { AnswerRequestOptions } from './answer-request.ts'
import { receiveUploads } from './receive-uploads.ts'
import { openRendererFiles } from './renderer-files.ts'
import { makePeerServer, type ServePeer } from './serve-peer.ts'

/** What a host puts behind its door: the page's files, its uploads, and the contract. */
export type ServedCore = Pick<AnswerRequestOptions, 'renderer' | 'uploads' | 'fileOf'> & {
  servePeer: ServePeer
  log?: Pick<Log, 'warn' | 'error'>
}

/**
 * An open core and the built renderer (`distDir`), ready to be served by either
 * host. Throws `not-ready` when the renderer is not built.
 */
export function serveCore({ core, distDir }: { core: StudyCore; distDir: string }): ServedCore {
  return {
    renderer: openRendererFiles(distDir),
    uploads: receiveUploads({ dir: core.uploadsDir, ids: makeIds({ clock: systemClock }) }),
    fileOf: (documentId) => core.fileOf(documentId),
    servePeer: makePeerServer({ router: makeRouter(core), log: core.log }),
    log: core.log,
  }
}
