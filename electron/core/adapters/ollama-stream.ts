import type { GenerateRequest, Ollama, ChatRequest as OllamaChatRequest } from 'ollama'
import { z } from 'zod'
import type { ChatRequest } from '../ports.ts'
import { chatIgnoresFormat } from './ollama-models.ts'

/** One set of options for every call: another context length would load the model anew each time. */
export const OLLAMA_CONTEXT_TOKENS = 4096

/** What a call needs to know about the model it uses. */
export interface OllamaTarget {
  url: string
  version: string
  model: string
  canThink: boolean
  runsElsewhere: boolean
  /** How long the server keeps the model after the call. */
  keepAliveMs: number
}

export interface OllamaLine {
  text: string
  /** The line that says `done`. */
  last?: unknown
}

const NS_PER_MS = 1_000_000

/** The last line of a stream. */
export const OllamaLastLine = z.object({
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().default(0),
  eval_count: z.number().default(0),
  prompt_eval_duration: z
    .number()
    .transform((ns) => ns / NS_PER_MS)
    .optional(),
  eval_duration: z
    .number()
    .transform((ns) => ns / NS_PER_MS)
    .optional(),
})

/** What decides how the model is loaded: the same in every call, since a change loads it anew. */
function loadingOf({ model, keepAliveMs }: OllamaTarget) {
  return {
    model,
    stream: true as const,
    keep_alive: `${keepAliveMs / 60_000}m`,
    // Without these an overlong prompt loses its beginning, where the rules are, and nobody is told.
    truncate: false,
    shift: false,
    options: { num_ctx: OLLAMA_CONTEXT_TOKENS },
  }
}

/** Loads the model: an empty call, so that the load has its own limit and the prompt its own. */
export async function* streamLoad(client: Ollama, target: OllamaTarget): AsyncGenerator<OllamaLine> {
  for await (const line of await client.chat({ ...loadingOf(target), messages: [] }))
    yield { text: '', ...(line.done && { last: line }) }
}

/** Starts the reply. What the package's types leave out (`truncate`, `shift`) the server knows. */
export async function* streamReply(
  client: Ollama,
  target: OllamaTarget,
  request: ChatRequest,
): AsyncGenerator<OllamaLine> {
  const { messages, format, maxTokens, temperature, seed } = request
  const common = {
    ...loadingOf(target),
    options: {
      num_ctx: OLLAMA_CONTEXT_TOKENS,
      num_predict: maxTokens,
      ...(temperature !== undefined && { temperature }),
      ...(seed !== undefined && { seed }),
    },
    ...(format && { format }),
    // Thinking is on unless it is turned off, and eats the reply's tokens; asked of a model that can't, it is an error.
    ...(target.canThink && { think: false }),
  }
  if (format && target.canThink && chatIgnoresFormat(target.version)) {
    const generate: GenerateRequest & { stream: true } = { ...common, ...asOnePrompt(messages) }
    for await (const line of await client.generate(generate)) {
      yield { text: line.response ?? '', ...(line.done && { last: line }) }
    }
    return
  }
  const chat: OllamaChatRequest & { stream: true } = {
    ...common,
    messages: messages.map((message) => ({ ...message })),
  }
  for await (const line of await client.chat(chat)) {
    yield { text: line.message?.content ?? '', ...(line.done && { last: line }) }
  }
}

function asOnePrompt(messages: ChatRequest['messages']): { system: string; prompt: string } {
  const said = (role: string) => messages.filter((message) => message.role === role).map(({ content }) => content)
  const turns = messages.filter(({ role }) => role !== 'system')
  return {
    system: said('system').join('\n\n'),
    prompt: turns
      .map(({ role, content }) => (role === 'assistant' ? `You answered: ${content}` : content))
      .join('\n\n'),
  }
}
