import type { QuestionStyle } from '#contract/quiz.ts'
import { stretchOf } from './plan-questions.ts'
import type { QuestionDraft } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'
import type { Material, SourceSentence } from './read-material.ts'
import type { JudgedSentence, RulesMaterial, WriteContext } from './rules-material.ts'
import { type Random, seededRandom } from './seeded-random.ts'
import { writeCloze } from './write-cloze.ts'
import { writeDefinition, writeDescription } from './write-definition.ts'
import { writeDirect } from './write-direct.ts'
import type { QuestionWriter } from './write-question.ts'
import { writeStatements } from './write-statements.ts'

/** Least weight of a sentence that a question may begin from. */
export const WORTH_ASKING = 2

/** Sentences between two turns of the event loop. */
const BATCH = 40

/** Writes questions without a model: terms left out, terms for meanings, statements with a changed fact. */
export function makeRulesWriter(
  material: Material,
  rules: RulesMaterial,
  { seed, count }: { seed: number; count: number },
): QuestionWriter {
  const stretch = stretchOf(material.sentences, count)
  const byStretch = Map.groupBy(rules.judged, (sentence) => stretch(sentence.source))
  const pageKey = (source: SourceSentence) => `${source.documentId} ${source.pageNumber}`
  const byPage = Map.groupBy(rules.judged, (sentence) => pageKey(sentence.source))

  return {
    async *fill(seat, state) {
      const random = seededRandom(seed, 'seat', seat.index, state.anywhere ? 1 : 0)
      const isUsed = (sentence: JudgedSentence) => state.isUsed(foldPhrase(sentence.text))
      const contextFor = (style: QuestionStyle): WriteContext => ({
        bank: rules.bank,
        definitions: rules.definitions,
        random,
        places: state.places(style === 'statements'),
        pageText: (source) => material.pageText(source.documentId, source.pageNumber) ?? '',
        judgedOnPage: (source) => byPage.get(pageKey(source)) ?? [],
        isFree: (sentence) => !isUsed(sentence),
      })
      const stretches = state.anywhere ? strangersOf(seat.stretch, count, state.filledStretches) : [seat.stretch]
      let seen = 0
      for (const style of state.anywhere ? [...seat.styles, ...seat.lateStyles] : seat.styles) {
        const context = contextFor(style)
        for (const sentence of stretches.flatMap((at) => ranked(byStretch.get(at) ?? [], random))) {
          if (++seen % BATCH === 0) {
            await new Promise((resolve) => setImmediate(resolve))
            state.signal.throwIfAborted()
          }
          if (isUsed(sentence)) continue
          for (const { key, write } of waysToAsk(sentence, style, context)) {
            const draft = state.isSpent(key) ? undefined : write()
            if (!draft) continue
            const [failure] = await state.check(draft)
            if (!failure) {
              yield { kept: draft }
              return
            }
            yield { dropped: { key, reason: failure.check } }
          }
        }
      }
    },
  }
}

/** The weightier first, with some chance in it, so that two quizzes on one text are not the same. */
function ranked(sentences: readonly JudgedSentence[], random: Random): JudgedSentence[] {
  return sentences
    .map((sentence) => ({ sentence, rank: sentence.weight + random.next() * 2 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ sentence }) => sentence)
}

interface WayToAsk {
  key: string
  write: () => QuestionDraft | undefined
}

/** The questions of a style that a sentence may give. */
function waysToAsk(sentence: JudgedSentence, style: QuestionStyle, context: WriteContext): WayToAsk[] {
  const { definition } = sentence
  const key = (what: string) => `${style} ${what} ${sentence.source.order}`
  if (style === 'statements') {
    return sentence.weight < WORTH_ASKING ? [] : [{ key: key(''), write: () => writeStatements(sentence, context) }]
  }
  const ways: WayToAsk[] = []
  if (definition && style !== 'cloze') {
    ways.push({
      key: key('meaning'),
      write: () => {
        const draft = writeDefinition({ sentence, definition }, context)
        return draft && { ...draft, style }
      },
    })
  }
  if (sentence.weight < WORTH_ASKING) return ways
  const write = { cloze: writeCloze, direct: writeDirect, definition: writeDescription }[style]
  for (const fact of context.random.shuffle(sentence.facts)) {
    ways.push({ key: key(fact.term.text), write: () => write({ sentence, fact }, context) })
  }
  return ways
}

/** All other stretches: those with the fewest questions first, then the nearest. */
function strangersOf(own: number, count: number, filled: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const stretch of filled) counts.set(stretch, (counts.get(stretch) ?? 0) + 1)
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => at !== own)
    .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || Math.abs(a - own) - Math.abs(b - own))
}
