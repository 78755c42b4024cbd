import type { IpcMain, IpcMainEvent } from 'electron'
import { PORT_MESSAGE } from '#contract/port-message.ts'
import type { ServePeer } from '#core/serve/serve-peer.ts'
import { isOwnPage } from './app-scheme.ts'
import { portTransport } from './port-transport.ts'

/** Serves the contract to the app's own page, over the one port it sends. Whatever else is sent is closed. */
export function acceptPort(ipcMain: IpcMain, servePeer: ServePeer): void {
  ipcMain.on(PORT_MESSAGE, (event: IpcMainEvent) => {
    // Read at once: by the next turn of the loop the frame may have navigated or gone.
    const [port, ...extras] = isOwnPage(event.senderFrame) ? event.ports : []
    for (const extra of port ? extras : event.ports) extra.close()
    if (port) servePeer(portTransport(port))
  })
}
