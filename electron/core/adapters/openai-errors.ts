import { z } from 'zod'
import { isCancelled, StudyError } from '../errors.ts'
import { connectionCode } from './ollama-errors.ts'
import type { ExplainedFailure } from './take-turns.ts'

/** A server's refusal, before or in the midst of a stream. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal'
  readonly status: number
  /** The machine's word for it, and the parameter it is about, where the server tells them. */
  readonly code: string
  readonly param: string
  /** The server's own word for when to come again. */
  readonly retryAfterMs: number | undefined

  constructor(
    status: number,
    message: string,
    about: { code?: string; param?: string; retryAfterMs?: number | undefined } = {},
  ) {
    super(message)
    this.status = status
    this.code = about.code ?? ''
    this.param = about.param ?? ''
    this.retryAfterMs = about.retryAfterMs
  }
}

const ErrorBody = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().default(''),
      code: z.union([z.string(), z.number()]).nullish(),
      type: z.string().nullish(),
      param: z.string().nullish(),
    }),
  ]),
})

/** Reads {"error": …} of either form; anything else is a text, or a page of HTML of which the tags are left out. */
export function readRefusal(status: number, body: unknown, retryAfter?: string): ServerRefusal {
  const retryAfterMs = readRetryAfter(retryAfter)
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success) {
    const text =
      typeof body === 'string'
        ? body
            .replace(/<[^>]*>/g, ' ')
            .replace(/\s+/g, ' ')
            .trim()
        : ''
    return new ServerRefusal(status, text.slice(0, 300) || `HTTP ${status}`, { retryAfterMs })
  }
  const { error } = parsed.data
  if (typeof error === 'string') return new ServerRefusal(status, error, { retryAfterMs })
  const code = String(error.code ?? error.type ?? '')
  // In a stream the status is 200, and the real one is in the error's code.
  const real = status === 200 && typeof error.code === 'number' ? error.code : status
  return new ServerRefusal(real, error.message || code || `HTTP ${status}`, {
    code,
    param: error.param ?? '',
    retryAfterMs,
  })
}

/** Seconds only: a date would need the two clocks to agree. */
function readRetryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+(?:\.\d+)?$/.test(header) ? Number(header) * 1000 : undefined
}

const LONGEST_WAIT_MS = 20_000
const BUSY_AGAIN_MS = 2_000
const RESET_AGAIN_MS = 250

export interface OpenAiCall {
  url: string
  model: string
  began: boolean
  /** Whether a key was sent. */
  hadKey: boolean
}

/** What went wrong with a call, as the port promises it, and whether trying again may help. */
export function explainOpenAiError(error: unknown, call: OpenAiCall): ExplainedFailure {
  if (error instanceof StudyError) return { error }
  if (isCancelled(error))
    return { error: new StudyError('cancelled', 'Stopped. What was written so far is kept.', { cause: error }) }
  if (error instanceof ServerRefusal) return explainRefusal(error, call)
  const code = connectionCode(error)
  if (!call.began && code !== undefined) {
    const again = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/.test(code)
    return {
      error: new StudyError('model-unreachable', explainOpenAiConnection(call.url, code), { cause: error }),
      ...(again && { retryInMs: RESET_AGAIN_MS }),
    }
  }
  return { error: cutOff(error instanceof Error ? error.message : String(error), error) }
}

function explainRefusal(refusal: ServerRefusal, { url, model, began, hadKey }: OpenAiCall): ExplainedFailure {
  const { status, code, message, retryAfterMs } = refusal
  const make = (studyCode: ConstructorParameters<typeof StudyError>[0], text: string) =>
    new StudyError(studyCode, text, { cause: refusal })
  if (/context_length|context_size/.test(code) || isTooLong(status, message))
    return {
      error: make(
        'prompt-too-long',
        'The question with its passages is longer than the model can read. Ask a shorter question.',
      ),
    }
  if (/insufficient_quota|billing/.test(code) || status === 402) {
    return {
      error: make(
        'model-refused',
        `The account at ${hostOf(url)} has no credit left (${message}). Nothing was lost; add credit there, or choose a local model in Settings.`,
      ),
    }
  }
  if (status === 401) {
    return {
      error: make(
        'key-refused',
        hadKey
          ? `${hostOf(url)} did not accept the key (${message}). Enter it again in Settings → Models.`
          : `${hostOf(url)} wants a key. Enter it in Settings → Models.`,
      ),
    }
  }
  if (status === 403)
    return { error: make('model-refused', `${hostOf(url)} does not allow this request (${message}).`) }
  if (status === 404)
    return {
      error: make(
        'model-missing',
        `${hostOf(url)} has no model ${model} (${message}). Choose another in Settings → Models.`,
      ),
    }
  if (status === 429 || status === 503 || status === 529) {
    const waitMs = retryAfterMs ?? BUSY_AGAIN_MS
    return {
      error: make(
        'model-busy',
        `${hostOf(url)} has too much to do at the moment (${message}). Try again in a little while.`,
      ),
      ...(!began && waitMs <= LONGEST_WAIT_MS && { retryInMs: waitMs }),
    }
  }
  if (status >= 300 && status < 400) {
    return {
      error: make(
        'model-unreachable',
        `${url} sends on to another address, which is not followed: a key could leak that way. Enter the final address in Settings → Models.`,
      ),
    }
  }
  if (began) return { error: cutOff(message, refusal) }
  if (status >= 500 || status === 200) {
    return {
      error: make(
        'model-unreachable',
        `The model server at ${hostOf(url)} failed (${message}). Try again, or choose another model in Settings.`,
      ),
      ...((status === 502 || status === 504) && { retryInMs: BUSY_AGAIN_MS }),
    }
  }
  return { error: make('model-bad-output', `The model server did not accept the request (${message}).`) }
}

function isTooLong(status: number, message: string): boolean {
  return (
    status === 413 ||
    (status === 400 &&
      /context (?:length|size|window)|too long|n_ctx|exceeds? .*tokens|maximum .*tokens/i.test(message))
  )
}

function cutOff(reason: string, cause: unknown): StudyError {
  return new StudyError(
    'model-cut-off',
    `The model stopped in the middle of its answer (${reason}). What was written so far is kept. Try again.`,
    { cause },
  )
}

/** Which of the ways a connection can fail it was. */
export function explainOpenAiConnection(url: string, code: string): string {
  const place = hostOf(url)
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${place}. Start its server (in LM Studio: Developer → Start server), then try again.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `No computer is found at ${place}: check the address, and whether this computer is online.`
  if (code === 'ETIMEDOUT') return `${place} takes too long to answer. Try again in a little while.`
  if (/CERT|TLS|SSL/.test(code)) return `The certificate of ${place} can't be trusted (${code}), so nothing was sent.`
  return `The connection to ${place} was closed (${code}). Try again.`
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
