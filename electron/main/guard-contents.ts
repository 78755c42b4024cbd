import type { Session, WebContents } from 'electron'
import { isAppUrl, isExternalUrl } from './app-scheme.ts'

/** Copying text is the one permission the page needs; the system's dialog stands before all it could read. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write'])

/** Nothing the page shows can take it elsewhere, open a window, or embed another program's page. */
export function guardContents(contents: WebContents, openExternal: (url: string) => Promise<void>): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    // No browser to open it is the person's to see in the system's own message; there is nothing to do about it here.
    if (isExternalUrl(url)) openExternal(url).catch(() => {})
    return { action: 'deny' }
  })
}

/** Camera, microphone, place, devices, notifications: none is needed, so none can be asked for. */
export function denyPermissions(session: Session): void {
  const isAllowed = (permission: string, requestingUrl: string) =>
    ALLOWED_PERMISSIONS.has(permission) && isAppUrl(requestingUrl)
  session.setPermissionRequestHandler((_contents, permission, reply, { requestingUrl }) =>
    reply(isAllowed(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed(permission, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}
