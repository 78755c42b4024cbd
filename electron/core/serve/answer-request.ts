import { randomBytes } from 'node:crypto'
import type { StudyErrorCode } from '#contract/errors.ts'
import { DocumentId } from '#contract/ids.ts'
import { StudyError, toFailure } from '../errors.ts'
import type { Log } from '../ops/open-log.ts'
import type { StudyCore } from '../study-core.ts'
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from './content-security-policy.ts'
import type { UploadReceiver } from './receive-uploads.ts'
import type { RendererFiles } from './renderer-files.ts'
import { sendFile } from './send-file.ts'

export interface AnswerRequestOptions {
  renderer: RendererFiles
  uploads: UploadReceiver
  fileOf: StudyCore['fileOf']
  /** Whether the asker may have documents and send files; the page itself holds no secret. */
  isAdmitted(request: Request): boolean
  /** Addresses the page may connect to beside its own origin. */
  connectTo?: readonly string[]
  log?: Pick<Log, 'error'>
}

const HTTP_STATUS: Partial<Record<StudyErrorCode, number>> = {
  'bad-input': 400,
  unauthorized: 401,
  'not-found': 404,
  'file-missing': 404,
  'file-too-large': 413,
  'disk-full': 507,
}

/** On every response, of both hosts. */
const SAFETY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
}

/**
 * Answers what a page asks for beside the contract, the same in both hosts
 * (HTTP on the loopback, `app://` in Electron):
 *
 *     GET    /                     the page, with a fresh nonce in it and in its policy
 *     GET    /assets/… /pdfjs/… …  the built renderer's files
 *     GET    /documents/ID/file    a document's original file; byte ranges; ETag is its SHA-256
 *     POST   /uploads              a file, or its first part with `Upload-Length: BYTES` of the whole
 *     PATCH  /uploads/ID           the next part, with `Upload-Offset: BYTES`
 *     DELETE /uploads/ID           stops an upload
 *
 * The upload routes answer with an UploadState; failures with `{"error": Failure}`.
 * All else is 404. Never throws.
 */
export function makeRequestAnswerer(options: AnswerRequestOptions): (request: Request) => Promise<Response> {
  const { renderer, uploads, fileOf, isAdmitted, connectTo, log } = options
  const plainPolicy = contentSecurityPolicy({ connectTo })

  function page(request: Request): Response {
    const nonce = randomBytes(16).toString('base64url')
    const html = renderer.indexHtml.replaceAll(NONCE_PLACEHOLDER, nonce)
    return new Response(request.method === 'HEAD' ? null : html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-length': String(Buffer.byteLength(html)),
        'cache-control': 'no-store',
        'content-security-policy': contentSecurityPolicy({ nonce, connectTo }),
      },
    })
  }

  async function documentFile(request: Request, id: string): Promise<Response> {
    const file = fileOf(DocumentId.parse(id))
    if (!file) throw new StudyError('not-found', 'That document is not in the library any more.')
    return sendFile(request, {
      path: file.path,
      mediaType: file.mediaType,
      etag: `"${file.sha256}"`,
      headers: {
        // Somebody else's file: whatever it is, it is data here and runs nothing.
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `inline; filename*=UTF-8''${encodeRfc5987(file.title)}`,
        'cache-control': 'private, no-cache',
      },
    })
  }

  async function upload(request: Request, uploadId: string | undefined): Promise<Response> {
    const body = request.body ?? []
    if (uploadId === undefined) {
      return Response.json(
        await uploads.begin(body as AsyncIterable<Uint8Array>, byteCount(request, 'upload-length')),
        {
          status: 201,
        },
      )
    }
    if (request.method === 'DELETE') {
      await uploads.abandon(uploadId)
      return new Response(null, { status: 204 })
    }
    const offset = byteCount(request, 'upload-offset')
    if (offset === undefined) throw new StudyError('bad-input', 'Upload-Offset is missing.')
    return Response.json(await uploads.append(uploadId, offset, body as AsyncIterable<Uint8Array>))
  }

  async function route(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (reading && (pathname === '/' || pathname === '/index.html')) return page(request)

    const [, documentId] = /^\/documents\/([^/]+)\/file$/.exec(pathname) ?? []
    const [isUpload, uploadId] = /^\/uploads(?:\/([\w-]+))?$/.exec(pathname) ?? []
    if (documentId !== undefined || isUpload !== undefined) {
      if (!isAdmitted(request)) throw new StudyError('unauthorized', 'This page was not let in. Open Abhyas again.')
      if (documentId !== undefined && reading) return documentFile(request, documentId)
      const allowed = uploadId === undefined ? ['POST'] : ['PATCH', 'DELETE']
      if (isUpload !== undefined && allowed.includes(request.method)) return upload(request, uploadId)
      return new Response(null, { status: 405 })
    }

    const file = renderer.find(pathname)
    if (!file) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } })
    if (!reading) return new Response(null, { status: 405 })
    return sendFile(request, {
      path: file.path,
      mediaType: file.mediaType,
      etag: file.etag(),
      // Workers take their policy from their own script's response, not from the page.
      headers: {
        'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': plainPolicy,
      },
    })
  }

  return async (request) => {
    const response = await route(request).catch((error) => {
      const failure = toFailure(error)
      if (failure.code === 'internal') log?.error({ err: error }, 'a request failed')
      return Response.json({ error: failure }, { status: HTTP_STATUS[failure.code] ?? 500 })
    })
    for (const [name, value] of Object.entries(SAFETY_HEADERS)) response.headers.set(name, value)
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    return response
  }
}

function byteCount(request: Request, header: string): number | undefined {
  const text = request.headers.get(header)
  if (text === null) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new StudyError('bad-input', `${header} must be a number of bytes.`)
  return Number(text)
}

/** The characters RFC 5987 allows beyond what encodeURIComponent leaves alone are fewer: these four are quoted too. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
