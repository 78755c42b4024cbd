import { isCancelled } from '../errors.ts'
import type { LanguageModel } from '../ports.ts'
import { isHindi, topicWords } from '../search/query-words.ts'
import { dependsOnTurns, type EarlierTurn, rewriteByRules } from './rewrite-by-rules.ts'

/** Turns a model sees: what a follow-up points at is seldom farther back, and each costs time to read. */
const TURNS_SHOWN = 2
const ANSWER_SHOWN = 240
const REWRITE_TOKENS = 60
const LONGEST = 300

/** Fixed, and first: the server keeps what it read of it. */
const RULES = `You complete a student's follow-up question so that it can be understood alone.
- Replace "it", "they", "this" and what is left out by what the conversation speaks of.
- Ask the same thing, in the same language. Add nothing else.
- Write only the completed question, in one line.`

/** What a person waits for meanwhile. */
export type CompletingEvent =
  | { type: 'stage'; stage: 'completing' | 'loading' }
  | { type: 'stage'; stage: 'waiting'; ahead: number }

/**
 * The question as it must be asked without the turns before it; undefined where it
 * stands alone. With a model one short call completes it, and what comes is held
 * against the conversation; without one, and where it fails, rules do.
 */
export async function* rewriteFollowUp(
  question: string,
  turns: readonly EarlierTurn[],
  { model, signal }: { model: LanguageModel | undefined; signal: AbortSignal },
): AsyncGenerator<CompletingEvent, string | undefined> {
  if (turns.length === 0 || !dependsOnTurns(question)) return undefined
  const byModel = model && (yield* askModel(model, question, turns, signal))
  const asked = byModel ?? rewriteByRules(question, turns)
  return asked === question.trim() ? undefined : asked
}

async function* askModel(
  model: LanguageModel,
  question: string,
  turns: readonly EarlierTurn[],
  signal: AbortSignal,
): AsyncGenerator<CompletingEvent, string | undefined> {
  const conversation = turns
    .slice(-TURNS_SHOWN)
    .map((turn) => `Student: ${turn.question}\nAnswer: ${turn.answer.slice(0, ANSWER_SHOWN) || 'Not in the sources.'}`)
  const messages = [
    { role: 'system' as const, content: RULES },
    { role: 'user' as const, content: `${conversation.join('\n')}\nFollow-up: ${question}\nCompleted question:` },
  ]
  let text = ''
  try {
    for await (const event of model.chat({
      messages,
      maxTokens: REWRITE_TOKENS,
      temperature: 0,
      feature: 'rewrite',
      priority: 'question',
      signal,
    })) {
      if (event.type === 'queued') yield { type: 'stage', stage: 'waiting', ahead: event.ahead }
      if (event.type === 'loading') yield { type: 'stage', stage: 'loading' }
      if (event.type === 'reading') yield { type: 'stage', stage: 'completing' }
      if (event.type === 'token') text += event.text
    }
  } catch (error) {
    if (signal.aborted || isCancelled(error)) throw error
    // The rules complete the question; what is wrong with the model will show itself when it is asked to answer.
    return undefined
  }
  return usable(text, question, turns)
}

/** One line in the question's language, whose words come from the conversation: a small model answers, or invents, as often as not. */
function usable(reply: string, question: string, turns: readonly EarlierTurn[]): string | undefined {
  const line =
    reply
      .trim()
      .split('\n')[0]
      ?.replace(/^(?:completed question|question|follow-up)\s*:\s*/i, '')
      .replace(/^["“'‘]|["”'’]$/g, '')
      .trim() ?? ''
  if (line === '' || line.length > LONGEST || isHindi(line) !== isHindi(question)) return undefined
  const known = new Set([question, ...turns.flatMap((turn) => [turn.question, turn.answer])].flatMap(stemsIn))
  const words = stemsIn(line)
  const strange = words.filter((stem) => !known.has(stem)).length
  const completed = words.some((stem) => !stemsIn(question).includes(stem))
  return completed && strange <= words.length / 4 ? line : undefined
}

function stemsIn(text: string): string[] {
  return topicWords(text).map(({ stem }) => stem)
}
