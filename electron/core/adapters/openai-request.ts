import type { ChatRequest } from '../ports.ts'
import { ServerRefusal } from './openai-errors.ts'

/** What a server was found to take: it differs, and most tell only by a 400. */
export interface Abilities {
  /** How a reply in a form is asked for, the strictest first. */
  form: 'strict' | 'schema' | 'json' | 'words'
  /** Newer models know only the second. */
  limitName: 'max_tokens' | 'max_completion_tokens'
  usage: boolean
  seed: boolean
  temperature: boolean
}

export const ALL_ABILITIES: Abilities = {
  form: 'strict',
  limitName: 'max_tokens',
  usage: true,
  seed: true,
  temperature: true,
}

const FORMS = ['strict', 'schema', 'json', 'words'] as const

/** The body of POST /chat/completions. */
export function openAiBody(model: string, request: ChatRequest, able: Abilities): object {
  const { messages, format, maxTokens, temperature, seed } = request
  const shown = format && (able.form === 'json' || able.form === 'words') ? formInWords(format) : undefined
  return {
    model,
    messages: shown ? [...messages, { role: 'user', content: shown }] : messages,
    stream: true,
    ...(able.usage && { stream_options: { include_usage: true } }),
    [able.limitName]: maxTokens,
    ...(able.temperature && temperature !== undefined && { temperature }),
    ...(able.seed && seed !== undefined && { seed }),
    ...(format && formOf(format, able.form)),
  }
}

function formOf(schema: object, form: Abilities['form']): object {
  if (form === 'words') return {}
  if (form === 'json') return { response_format: { type: 'json_object' } }
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'reply', schema, strict: form === 'strict' } },
  }
}

function formInWords(schema: object): string {
  return `Reply with one JSON object and nothing else. It must keep to this JSON Schema: ${JSON.stringify(schema)}`
}

/** What to leave out after a refusal, or undefined when the refusal is about something else. */
export function adaptTo(refusal: unknown, able: Abilities, wantsForm: boolean): Abilities | undefined {
  if (!(refusal instanceof ServerRefusal) || (refusal.status !== 400 && refusal.status !== 422)) return undefined
  const about = `${refusal.param} ${refusal.message}`.toLowerCase()
  if (able.usage && /stream_options|include_usage/.test(about)) return { ...able, usage: false }
  if (able.limitName === 'max_tokens' && about.includes('max_completion_tokens'))
    return { ...able, limitName: 'max_completion_tokens' }
  if (able.seed && /\bseed\b/.test(about)) return { ...able, seed: false }
  if (able.temperature && about.includes('temperature')) return { ...able, temperature: false }
  const next = FORMS[FORMS.indexOf(able.form) + 1]
  if (wantsForm && next && /response_format|json_schema|json schema|grammar|\bschema\b|json_object/.test(about))
    return { ...able, form: next }
  return undefined
}
