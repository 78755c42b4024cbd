import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { StudyError } from '../errors.ts'

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.pfb': 'application/x-font-type1',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/vnd.iccprofile',
  '.txt': 'text/plain; charset=utf-8',
}

/** One file of the built renderer. */
export interface RendererFile {
  path: string
  mediaType: string
  /** The name carries a hash of the content: it never changes. */
  immutable: boolean
  /** Strong, of the content; read on first use. */
  etag(): string
}

export interface RendererFiles {
  /** index.html with its nonce placeholders still in it. */
  readonly indexHtml: string
  /** The file at a URL path as it stands in the request; undefined for all else. */
  find(pathname: string): RendererFile | undefined
}

/**
 * The built renderer, listed once. A request is looked up in the list and never
 * joined to a folder, so no path can climb out of it. Throws `not-ready` when the
 * renderer was not built.
 */
export function openRendererFiles(distDir: string): RendererFiles {
  const files = new Map<string, RendererFile>()
  let indexHtml: string
  try {
    indexHtml = readFileSync(join(distDir, 'index.html'), 'utf8')
    for (const pathname of listFiles(distDir, '')) files.set(pathname, describe(join(distDir, pathname), pathname))
    files.delete('/index.html')
  } catch (cause) {
    throw new StudyError(
      'not-ready',
      'The window is not built yet. Run "npm run build" in the app\'s folder, then try again.',
      {
        cause,
      },
    )
  }
  return { indexHtml, find: (pathname) => files.get(pathname) }
}

/** URL paths of all files below a folder but hidden ones. Step by step, since packed archives know no recursive listing. */
function* listFiles(dir: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const pathname = `${prefix}/${entry.name}`
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory()) yield* listFiles(join(dir, entry.name), pathname)
    else if (entry.isFile()) yield pathname
  }
}

function describe(path: string, pathname: string): RendererFile {
  let etag: string | undefined
  return {
    path,
    mediaType: MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    immutable: pathname.startsWith('/assets/'),
    etag() {
      etag ??= `"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`
      return etag
    },
  }
}
