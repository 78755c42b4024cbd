import { useSyncExternalStore } from 'react'

/**
 * The route lives whole in the page's fragment, `#/search?q=words`: the same
 * under http and app://, and reloading never asks a host for a path. (wouter's
 * own hash hook moves the query in front of the fragment, which reloads and
 * sends it to the server.)
 */
function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange)
  addEventListener('popstate', onChange)
  return () => {
    removeEventListener('hashchange', onChange)
    removeEventListener('popstate', onChange)
  }
}

/** Splits a fragment into path and query; what is not a route is the front page. */
export function readHash(hash: string): { path: string; search: string } {
  const route = hash.replace(/^#/, '')
  if (!route.startsWith('/')) return { path: '/', search: '' }
  const mark = route.indexOf('?')
  return mark < 0 ? { path: route, search: '' } : { path: route.slice(0, mark), search: route.slice(mark + 1) }
}

export interface NavigateOptions {
  /** Changes the address without a new step in the history. */
  replace?: boolean
  state?: unknown
}

/** Goes to a route such as `/search?q=words`. */
export function navigate(to: string, options: NavigateOptions = {}): void {
  const url = `#${to.startsWith('/') ? to : `/${to}`}`
  if (url === location.hash) return
  const from = location.hash.slice(1)
  if (options.replace) history.replaceState(options.state ?? history.state, '', url)
  else history.pushState(options.state ?? { from }, '', url)
  dispatchEvent(new Event('hashchange'))
}

/** The route that led here, to which one step back returns; undefined where the window was opened at this one. */
export function routeBefore(state: unknown = history.state): string | undefined {
  const from = state !== null && typeof state === 'object' && 'from' in state ? state.from : undefined
  return typeof from === 'string' && from !== '' ? from : undefined
}

/** The path, for wouter's Router. */
export function useHashLocation(): [string, typeof navigate] {
  const path = useSyncExternalStore(subscribe, () => readHash(location.hash).path)
  return [path, navigate]
}
useHashLocation.hrefs = (href: string) => `#${href}`

/** The query without its question mark, for wouter's Router. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => readHash(location.hash).search)
}
