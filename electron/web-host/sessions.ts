import { createHash, randomBytes } from 'node:crypto'

/** More pages than anybody opens; the oldest session goes first. */
const MOST_SESSIONS = 64

/** Who may talk to this run of the web host. Kept in memory: a session ends with the process. */
export interface Sessions {
  /** The one token that opens the door now. */
  currentToken(): string
  /** Trades the current token for a session and makes the next token; undefined for any other token. */
  trade(token: string): string | undefined
  isSession(session: string): boolean
}

/**
 * Tokens work once; sessions as long as the process lives. `onNewToken` hears of
 * the next token as soon as the last was used, so that an address that opens can
 * always be shown.
 */
export function makeSessions({
  secret = () => randomBytes(32).toString('base64url'),
  onNewToken,
}: {
  secret?: () => string
  onNewToken?: (token: string) => void
} = {}): Sessions {
  // Compared as hashes, so that the time a comparison takes tells nothing about the secret.
  const sessions = new Set<string>()
  let token = secret()
  return {
    currentToken: () => token,
    trade(offered) {
      if (hash(offered) !== hash(token)) return undefined
      token = secret()
      const session = secret()
      sessions.add(hash(session))
      for (const oldest of sessions) {
        if (sessions.size <= MOST_SESSIONS) break
        sessions.delete(oldest)
      }
      onNewToken?.(token)
      return session
    },
    isSession: (session) => sessions.has(hash(session)),
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
