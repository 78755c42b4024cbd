import type { ServerResponse } from 'node:http'
import { type ScriptedModelStore, scriptedModelStore, serveModelStore } from './scripted-ollama-store.ts'
import {
  cutOff,
  makeServerStage,
  type ScriptedServer,
  type ScriptRequest,
  sendJson,
  serveScript,
} from './serve-script.ts'

/** What the server does with one chat or generate call. Without a script it answers "Fine." */
export interface OllamaScript {
  /** What the model writes, token by token. A function sees the request. */
  tokens?: readonly string[] | ((body: ChatBody) => readonly string[])
  doneReason?: 'stop' | 'length' | 'load' | 'unload'
  /** An HTTP error before the first token. */
  status?: number
  error?: string
  /** The error comes as text, as a proxy's would. */
  plainText?: boolean
  /** Headers wait until `release()`: the model reads the prompt. */
  holdHeaders?: boolean
  /** The empty call that loads the model waits until `release()`. */
  holdLoad?: boolean
  /** After the tokens: the socket breaks, the stream ends with no `done`, an error line, a damaged line, or silence. */
  ending?: 'cut' | 'no-done' | 'error-line' | 'damaged-line' | 'silence' | 'blanks'
}

export interface ChatBody {
  model: string
  stream?: boolean
  think?: boolean
  format?: object
  truncate?: boolean
  shift?: boolean
  keep_alive?: string | number
  options?: { num_ctx?: number; num_predict?: number; temperature?: number; seed?: number; [name: string]: unknown }
  messages?: { role: string; content: string }[]
  system?: string
  prompt?: string
}

export interface OllamaCall {
  path: string
  host: string
  body: ChatBody
  /** What of the prompt the model read: without `truncate: false`, an overlong one loses its front, and nobody is told. */
  readPrompt?: string
  /** The caller went away before the end. */
  abandoned: boolean
}

export interface ScriptedModel {
  name: string
  size?: number
  capabilities?: string[]
  remote_host?: string
  remote_model?: string
  license?: string
  details?: { family?: string; parameter_size?: string; quantization_level?: string }
}

export interface ScriptedOllama extends ScriptedServer<OllamaScript> {
  /** Chat and generate calls, in the order of their arrival. */
  readonly calls: readonly OllamaCall[]
  /** Empty calls, which load the model and write nothing. */
  readonly preloads: readonly OllamaCall[]
  /** Times a model was loaded: the first call, and each call with other loading options. */
  readonly loadCount: number
  /** The most models that were in memory at once. */
  readonly mostLoaded: number
  version: string
  models: ScriptedModel[]
  /** /api/tags leaves out capabilities, as older servers do. */
  hideCapabilities: boolean
  /** The models in memory, by name: /api/ps. */
  readonly loaded: Set<string>
  /** How downloads and embeddings behave. */
  readonly store: ScriptedModelStore
}

/** 100 tokens a second are read, 10 written: what a figure for speed must come to. */
const PROMPT_TOKEN_NS = 10_000_000
const REPLY_TOKEN_NS = 100_000_000

/**
 * A server that speaks Ollama's protocol over real HTTP and has its habits: one
 * call at a time, an overlong prompt cut at the front unless told not to, `format` ignored
 * where the real one ignores it, thinking that eats the reply.
 */
export async function startScriptedOllama(): Promise<ScriptedOllama> {
  const calls: OllamaCall[] = []
  const preloads: OllamaCall[] = []
  const stage = makeServerStage<OllamaScript>({})
  const { changed } = stage
  let loadedWith = ''
  let loadCount = 0
  let mostLoaded = 0
  let turn: Promise<void> = Promise.resolve()

  const state: Omit<ScriptedOllama, keyof ScriptedServer<OllamaScript>> = {
    calls,
    preloads,
    loaded: new Set(),
    store: scriptedModelStore(),
    version: '0.32.0',
    models: [{ name: 'llama3.2:3b', size: 2_000_000_000, capabilities: ['completion'] }],
    hideCapabilities: false,
    get loadCount() {
      return loadCount
    },
    get mostLoaded() {
      return mostLoaded
    },
  }

  const load = (model: string) => {
    state.loaded.add(model)
    mostLoaded = Math.max(mostLoaded, state.loaded.size)
  }

  async function route({ path, headers, text }: ScriptRequest, response: ServerResponse): Promise<void> {
    const { host = '' } = headers
    if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host))
      return sendJson(response, 403, { error: 'forbidden' })
    const body = text === '' ? {} : JSON.parse(text)
    switch (path) {
      case '/api/version':
        return sendJson(response, 200, { version: state.version })
      case '/api/tags':
        return sendJson(response, 200, { models: state.models.map(listed) })
      case '/api/show': {
        const model = state.models.find(({ name }) => name === body.model)
        if (!model) return sendJson(response, 404, { error: `model '${body.model}' not found` })
        const { license, capabilities = ['completion'] } = model
        return sendJson(response, 200, { capabilities, details: {}, model_info: {}, ...(license && { license }) })
      }
      case '/api/ps':
        return sendJson(response, 200, {
          models: [...state.loaded].map((name) => ({ name, model: name, size_vram: 0 })),
        })
      case '/api/embed':
        return stage.work(() => serveModelStore({ ...state, load, changed }, path, body, response))
      case '/api/pull':
      case '/api/delete':
        return serveModelStore({ ...state, load, changed }, path, body, response)
      case '/api/chat':
      case '/api/generate':
        return converse(path, host, body, response)
      default:
        return sendJson(response, 404, { error: 'not found' })
    }
  }

  const listed = ({ capabilities, size = 1, license: _, details, ...model }: ScriptedModel) => ({
    ...model,
    size,
    digest: `digest-of-${model.name}`,
    details: { family: 'llama', ...details },
    ...(!state.hideCapabilities && { capabilities: capabilities ?? ['completion'] }),
  })

  async function converse(path: string, host: string, body: ChatBody, response: ServerResponse): Promise<void> {
    // An empty call that keeps the model for no time puts it away, before anything else is looked at.
    if (path === '/api/generate' && !body.prompt && body.keep_alive === 0) {
      state.loaded.delete(body.model)
      return sendJson(response, 200, { model: body.model, response: '', done: true, done_reason: 'unload' })
    }
    const call: OllamaCall = { path, host, body, abandoned: false }
    // A load that fails is the call's own failure: it takes the step.
    const loads = path === '/api/chat' && body.messages?.length === 0 && stage.peekStep().status === undefined
    const step = loads ? stage.peekStep() : stage.takeStep()
    if (loads) preloads.push(call)
    else calls.push(call)
    stage.watch(call, response)
    changed()
    // The queue inside the server: the caller sees only that nothing comes.
    const before = turn
    const { promise, resolve } = Promise.withResolvers<void>()
    turn = promise
    await before
    try {
      await stage.work(async () => {
        if (!response.closed) await answer(path, call, step, response, loads)
      })
    } finally {
      resolve()
    }
  }

  async function answer(
    path: string,
    call: OllamaCall,
    step: OllamaScript,
    response: ServerResponse,
    loads: boolean,
  ): Promise<void> {
    const { body } = call
    const model = state.models.find(({ name }) => name === body.model)
    if (!model) return sendJson(response, 404, { error: `model '${body.model}' not found` })
    const thinks = model.capabilities?.includes('thinking') ?? false
    if (body.think !== undefined && !thinks)
      return sendJson(response, 400, { error: `"${body.model}" does not support thinking` })
    if (step.status !== undefined) {
      if (!step.plainText) return sendJson(response, step.status, { error: step.error ?? 'scripted' })
      response.writeHead(step.status, { 'content-type': 'text/html' }).end(step.error)
      return
    }
    const { num_ctx = 4096, num_predict = 512 } = body.options ?? {}
    const prompt =
      body.messages?.map(({ content }) => content).join('\n') ?? `${body.system ?? ''}\n${body.prompt ?? ''}`
    const wholeTokens = Math.ceil(prompt.length / 4)
    const promptTokens = Math.min(wholeTokens, num_ctx)
    call.readPrompt = prompt.slice(-promptTokens * 4)
    if (wholeTokens > num_ctx && body.truncate === false) {
      return sendJson(response, 400, { error: 'the prompt is too long: it exceeds the context length' })
    }
    const loading = JSON.stringify([
      body.model,
      num_ctx,
      body.options?.num_batch,
      body.options?.num_thread,
      body.options?.num_gpu,
      body.shift,
    ])
    if (loading !== loadedWith) {
      loadedWith = loading
      loadCount++
    }
    load(body.model)
    if (loads ? step.holdLoad : step.holdHeaders) {
      await stage.hold(response)
    }
    // As the real one: one object, not a stream, whatever was asked.
    if (loads)
      return sendJson(response, 200, { message: { role: 'assistant', content: '' }, done: true, done_reason: 'load' })
    const line = (value: object) => response.write(`${JSON.stringify(value)}\n`)
    const piece = (text: string, thinking = false) =>
      path === '/api/chat'
        ? {
            message: { role: 'assistant', content: thinking ? '' : text, ...(thinking && { thinking: text }) },
            done: false,
          }
        : { response: thinking ? '' : text, ...(thinking && { thinking: text }), done: false }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()

    let budget = num_predict
    if (thinks && body.think !== false) {
      for (; budget > 0; budget--) line(piece('hm ', true))
      line({
        ...piece(''),
        done: true,
        done_reason: 'length',
        prompt_eval_count: promptTokens,
        eval_count: num_predict,
      })
      response.end()
      return
    }
    const tokens = replyOf(path, body, step, thinks)
    const written = tokens.slice(0, budget)
    for (const token of written) line(piece(token))
    changed()
    if (step.ending === 'cut') return cutOff(response)
    if (step.ending === 'error-line')
      line({ error: 'an error was encountered while running the model: unexpected EOF' })
    if (step.ending === 'damaged-line') response.write('{"message":{"content":"lost\n')
    if (step.ending === 'blanks') for (let i = 0; i < 2_000 && !response.closed; i++) line(piece('\n'))
    if (step.ending === 'silence') {
      await new Promise((resolve) => response.once('close', resolve))
      return
    }
    if (step.ending !== 'no-done' && step.ending !== 'error-line') {
      const doneReason = step.doneReason ?? (written.length < tokens.length ? 'length' : 'stop')
      line({
        ...piece(''),
        done: true,
        done_reason: doneReason,
        total_duration: 1,
        prompt_eval_count: promptTokens,
        prompt_eval_duration: promptTokens * PROMPT_TOKEN_NS,
        eval_count: written.length,
        eval_duration: written.length * REPLY_TOKEN_NS,
      })
    }
    response.end()
  }

  /** Prose instead of JSON where the real server forgets the format. */
  function replyOf(path: string, body: ChatBody, step: OllamaScript, thinks: boolean): readonly string[] {
    const [, minor = 0, patch = 0] = state.version.split('.').map(Number)
    const forgetful = (minor > 12 || (minor === 12 && patch >= 4)) && (minor < 31 || (minor === 31 && patch <= 1))
    if (body.format && path === '/api/chat' && thinks && body.think === false && forgetful)
      return ['Sure! ', 'Here it is.']
    const { tokens = ['Fine.'] } = step
    return typeof tokens === 'function' ? tokens(body) : tokens
  }

  return serveScript(stage, state, { route })
}
