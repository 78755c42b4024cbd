import type { DocumentId } from '#contract/ids.ts'
import { showClosedDoor } from './closed-door.ts'
import { createClient } from './create-client.ts'
import { messagePortTransport } from './message-port-transport.ts'
import { takeOpeningToken } from './opening-token.ts'
import { type ClientTransport, ConnectionLostError } from './transport.ts'
import { makeUploadFiles } from './upload-files.ts'
import { webTransport } from './web-transport.ts'

export { failureOf } from './failure-of.ts'

/** Looked up at each use: merely naming localStorage throws where site data is blocked. */
const pageStorage = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => localStorage.setItem(key, value),
  removeItem: (key: string) => localStorage.removeItem(key),
}

// The page's one client, made when this module is first imported: before anything
// is drawn, so that the token is out of the address before the route is read from it.
const transport = transportOfPage()
let isDoorClosed = false
const connected = createClient(transport, {
  onDoorClosed() {
    isDoorClosed = true
    showClosedDoor(document)
  },
})

/** The contract's procedures: `await client.documents.list()`. Errors go to `failureOf`. */
export const client = connected.client

/** The same as TanStack Query options: `useQuery(orpc.documents.list.queryOptions())`. */
export const orpc = connected.orpc

/** Whether the app answers: `useConnection(({ state }) => state)`. */
export const useConnection = connected.useConnection

export const uploadFiles = makeUploadFiles({ origin: originOfPage(), headers: transport.fileHeaders })

/** Where a document's original file is, for pdfjs. Ask again for each opening: the headers may change. */
export function fileUrl(documentId: DocumentId): { url: string; headers: Record<string, string> } {
  return {
    url: `${originOfPage()}/documents/${encodeURIComponent(documentId)}/file`,
    headers: transport.fileHeaders(),
  }
}

/** Which host shows this page. */
export function hostName(): 'electron' | 'web' {
  return transport.host
}

function originOfPage(): string {
  return typeof location === 'undefined' ? '' : `${location.protocol}//${location.host}`
}

function transportOfPage(): ClientTransport {
  // No page, as in a test that only wants the types and pure functions around the client.
  if (typeof location === 'undefined') {
    return { host: 'web', connect: () => Promise.reject(new ConnectionLostError()), fileHeaders: () => ({}) }
  }
  if (location.protocol === 'app:') {
    return messagePortTransport({ post: (message, port) => window.postMessage(message, '/', [port]) })
  }
  const { token, fragment } = takeOpeningToken(location.hash)
  if (token !== undefined) history.replaceState(history.state, '', `${location.pathname}${fragment}`)
  // An address pasted into a page that is open already: its token is not needed, and not to be left on the screen.
  addEventListener('hashchange', () => {
    const pasted = takeOpeningToken(location.hash)
    if (pasted.token !== undefined && !isDoorClosed) location.replace(pasted.fragment)
  })
  return webTransport({ origin: originOfPage(), token, storage: pageStorage })
}
