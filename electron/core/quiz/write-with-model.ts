import type { ModelStep } from '#contract/jobs.ts'
import type { Difficulty, QuestionStyle } from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import { readWholeReply } from '../models/read-whole-reply.ts'
import type { ChatMessage, ChatRequest, LanguageModel } from '../ports.ts'
import { answerSchema, askForAnswer, askForQuestion, askToMend, LETTERS, replySchema } from './model-prompts.ts'
import type { Refusal } from './model-reply.ts'
import { cutPassages, halvePassage, type Passage } from './passages.ts'
import { isForModel, type ModelPlan, planModelQuestion } from './plan-model-question.ts'
import { stretchOf } from './plan-questions.ts'
import { difficultyOf } from './question-difficulty.ts'
import type { QuestionDraft } from './question-draft.ts'
import type { QuestionStyles } from './question-styles.ts'
import { foldPhrase } from './quiz-text.ts'
import type { Material } from './read-material.ts'
import { readModelReply } from './read-model-reply.ts'
import type { RulesMaterial } from './rules-material.ts'
import { hashText, seededRandom } from './seeded-random.ts'
import type { QuestionWriter, SeatState } from './write-question.ts'

/** Passages tried for one seat before it is left to the second round. */
const PASSAGES_A_SEAT = 4
const MOST_TOKENS = 640
const FIRST_TEMPERATURE = 0.7
const MENDING_TEMPERATURE = 0.2

/**
 * Writes questions with a language model: one question a call, the quote first.
 * A reply that fails is mended once, with its failure named; then one more is
 * written from another seed; then the passage is dropped. What passes the checks
 * must also be answered by the model itself, from the passage, in two orders of
 * the options. Throws what the model throws when it can't be reached.
 */
export function makeModelWriter(
  { model, onStep }: { model: LanguageModel; onStep?: (step: ModelStep) => void },
  material: Material,
  rules: RulesMaterial,
  { seed, count, styles, optionCount }: { seed: number; count: number; styles: QuestionStyles; optionCount: number },
): QuestionWriter & { writes(style: QuestionStyle, level?: Difficulty): boolean } {
  const stretch = stretchOf(material.sentences, count)
  const weights = new Map(rules.judged.map(({ source, weight }) => [source, Math.max(0, weight)]))
  const passages = cutPassages(material).map((passage) => ({
    passage,
    stretch: stretch(passage.sentences[Math.floor(passage.sentences.length / 2)] ?? (passage.sentences[0] as never)),
    weight: passage.sentences.reduce((sum, sentence) => sum + (weights.get(sentence) ?? 0), 0),
  }))

  return {
    /** Whether questions of that style and level are asked of the model; the rest are left to the rules. */
    writes: (style, level) => isForModel(styles.get(style), level),

    async *fill(seat, state) {
      const random = seededRandom(seed, 'passages', seat.index, state.anywhere ? 1 : 0)
      const ranked = passages
        .filter((entry) => (entry.stretch === seat.stretch) !== state.anywhere)
        .map((entry) => ({ ...entry, rank: entry.weight + random.next() * 4 }))
        .sort((a, b) => b.rank - a.rank)
      let tried = 0
      for (const { passage } of ranked) {
        const [style] = seat.styles
        const key = `${style} ${passage.key}`
        if (
          !style ||
          state.isSpent(key) ||
          passage.sentences.every((sentence) => state.isUsed(foldPhrase(sentence.text)))
        )
          continue
        // A passage that has not the matter for the style was not tried.
        if (!planFor(passage, style, seat.index, state)) continue
        if (++tried > PASSAGES_A_SEAT) return
        const outcome = await writeFrom(passage, style, seat.index, state)
        if ('draft' in outcome) {
          yield { kept: outcome.draft }
          return
        }
        yield { dropped: { key, reason: outcome.reason } }
      }
    },
  }

  function planFor(
    passage: Passage,
    style: QuestionStyle,
    seatIndex: number,
    { places, level }: SeatState,
  ): ModelPlan | undefined {
    const file = styles.get(style)
    const random = seededRandom(seed, 'plan', seatIndex, passage.key)
    return file && planModelQuestion(file, { places: places(style), optionCount, random, passage, level })
  }

  /** First try, one mending, one new seed. A reply that was cut off is asked for again from half the passage. */
  async function writeFrom(
    passage: Passage,
    style: QuestionStyle,
    seatIndex: number,
    state: SeatState,
  ): Promise<{ draft: QuestionDraft } | Refusal> {
    const plan = planFor(passage, style, seatIndex, state)
    if (!plan) return { reason: 'reply', detail: 'Half of the passage has not the matter for such a question.' }
    const { wish } = plan
    const ask = askForQuestion(passage, wish)
    const firstSeed = hashText(`${seed} ${seatIndex} ${passage.key}`) >>> 1
    const tries: ((last: { reply: string; detail: string } | undefined) => {
      messages: ChatMessage[]
      seed: number
      temperature: number
    })[] = [
      () => ({ messages: ask, seed: firstSeed, temperature: FIRST_TEMPERATURE }),
      (last) => ({
        messages: last ? [...ask, ...askToMend(last.reply, last.detail)] : ask,
        seed: firstSeed,
        temperature: MENDING_TEMPERATURE,
      }),
      () => ({ messages: ask, seed: firstSeed + 1, temperature: FIRST_TEMPERATURE }),
    ]
    let last: { reply: string; detail: string } | undefined
    let refusal: Refusal = { reason: 'reply', detail: '' }
    for (const next of tries) {
      let reply: string
      try {
        reply = await chat({ ...next(last), format: replySchema(wish), maxTokens: MOST_TOKENS, signal: state.signal })
      } catch (error) {
        if (!(error instanceof StudyError)) throw error
        if (error.code === 'model-cut-off' || error.code === 'prompt-too-long') {
          const half = halvePassage(passage)
          return half ? writeFrom(half, style, seatIndex, state) : { reason: 'reply', detail: error.message }
        }
        if (error.code !== 'model-bad-output') throw error
        last = undefined
        continue
      }
      const judged = await judgeReply(reply, passage, plan, state)
      if ('draft' in judged) return judged
      refusal = judged
      last = { reply, detail: judged.detail }
    }
    return refusal
  }

  async function judgeReply(
    reply: string,
    passage: Passage,
    plan: ModelPlan,
    state: SeatState,
  ): Promise<{ draft: QuestionDraft } | Refusal> {
    const pageText = material.pageText(passage.documentId, passage.pageNumber) ?? ''
    const draft = readModelReply(reply, { passage, pageText, plan })
    if ('reason' in draft) return draft
    const level = difficultyOf(draft)
    if (state.level && level !== state.level) {
      return { reason: 'level', detail: `The question is ${level}; a ${state.level} one was asked for.` }
    }
    const [failure] = await state.check(draft)
    if (failure) return { reason: failure.check, detail: failure.detail }
    return (await answersItself(draft, passage, state.signal))
      ? { draft }
      : {
          reason: 'round-trip',
          detail:
            'Read again, the passage does not lead to the answer you gave: the question must have one clear answer.',
        }
  }

  /** The key must be what the model itself finds, in two orders of the options. */
  async function answersItself(draft: QuestionDraft, passage: Passage, signal: AbortSignal): Promise<boolean> {
    const random = seededRandom(seed, 'round trip', draft.stem, draft.answer)
    for (let turn = 0; turn < 2; turn++) {
      const order = random.shuffle(draft.options.map((_, at) => at))
      const options = order.map((at) => draft.options[at] ?? '')
      let reply: string
      try {
        reply = await chat({
          messages: askForAnswer(passage, draft, options),
          format: answerSchema(options.length),
          maxTokens: 24,
          temperature: 0,
          seed: 1,
          signal,
        })
      } catch (error) {
        if (error instanceof StudyError && /^(?:model-bad-output|model-cut-off|prompt-too-long)$/.test(error.code))
          return false
        throw error
      }
      const letter = /"answer"\s*:\s*"([A-E])"/.exec(reply)?.[1]
      if (order[LETTERS.indexOf((letter ?? '') as 'A')] !== draft.answerIndex) return false
    }
    return true
  }

  async function chat(request: ChatRequest): Promise<string> {
    const { text, reachedLimit } = await readWholeReply(model, { ...request, feature: 'quiz' }, onStep)
    if (reachedLimit) throw new StudyError('model-cut-off', 'The model ran out of room before the end of its reply.')
    return text
  }
}
