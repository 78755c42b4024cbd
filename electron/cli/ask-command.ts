import type { Answer, AskEngine } from '#contract/ask.ts'
import type { DocumentId } from '#contract/ids.ts'
import { StudyError } from '../core/errors.ts'
import { EXIT_OK, exitCodeOf } from './exit-codes.ts'
import { placeName } from './place-name.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas ask QUESTION`: an answer whose citations open the page; a refusal is an answer too (exit 0). */
export function askCommand(
  context: CommandContext,
  [question = '']: string[],
  options: { engine: AskEngine; documents?: string[] },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const scope = options.documents ? { documentIds: options.documents as DocumentId[] } : {}
    let answer: Answer | undefined
    for await (const event of core.ask.ask({ question, engine: options.engine, scope }, context.signal)) {
      if (event.type === 'answer') answer = event.answer
    }
    if (!answer) throw new StudyError('internal', 'The answer ended before it began. Ask again.')
    const { failure } = answer
    context.terminal.result(answer, () => answerLines(answer))
    if (failure) context.terminal.failure(failure)
    return failure ? exitCodeOf(failure.code) : EXIT_OK
  })
}

function answerLines({ answer, citations, passages, refused, engine, model }: Answer): string[] {
  const nearest = refused
    ? passages.slice(0, 3).map(({ title, text, ...place }) => `  ${title}, ${placeName(place)}: ${text.slice(0, 160)}`)
    : []
  return [
    answer,
    '',
    ...citations.map(({ number, title, quote, ...place }) => `[${number}] ${title}, ${placeName(place)}: “${quote}”`),
    ...(nearest.length > 0 ? ['The nearest passages:', ...nearest] : []),
    engine === 'ollama'
      ? `Answered by ${model}, checked against the sources.`
      : 'Answered by sentences of your documents (no model).',
  ]
}
