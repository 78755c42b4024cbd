import type { ChatMessage } from '../ports.ts'
import type { Passage } from './passages.ts'
import { isHindi } from './quiz-text.ts'

/**
 * What a model is asked for: a term with wrong ones beside it · so many true and false statements, or true ones
 * that have nothing to do with each other (`apart`) · a statement and the reasons the text gives for it, with so
 * many true and false ones beside them · true pairs · dated events. Which of them are put false, and in which order, is for code to decide.
 */
export type Wish =
  | { ask: 'term' | 'blank' | 'meaning'; optionCount: number }
  | { ask: 'statements'; trueCount: number; falseCount: number; apart?: true }
  | { ask: 'reasons'; reasonCount: number; trueCount: number; falseCount: number }
  | { ask: 'pairs' | 'events'; count: number }

/**
 * The JSON Schema of one reply. The quote comes first, so that the model has
 * chosen its fact before it writes; which option is right is told by the field
 * it stands in, never by an index.
 */
export function replySchema(wish: Wish): object {
  const text = (maxLength: number) => ({ type: 'string', maxLength })
  const quotes = (count: number) => ({ type: 'array', items: text(300), minItems: count, maxItems: count })
  const objects = (count: number, properties: Record<string, object>) => ({
    type: 'array',
    items: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
    minItems: count,
    maxItems: count,
  })
  const list = (count: number) => ({ type: 'array', items: text(220), minItems: count, maxItems: count })
  const properties = propertiesOf()
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }

  function propertiesOf(): Record<string, object> {
    switch (wish.ask) {
      case 'statements':
        return {
          ...(wish.apart ? { evidence_quotes: quotes(wish.trueCount) } : { evidence_quote: text(600) }),
          ...(wish.trueCount > 0 ? { correct_statements: list(wish.trueCount) } : {}),
          ...(wish.falseCount > 0 ? { wrong_statements: list(wish.falseCount) } : {}),
          explanation: text(400),
        }
      case 'reasons': {
        const others = wish.trueCount + wish.falseCount
        return {
          ...(others > 0 ? { evidence_quotes: quotes(1 + others) } : { evidence_quote: text(600) }),
          statement: text(220),
          reasons: list(wish.reasonCount),
          ...(wish.trueCount > 0 ? { correct_statements: list(wish.trueCount) } : {}),
          ...(wish.falseCount > 0 ? { wrong_statements: list(wish.falseCount) } : {}),
          explanation: text(400),
        }
      }
      case 'pairs':
        return { evidence_quotes: quotes(wish.count), pairs: objects(wish.count, { left: text(90), right: text(120) }) }
      case 'events':
        return {
          evidence_quotes: quotes(wish.count),
          events: objects(wish.count, { event: text(160), year: { type: 'string', maxLength: 4 } }),
        }
      default:
        return {
          evidence_quote: text(400),
          question: text(350),
          correct: text(140),
          distractors: {
            type: 'array',
            items: text(140),
            minItems: wish.optionCount - 1,
            maxItems: wish.optionCount - 1,
          },
          explanation: text(400),
        }
    }
  }
}

/** The same for every call, so that the model's server has read it already. */
const SYSTEM = [
  'You set questions for the preliminary examination of the UPSC, India’s civil-services examination.',
  'You are given a passage from a book. Use only what the passage says.',
  'Reply with one JSON object and nothing else. Its fields, in this order:',
  '"evidence_quote": one or two sentences copied word for word from the passage, which alone decide the answer, or "evidence_quotes": several such quotes;',
  'then the fields that are asked for below;',
  '"explanation", where the format has it: one or two plain sentences that say why the answer is right.',
  'A question must stand by itself: never write "the passage", "the text", "the author", "according to".',
  'No option may be "all of the above" or "none of the above". Wrong options must be of the same kind and about the same length as the right one, plausible, and clearly wrong by the passage.',
].join('\n')

const ASKS: Record<'term' | 'blank' | 'meaning', string> = {
  term: 'Write one question that has one best answer and ends with a question mark.',
  blank:
    'Write one question of this form: Which one of the following correctly fills the blank? followed by one sentence of the passage in which its key term is replaced by ______.',
  meaning:
    'Write one question that gives a meaning or description from the passage and asks which term, body or person it belongs to.',
}

/** The turns that ask for one question. The passage stands before the wish: calls about one passage share their beginning. */
export function askForQuestion(passage: Passage, wish: Wish): ChatMessage[] {
  const language = isHindi(passage.text) ? 'Write in Hindi.' : 'Write in English.'
  return [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: `PASSAGE\n${passage.text}\n\n${linesOf(wish).join('\n')}\n${language}` },
  ]
}

function linesOf(wish: Wish): string[] {
  switch (wish.ask) {
    case 'statements':
      return [
        'Write short statements about one matter of the passage, each a whole sentence that stands by itself.',
        ...(wish.apart
          ? [
              `"evidence_quotes": ${wish.trueCount} sentences from different places of the passage, of which none is the reason of another.`,
              `"correct_statements": ${wish.trueCount}, one from each quote, in their order.`,
            ]
          : [
              ...(wish.trueCount > 0
                ? [`"correct_statements": ${wish.trueCount}, each true by the evidence_quote.`]
                : []),
              ...(wish.falseCount > 0
                ? [
                    `"wrong_statements": ${wish.falseCount}, each made false by changing one number, date or name of the evidence_quote; never by "not".`,
                  ]
                : []),
            ]),
      ]
    case 'reasons': {
      const others = wish.trueCount + wish.falseCount
      const isOne = wish.reasonCount === 1
      return [
        `Choose a place where the passage itself gives ${isOne ? 'the reason' : `${wish.reasonCount} reasons`} of something, with a word like "because" or "therefore".`,
        others > 0
          ? `"evidence_quotes": that place, with the word; then ${others} more, each a sentence from elsewhere in the passage that has nothing to do with the reason.`
          : '"evidence_quote": that place, with the word.',
        `"statement": what is so. "reasons": ${wish.reasonCount}, ${isOne ? 'why it is so' : 'each why it is so, in a sentence of its own'}.`,
        'All are whole sentences that stand by themselves, and none has the word "because" in it.',
        ...(wish.trueCount > 0
          ? [
              `"correct_statements": ${wish.trueCount}, each true by one of the further quotes, and no reason of the statement.`,
            ]
          : []),
        ...(wish.falseCount > 0
          ? [
              `"wrong_statements": ${wish.falseCount}, each made false by changing one number, date or name of one of the further quotes; never by "not".`,
            ]
          : []),
      ]
    }
    case 'pairs':
      return [
        `Choose ${wish.count} true pairs of one kind from the passage: terms with their meanings, bodies with their tasks, persons with what they did, or Articles with their matter.`,
        `"evidence_quotes": ${wish.count} sentences or parts of sentences, one for each pair, in their order.`,
        '"pairs": the two halves, "left" and "right", in the words of its quote; no half may stand in two pairs.',
      ]
    case 'events':
      return [
        `Choose ${wish.count} events of the passage that happened in different years, each told with its year.`,
        `"evidence_quotes": ${wish.count} sentences with the years in them, one for each event, in their order.`,
        '"events": each as a short sentence that stands by itself and does not tell the year, with its "year" in four digits.',
      ]
    default:
      return [
        ASKS[wish.ask],
        `"question": the question. "correct": the right answer. "distractors": ${wish.optionCount - 1} wrong answers.`,
      ]
  }
}

/** One more turn that names the exact failure. */
export function askToMend(reply: string, detail: string): ChatMessage[] {
  return [
    { role: 'assistant', content: reply },
    { role: 'user', content: `That can't be used. ${detail} Write the JSON again with this mended.` },
  ]
}

export const LETTERS = ['A', 'B', 'C', 'D', 'E'] as const

/** Asks the model to answer a question from the passage, without being told the key. */
export function askForAnswer(
  passage: Passage,
  question: { stem: string; statements: readonly string[]; prompt: string },
  options: readonly string[],
): ChatMessage[] {
  const lines = [
    question.stem,
    ...question.statements.map((statement, at) => `${at + 1}. ${statement}`),
    ...(question.prompt === '' ? [] : [question.prompt]),
    ...options.map((option, at) => `${LETTERS[at]}) ${option}`),
  ]
  return [
    {
      role: 'system',
      content:
        'Answer the question from the passage alone. Reply with JSON: {"answer": the letter of the one best option}.',
    },
    { role: 'user', content: `PASSAGE\n${passage.text}\n\nQUESTION\n${lines.join('\n')}` },
  ]
}

export function answerSchema(optionCount: number): object {
  return {
    type: 'object',
    properties: { answer: { type: 'string', enum: LETTERS.slice(0, optionCount) } },
    required: ['answer'],
    additionalProperties: false,
  }
}
