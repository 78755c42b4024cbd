import { TOKEN_PARAMETER } from '#contract/handshake.ts'

/**
 * Takes the single-use token out of a fragment such as `#/library?x=1&t=TOKEN`:
 * the token, and the fragment without it, which keeps its route.
 */
export function takeOpeningToken(fragment: string): { token: string | undefined; fragment: string } {
  const [route = '', query = ''] = fragment.replace(/^#/, '').split(/\?(.*)/s)
  const parameters = new URLSearchParams(query)
  const token = parameters.get(TOKEN_PARAMETER) ?? undefined
  if (token === undefined) return { token, fragment }
  parameters.delete(TOKEN_PARAMETER)
  const rest = parameters.size > 0 ? `${route}?${parameters}` : route
  return { token, fragment: `#${rest || '/'}` }
}
