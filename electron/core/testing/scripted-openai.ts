import type { ServerResponse } from 'node:http'
import {
  cutOff,
  makeServerStage,
  type ScriptedServer,
  type ScriptRequest,
  sendJson,
  serveScript,
} from './serve-script.ts'

/** What the server does with one chat call. Without a script it answers "Fine." */
export interface OpenAiScript {
  /** What the model writes, token by token. A function sees the request. */
  tokens?: readonly string[] | ((body: OpenAiBody) => readonly string[])
  /** Tokens of thought before them, which are no part of the answer. */
  thoughts?: readonly string[]
  finish?: 'stop' | 'length' | 'content_filter'
  /** An HTTP error before the first token: a message, a whole body, or a page of HTML. */
  status?: number
  error?: string | object
  html?: boolean
  headers?: Record<string, string>
  /** Headers wait until `release()`. */
  holdHeaders?: boolean
  /** After the tokens: the socket breaks, the stream just ends, an error comes, a damaged event, blanks for ever, or nothing more. */
  ending?: 'cut' | 'no-finish' | 'no-done' | 'error-event' | 'damaged-event' | 'blanks' | 'silence'
  /** How the bytes come: usual, with \r\n and comments, or in packets of one byte. */
  wire?: 'usual' | 'crlf' | 'bytes'
  /** One JSON object instead of a stream. */
  whole?: boolean
  /** No figures, whatever was asked. */
  hideUsage?: boolean
  /** The prompt is cut to this many tokens, and nobody is told. */
  contextTokens?: number
}

export interface OpenAiBody {
  model: string
  messages: { role: string; content: string }[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  max_tokens?: number
  max_completion_tokens?: number
  temperature?: number
  seed?: number
  response_format?: { type: string; json_schema?: { schema: object; strict: boolean } }
}

export interface OpenAiServedCall {
  body: OpenAiBody
  authorization: string | undefined
  /** The caller went away before the end. */
  abandoned: boolean
}

/** Its address ends in /v1. */
export interface ScriptedOpenAi extends ScriptedServer<OpenAiScript> {
  readonly calls: readonly OpenAiServedCall[]
  models: string[]
  /** Any other is a 401. */
  key: string | undefined
  /** /models is a 404, as on servers that list nothing. */
  listless: boolean
  /** What it does not take: named in a 400, as each kind of server does in its own way. */
  refuses: ('stream_options' | 'max_tokens' | 'seed' | 'temperature' | 'strict' | 'json_schema' | 'response_format')[]
}

/** A server that speaks OpenAI's chat completions over real HTTP, with the habits of those that imitate it. */
export async function startScriptedOpenAi(): Promise<ScriptedOpenAi> {
  const calls: OpenAiServedCall[] = []
  const stage = makeServerStage<OpenAiScript>({})
  const { changed } = stage
  const state: Omit<ScriptedOpenAi, keyof ScriptedServer<OpenAiScript>> = {
    calls,
    models: ['text-embedding-nomic', 'local-model'],
    key: undefined,
    listless: false,
    refuses: [],
  }

  async function route({ path, headers, text }: ScriptRequest, response: ServerResponse): Promise<void> {
    const { authorization } = headers
    if (state.key !== undefined && authorization !== `Bearer ${state.key}`)
      return refuse(response, 401, { message: 'Incorrect API key provided', code: 'invalid_api_key' })
    if (path === '/v1/models' && !state.listless)
      return sendJson(response, 200, { object: 'list', data: state.models.map((id) => ({ id, object: 'model' })) })
    if (path !== '/v1/chat/completions') return refuse(response, 404, { message: 'Not Found' })
    const call: OpenAiServedCall = { body: JSON.parse(text), authorization, abandoned: false }
    calls.push(call)
    const step = stage.takeStep()
    stage.watch(call, response)
    changed()
    await stage.work(() => answer(call.body, step, response))
  }

  /** The first thing in a request that this server does not take, in its own words. */
  function objection(body: OpenAiBody): { message: string; param?: string } | undefined {
    const { refuses } = state
    if (refuses.includes('stream_options') && body.stream_options)
      return { message: 'Unrecognized request argument: stream_options' }
    if (refuses.includes('max_tokens') && body.max_tokens !== undefined) {
      return {
        message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        param: 'max_tokens',
      }
    }
    if (refuses.includes('seed') && body.seed !== undefined)
      return { message: 'extra fields not permitted', param: 'seed' }
    if (refuses.includes('temperature') && body.temperature !== undefined)
      return { message: "'temperature' does not support this value.", param: 'temperature' }
    const form = body.response_format
    if (refuses.includes('strict') && form?.json_schema?.strict)
      return { message: "Invalid schema for response_format 'reply': additionalProperties must be false." }
    if (refuses.includes('json_schema') && form?.type === 'json_schema')
      return { message: "'response_format.type' must be 'json_object' or 'text'" }
    if (refuses.includes('response_format') && form)
      return { message: 'response_format is not supported by this model' }
    return undefined
  }

  async function answer(body: OpenAiBody, step: OpenAiScript, response: ServerResponse): Promise<void> {
    if (step.status !== undefined) {
      const headers = { 'content-type': step.html ? 'text/html' : 'application/json', ...step.headers }
      const told = typeof step.error === 'object' ? step.error : { error: { message: step.error ?? 'scripted' } }
      response.writeHead(step.status, headers).end(step.html ? String(step.error) : JSON.stringify(told))
      return
    }
    const refused = objection(body)
    if (refused) return refuse(response, 400, refused)
    if (step.holdHeaders) {
      await stage.hold(response)
    }
    const { tokens = ['Fine.'] } = step
    const all = typeof tokens === 'function' ? tokens(body) : tokens
    const written = all.slice(0, body.max_tokens ?? body.max_completion_tokens ?? all.length)
    const finish = step.finish ?? (written.length < all.length ? 'length' : 'stop')
    const promptTokens = Math.ceil(body.messages.reduce((sum, { content }) => sum + content.length, 0) / 4)
    const usage = {
      prompt_tokens: Math.min(promptTokens, step.contextTokens ?? promptTokens),
      completion_tokens: written.length,
    }
    if (step.whole) {
      const message = { role: 'assistant', content: written.join('') }
      return sendJson(response, 200, { choices: [{ index: 0, message, finish_reason: finish }], usage })
    }

    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.flushHeaders()
    const eol = step.wire === 'crlf' ? '\r\n' : '\n'
    const send = async (data: string) => {
      const event = Buffer.from(
        `${step.wire === 'crlf' ? `: ping${eol}event: message${eol}` : ''}data: ${data}${eol}${eol}`,
      )
      if (step.wire !== 'bytes') return void response.write(event)
      for (const byte of event)
        await new Promise<void>((resolve) => response.write(Buffer.of(byte), () => setImmediate(resolve)))
    }
    const chunk = (delta: object, reason: string | null = null) =>
      send(JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] }))
    await chunk({ role: 'assistant', content: null })
    for (const thought of step.thoughts ?? []) await chunk({ reasoning_content: thought })
    for (const token of written) await chunk({ content: token })
    changed()
    if (step.ending === 'cut') return cutOff(response)
    if (step.ending === 'error-event')
      await send(JSON.stringify({ error: { message: 'CUDA out of memory', code: 500 } }))
    if (step.ending === 'damaged-event') await send('{"choices":[{"delta":{"con')
    if (step.ending === 'blanks') for (let i = 0; i < 2_000 && !response.closed; i++) await chunk({ content: '\n' })
    if (step.ending === 'silence') {
      await new Promise((resolve) => response.once('close', resolve))
      return
    }
    if (step.ending === undefined || step.ending === 'no-done') {
      await chunk({}, finish)
      if (body.stream_options?.include_usage && !step.hideUsage) await send(JSON.stringify({ choices: [], usage }))
    }
    if (step.ending === undefined) await send('[DONE]')
    response.end()
  }

  return serveScript(stage, state, { basePath: '/v1', route })
}

function refuse(response: ServerResponse, status: number, error: object): void {
  sendJson(response, status, { error })
}
