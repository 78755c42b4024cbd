import type { QuestionStyle } from '#contract/quiz.ts'
import { stretchOf } from './plan-questions.ts'
import { difficultyOf } from './question-difficulty.ts'
import type { QuestionDraft } from './question-draft.ts'
import type { QuestionStyles } from './question-styles.ts'
import type { Material, SourceSentence } from './read-material.ts'
import type { FactSite, JudgedSentence, RulesMaterial, WriteContext } from './rules-material.ts'
import { type Random, seededRandom } from './seeded-random.ts'
import { writeChronology } from './write-chronology.ts'
import { writeCloze } from './write-cloze.ts'
import { writeDefinition, writeDescription } from './write-definition.ts'
import { writeDirect } from './write-direct.ts'
import { writeExplanation } from './write-explanation.ts'
import { writeOddStatement } from './write-odd-statement.ts'
import { writePairs } from './write-pairs.ts'
import type { QuestionWriter } from './write-question.ts'
import { writeStatements } from './write-statements.ts'

/** Least weight of a sentence that a question may begin from. */
export const WORTH_ASKING = 2

/** Sentences between two turns of the event loop. */
const BATCH = 40

/** Writes questions without a model, in every style: from terms, meanings, dates, reasons and changed facts of the text. */
export function makeRulesWriter(
  material: Material,
  rules: RulesMaterial,
  { seed, count, styles, optionCount }: { seed: number; count: number; styles: QuestionStyles; optionCount: number },
): QuestionWriter {
  const stretch = stretchOf(material.sentences, count)
  const byStretch = Map.groupBy(rules.judged, (sentence) => stretch(sentence.source))
  const pageKey = (source: SourceSentence) => `${source.documentId} ${source.pageNumber}`
  const byPage = Map.groupBy(rules.judged, (sentence) => pageKey(sentence.source))
  const byDocument = Map.groupBy(rules.judged, (sentence) => sentence.source.documentId)
  const eventsOf = Map.groupBy(rules.events, (event) => event.sentence)
  const pairsOf = Map.groupBy(rules.pairs, (pair) => pair.sentence)

  return {
    async *fill(seat, state) {
      const random = seededRandom(seed, 'seat', seat.index, state.anywhere ? 1 : 0)
      const isUsed = (sentence: JudgedSentence) => state.isUsed(sentence.fact)
      const { level } = state
      const suits = (draft: QuestionDraft) => level === undefined || difficultyOf(draft) === level
      const contextFor = (style: QuestionStyle): WriteContext => ({
        ...rules,
        random,
        places: state.places(style),
        optionCount,
        suits,
        pageText: (source) => material.pageText(source.documentId, source.pageNumber) ?? '',
        judgedOnPage: (source) => byPage.get(pageKey(source)) ?? [],
        judgedNear: ({ documentId, order }, reach) =>
          (byDocument.get(documentId) ?? []).filter(({ source }) => Math.abs(source.order - order) <= reach),
        isFree: (sentence) => !isUsed(sentence),
      })
      const [wish = '', ...others] = seat.styles
      const strangers = strangersOf(seat.stretch, count, state.filledStretches)
      // The wished style from the seat's own stretch, else from one nearby; only then another style.
      const tries: [QuestionStyle, number[]][] = state.anywhere
        ? [
            [wish, nearest(seat.stretch, strangers)],
            ...others.map((style): [QuestionStyle, number[]] => [style, [seat.stretch]]),
            ...[wish, ...others, ...seat.lateStyles].map((style): [QuestionStyle, number[]] => [style, strangers]),
          ]
        : [[wish, [seat.stretch]]]
      let seen = 0
      for (const [style, stretches] of tries) {
        const context = contextFor(style)
        for (const sentence of stretches.flatMap((at) => ranked(byStretch.get(at) ?? [], random))) {
          if (++seen % BATCH === 0) {
            await new Promise((resolve) => setImmediate(resolve))
            state.signal.throwIfAborted()
          }
          if (isUsed(sentence)) continue
          for (const { key, write } of waysToAsk(sentence, style, context)) {
            const written = state.isSpent(key) ? undefined : write()
            if (!written || !suits(written)) continue
            const draft = { ...written, style }
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

  /** The questions of a style that a sentence may give. */
  function waysToAsk(sentence: JudgedSentence, id: QuestionStyle, context: WriteContext): WayToAsk[] {
    const style = styles.get(id)
    const key = (what: string) => `${id} ${what} ${sentence.source.order}`
    const isWorthy = sentence.weight >= WORTH_ASKING
    const fromTerms = (write: (site: FactSite, context: WriteContext) => QuestionDraft | undefined): WayToAsk[] =>
      isWorthy
        ? context.random
            .shuffle(sentence.facts)
            .map((fact) => ({ key: key(fact.term.text), write: () => write({ sentence, fact }, context) }))
        : []
    const fromMeaning = (): WayToAsk[] => {
      const { definition } = sentence
      return definition
        ? [{ key: key('meaning'), write: () => writeDefinition({ sentence, definition }, context) }]
        : []
    }
    switch (style?.shape) {
      case 'statements':
        return isWorthy ? [{ key: key(''), write: () => writeStatements(sentence, style, context) }] : []
      case 'odd-statement':
        return isWorthy ? [{ key: key(''), write: () => writeOddStatement(sentence, style, context) }] : []
      case 'explanation':
        return isWorthy || context.reasonOf(sentence)
          ? [{ key: key(''), write: () => writeExplanation(sentence, style, context) }]
          : []
      case 'pairs':
        return (pairsOf.get(sentence) ?? []).map((pair) => ({
          key: key(pair.kind),
          write: () => writePairs(pair, style, context),
        }))
      case 'chronology':
        return (eventsOf.get(sentence) ?? []).map((event) => ({
          key: key(''),
          write: () => writeChronology(event, style, context),
        }))
      case 'blank':
        return fromTerms(writeCloze)
      case 'meaning':
        return [...fromMeaning(), ...fromTerms(writeDescription)]
      case 'term':
        return [...fromMeaning(), ...fromTerms(writeDirect)]
      default:
        return []
    }
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

/** How many other stretches count as near. */
const NEAR = 8

function nearest(own: number, stretches: readonly number[]): number[] {
  return stretches.toSorted((a, b) => Math.abs(a - own) - Math.abs(b - own)).slice(0, NEAR)
}

/** All other stretches: those with the fewest questions first, then the nearest. */
function strangersOf(own: number, count: number, filled: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const stretch of filled) counts.set(stretch, (counts.get(stretch) ?? 0) + 1)
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => at !== own)
    .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || Math.abs(a - own) - Math.abs(b - own))
}
