import { z } from 'zod'

/**
 * How a page of the web host is let in, before the first procedure call.
 * The page's first WebSocket frame is a Hello: the single-use token of the
 * address it was opened with, or the session it was given before. The answer is
 * a Welcome with the session, which is also the bearer of the file routes; or
 * the socket closes with DOOR_CLOSED_CODE.
 */
export const Hello = z.union([
  z.object({ token: z.string().min(1).max(200) }),
  z.object({ session: z.string().min(1).max(200) }),
])
export type Hello = z.infer<typeof Hello>

export const Welcome = z.object({ session: z.string() })
export type Welcome = z.infer<typeof Welcome>

/** Where the socket is, under the page's origin. */
export const SOCKET_PATH = '/socket'

/** WebSocket close code of a Hello that opens nothing: a used token, or a session of an earlier run. */
export const DOOR_CLOSED_CODE = 4401

/** The name of the token in the address's fragment: `#/?t=…`. A fragment is never sent to a server nor logged. */
export const TOKEN_PARAMETER = 't'
