import type { EncodedMessage } from '@orpc/standard-server-peer'

export type { EncodedMessage }

/** One admitted line to the core. */
export interface Connection {
  send(message: EncodedMessage): Promise<void>
  onMessage(listener: (message: EncodedMessage) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** How this page reaches the core: a WebSocket to the web host, or a port of the Electron shell. */
export interface ClientTransport {
  readonly host: 'electron' | 'web'
  /** Resolves once admitted; rejects with DoorClosedError when trying again can't help, else with ConnectionLostError. */
  connect(): Promise<Connection>
  /** What the host's file and upload routes want to see. */
  fileHeaders(): Record<string, string>
}

/** The line broke, or was never there. What was asked may or may not have been done. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  constructor(options?: ErrorOptions) {
    super('The connection to the app was lost. What was saved is kept; it is being tried again.', options)
  }
}

/** This page holds neither an unused token nor a session of the running app. */
export class DoorClosedError extends Error {
  override readonly name = 'DoorClosedError'
  constructor() {
    super('This page was not let in. Open Abhyas again from where it was started.')
  }
}
