import type { ChatMessage } from '../ports.ts'
import type { Passage } from './passages.ts'
import { isHindi } from './quiz-text.ts'

/** What a model is asked for: a term with wrong ones beside it, or so many true and false statements. */
export type Wish =
  | { ask: 'term' | 'blank' | 'meaning'; optionCount: number }
  | { ask: 'statements'; trueCount: number; falseCount: number }

/**
 * The JSON Schema of one reply. The quote comes first, so that the model has
 * chosen its fact before it writes; which option is right is told by the field
 * it stands in, never by an index.
 */
export function replySchema(wish: Wish): object {
  const text = (maxLength: number) => ({ type: 'string', maxLength })
  const list = (count: number) => ({ type: 'array', items: text(220), minItems: count, maxItems: count })
  const properties: Record<string, object> =
    wish.ask === 'statements'
      ? {
          evidence_quote: text(600),
          ...(wish.trueCount > 0 ? { correct_statements: list(wish.trueCount) } : {}),
          ...(wish.falseCount > 0 ? { wrong_statements: list(wish.falseCount) } : {}),
          explanation: text(400),
        }
      : {
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
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

/** The same for every call, so that the model's server has read it already. */
const SYSTEM = [
  'You set questions for the preliminary examination of the UPSC, India’s civil-services examination.',
  'You are given a passage from a book. Use only what the passage says.',
  'Reply with one JSON object and nothing else. Its fields, in this order:',
  '"evidence_quote": one or two sentences copied word for word from the passage, which alone decide the answer;',
  'then the fields that are asked for below;',
  '"explanation": one or two plain sentences that say why the answer is right.',
  'A question must stand by itself: never write "the passage", "the text", "the author", "according to".',
  'No option may be "all of the above" or "none of the above". Wrong options must be of the same kind and about the same length as the right one, plausible, and clearly wrong by the passage.',
].join('\n')

const ASKS: Record<Exclude<Wish['ask'], 'statements'>, string> = {
  term: 'Write one question that has one best answer and ends with a question mark.',
  blank:
    'Write one question of this form: Which one of the following correctly fills the blank? followed by one sentence of the passage in which its key term is replaced by ______.',
  meaning:
    'Write one question that gives a meaning or description from the passage and asks which term, body or person it belongs to.',
}

/** The turns that ask for one question. The passage stands before the wish: calls about one passage share their beginning. */
export function askForQuestion(passage: Passage, wish: Wish): ChatMessage[] {
  const language = isHindi(passage.text) ? 'Write in Hindi.' : 'Write in English.'
  const ask =
    wish.ask === 'statements'
      ? [
          'Write short statements about one matter of the passage, each a whole sentence that stands by itself.',
          wish.trueCount > 0 ? `"correct_statements": ${wish.trueCount}, each true by the evidence_quote.` : '',
          wish.falseCount > 0
            ? `"wrong_statements": ${wish.falseCount}, each made false by changing one number, date or name of the evidence_quote; never by "not".`
            : '',
        ]
          .filter((line) => line !== '')
          .join('\n')
      : `${ASKS[wish.ask]}\n"question": the question. "correct": the right answer. "distractors": ${wish.optionCount - 1} wrong answers.`
  return [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: `PASSAGE\n${passage.text}\n\n${ask}\n${language}` },
  ]
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
