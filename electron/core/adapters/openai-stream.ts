import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { StudyError } from '../errors.ts'
import { readRefusal } from './openai-errors.ts'
import { readServerEvents } from './read-server-events.ts'
import { readShortBody } from './send-request.ts'

const Usage = z.object({ prompt_tokens: z.number().default(0), completion_tokens: z.number().default(0) })

/** A chunk of a stream, and a whole reply of a server that does not stream: only their fields' names differ. */
const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        message: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: Usage.nullish(),
})

export interface OpenAiPart {
  text: string
  finish?: string | undefined
  usage?: z.infer<typeof Usage> | undefined
}

/**
 * The parts of a reply. Throws ServerRefusal for an error, `model-cut-off` when the stream ends before it
 * said that it was done: with [DONE], or with a reason for its end, as some servers do.
 */
export async function* readReply(message: IncomingMessage): AsyncGenerator<OpenAiPart> {
  const status = message.statusCode ?? 0
  const isStream = (message.headers['content-type'] ?? '').includes('event-stream')
  if (status !== 200) throw readRefusal(status, asJson(await readShortBody(message)), message.headers['retry-after'])
  if (!isStream) {
    yield readPart(asJson(await readWhole(message)))
    return
  }
  let finished = false
  for await (const data of readServerEvents(message)) {
    if (data.trim() === '[DONE]') return
    const part = readPart(asJson(data))
    finished ||= part.finish !== undefined
    yield part
  }
  if (!finished)
    throw new StudyError('model-cut-off', 'The answer of the model ended before it was complete. Try again.')
}

function readPart(value: unknown): OpenAiPart {
  if (typeof value === 'object' && value !== null && 'error' in value && value.error) throw readRefusal(200, value)
  const parsed = Chunk.safeParse(value)
  if (!parsed.success) {
    throw new StudyError(
      'model-cut-off',
      'A part of the answer is damaged. What was written so far is kept. Try again.',
      {
        cause: parsed.error,
      },
    )
  }
  const [choice] = parsed.data.choices
  return {
    text: (choice?.delta ?? choice?.message)?.content ?? '',
    finish: choice?.finish_reason ?? undefined,
    usage: parsed.data.usage ?? undefined,
  }
}

async function readWhole(message: IncomingMessage): Promise<string> {
  return Buffer.concat(await message.toArray()).toString('utf8')
}

/** The value, or the text itself where it is no JSON. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
