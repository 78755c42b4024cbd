/** The page's address in the Electron shell. A scheme of our own, because file:// pages may read other files. */
export const APP_SCHEME = 'app'
export const APP_URL = 'app://abhyas/'

/** Given to Chromium before it starts: an origin like https, that can be fetched from, and nothing that bypasses the policy. */
export const APP_PRIVILEGES = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  corsEnabled: true,
  stream: true,
  codeCache: true,
} as const

/** Protocol and host are compared, not `origin`: outside Chromium the origin of an unknown scheme is "null". */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.protocol === `${APP_SCHEME}:` && parsed.host === 'abhyas'
}

/** What may be handed to the person's browser or mail program. */
export function isExternalUrl(url: string): boolean {
  const protocol = URL.parse(url)?.protocol
  return protocol === 'https:' || protocol === 'mailto:'
}

/** Whether a message came from the app's own top page: a frame that is gone is null, a foreign one has another address. */
export function isOwnPage(frame: { readonly url: string; readonly parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}
