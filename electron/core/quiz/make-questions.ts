import type { ModelStep } from '#contract/jobs.ts'
import type { QuestionStyle } from '#contract/quiz.ts'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import type { JobContext } from '../jobs/job-definition.ts'
import { readHeadingAt } from '../store/chunks.rows.ts'
import { findPage } from '../store/pages.rows.ts'
import {
  insertQuestion,
  type QuestionRow,
  type QuizRow,
  readOtherReadyDocumentIds,
  readQuestions,
  readQuizFacts,
  readSourceDocuments,
  type SourceDocument,
  updateQuiz,
} from '../store/quizzes.rows.ts'
import type { QuizPlace } from '../store/quizzes.schema.ts'
import { askedText, checkQuestion } from './check-question.ts'
import type { MakeQuizCursor, QuizJobParts } from './make-quiz-job.ts'
import { isScarce } from './plan-model-question.ts'
import { leastUsedPlaces, mixOf, planSeats, type Seat, stretchOf } from './plan-questions.ts'
import { openQuestionBank, packVector, vectorModel } from './question-bank.ts'
import { difficultyOf } from './question-difficulty.ts'
import type { QuestionDraft, QuotedSpan } from './question-draft.ts'
import { readMaterial, type SourceSentence } from './read-material.ts'
import { narrowRules, readRulesMaterial } from './rules-material.ts'
import { hashText } from './seeded-random.ts'
import { makeRulesWriter, WORTH_ASKING } from './write-by-rules.ts'
import type { SeatState } from './write-question.ts'
import { makeModelWriter } from './write-with-model.ts'

/** Sentences of other documents that lend names and numbers for wrong options. */
const MOST_OTHER_SENTENCES = 4000

/**
 * Fills the seats of a quiz, committing each question with the seat to go on
 * from: first every seat from its own stretch of the text, then the empty ones
 * from anywhere. Resolves to the number of questions that are there. What a seat
 * gets depends on the seed, the text and the questions before it alone, so a run
 * that was broken off and resumed ends with the same questions.
 */
export async function makeQuestions(
  parts: QuizJobParts,
  quiz: QuizRow,
  context: JobContext<MakeQuizCursor>,
): Promise<number> {
  const { store, model, ids, clock, styles } = parts
  const embedder = parts.embedder()
  const { signal } = context
  const { seed, style, requestedCount: count, optionCount, engine } = quiz
  const { documentIds } = readQuizFacts(store.reader, quiz.id)
  const documents = readSourceDocuments(store.reader, documentIds).filter((document) => document.ready)
  const whole = readMaterial(store.reader, documents)
  const all = await readRulesMaterial(whole, readOtherSentences(parts, quiz), signal)
  const isMeant = placeTest(quiz.places)
  // The rest of the documents still tells what "it" is, and lends wrong options.
  const material = { ...whole, sentences: whole.sentences.filter(isMeant) }
  const rules = quiz.places ? narrowRules(all, isMeant) : all
  const worthy = rules.judged.filter((sentence) => sentence.weight >= WORTH_ASKING)
  const factCount = worthy.filter((sentence) => sentence.facts.length > 0 || sentence.definition).length
  const mix = mixOf(
    parts.exams.get(quiz.examId)?.styles ?? { statements: 1 },
    styles,
    engine === 'ollama' ? 'ollama' : 'rules',
  )
  const { difficulty } = quiz
  const seats = planSeats({ count, style, mix, styles, seed, difficulty, sentenceCount: worthy.length, factCount })
  const plan = { seed, count, styles, optionCount }
  const byRules = makeRulesWriter(material, rules, plan)
  const byModel = engine === 'ollama' ? makeModelWriter({ model, onStep: tellModel }, material, rules, plan) : undefined
  /** Where no passage has the matter for a style, the rules take it from several pages, in the second round. */
  const writersFor = ({ styles: [wish = ''], level }: Seat, round: MakeQuizCursor['round']) =>
    !byModel?.writes(wish, level)
      ? [byRules]
      : round !== 1 && isScarce(styles.get(wish))
        ? [byModel, byRules]
        : [byModel]
  const bank = openQuestionBank(store.reader, quiz.id, embedder)
  const questions = readQuestions(store.reader, quiz.id)
  const dropped = { ...quiz.dropped }
  const spent = new Set(context.cursor?.spent)
  const stretch = stretchOf(material.sentences, count)
  const stretches = new Map(material.sentences.map((sentence) => [placeOf(sentence), stretch(sentence)]))

  const progress = () => ({ stage: 'write', done: questions.length, total: count, unit: 'questions' as const })
  const tellProgress = () => context.progress(progress())
  tellProgress()
  const from = context.cursor ?? { round: 1, nextSeat: 0 }
  // Where levels are mixed, a question of another level is better than none.
  const rounds: MakeQuizCursor['round'][] = difficulty === 'mixed' ? [1, 2, 3] : [1, 2]
  for (const round of rounds.filter((each) => each >= from.round)) {
    for (const seat of seats) {
      if ((round === from.round && seat.index < from.nextSeat) || isFilled(seat)) continue
      signal.throwIfAborted()
      await fill(seat, round)
    }
  }
  return questions.length

  function tellModel(model: ModelStep): void {
    context.progress({ ...progress(), model })
  }

  function isFilled(seat: Seat): boolean {
    return questions.some((question) => question.seat === seat.index)
  }

  async function fill(seat: Seat, round: MakeQuizCursor['round']): Promise<void> {
    const used = new Set(questions.flatMap((question) => question.facts))
    const spentBefore = spent.size
    let kept: QuestionDraft | undefined
    let vector: Float32Array | undefined
    const check = async (draft: QuestionDraft) => {
      const pageText = ({ documentId, pageNumber }: QuotedSpan) => material.pageText(documentId, pageNumber)
      const failures = checkQuestion(draft, { pageText, asked: bank.asked })
      if (failures.length > 0 || !embedder)
        return failures
        // The costliest comparison comes last, and only for what passed the others.
      ;[vector] = await embedder.embed([askedText(draft)], { signal })
      return checkQuestion(draft, { pageText, asked: bank.asked, vector })
    }
    const places = (of: QuestionStyle) => {
      const taken = (some: readonly QuestionRow[]) => some.map(({ answerIndex }) => answerIndex)
      const ofStyle = taken(questions.filter((question) => question.style === of))
      return leastUsedPlaces(ofStyle, taken(questions), { seed, seat: seat.index, optionCount })
    }
    const filledStretches = questions.map((question) => stretches.get(placeOf(question)) ?? 0)
    const state: SeatState = {
      places,
      isUsed: (fact) => used.has(fact),
      isSpent: (key) => spent.has(hashText(key)),
      level: round === 3 ? undefined : seat.level,
      anywhere: round !== 1,
      filledStretches,
      check,
      signal,
    }
    for (const [at, writer] of writersFor(seat, round).entries()) {
      // The rules stand in for the model with the wished style alone.
      const own = at > 0 ? { ...seat, styles: seat.styles.slice(0, 1), lateStyles: [] } : seat
      for await (const tried of writer.fill(own, state)) {
        if ('kept' in tried) {
          kept = tried.kept
          break
        }
        spent.add(hashText(tried.dropped.key))
        dropped[tried.dropped.reason] = (dropped[tried.dropped.reason] ?? 0) + 1
      }
      if (kept) break
    }
    const cursor: MakeQuizCursor = { round, nextSeat: seat.index + 1, spent: [...spent] }
    if (kept) {
      const otherSources = kept.otherSources.map((span) => ({ ...asSource(span, documents), boxes: boxesOf(span) }))
      const row = {
        ...asRow(kept, documents),
        id: ids.next() as QuestionRow['id'],
        quizId: quiz.id,
        ordinal: questions.length,
        seat: seat.index,
        boxes: boxesOf(kept),
        topic: topicOf(kept),
        difficulty: difficultyOf(kept),
        sourceLost: false,
        vector: vector ? packVector(vector) : null,
        vectorModel: vector && embedder ? vectorModel(embedder.identity) : null,
        createdAtMs: clock.nowMs(),
      }
      context.commit((db) => {
        insertQuestion(db, row, otherSources)
        updateQuiz(db, quiz.id, { status: 'making', note: null, dropped })
      }, cursor)
      questions.push(row)
      bank.add(row, vector)
      tellProgress()
    } else if (spent.size > spentBefore) {
      context.commit((db) => updateQuiz(db, quiz.id, { status: 'making', note: null, dropped }), cursor)
    }
  }

  function topicOf({ documentId, pageNumber, startOffset }: QuotedSpan): string {
    return readHeadingAt(store.reader, documentId, pageNumber, startOffset).split(' › ').at(-1) ?? ''
  }

  function boxesOf({ documentId, pageNumber, startOffset, endOffset }: QuotedSpan) {
    const page = findPage(store.reader, documentId, pageNumber)
    return page ? highlightBoxes(page.boxes, startOffset, endOffset) : []
  }
}

/** Sentences of other documents, evenly from each, page by page. */
function readOtherSentences({ store }: QuizJobParts, quiz: QuizRow): { text: string; page: string }[] {
  const { documentIds } = readQuizFacts(store.reader, quiz.id)
  const others = readSourceDocuments(store.reader, readOtherReadyDocumentIds(store.reader, documentIds))
  const share = Math.ceil(MOST_OTHER_SENTENCES / Math.max(1, others.length))
  return others.slice(0, MOST_OTHER_SENTENCES).flatMap((document) => {
    const { sentences } = readMaterial(store.reader, [document])
    const step = Math.max(1, Math.floor(sentences.length / share))
    return sentences
      .filter((_, at) => at % step === 0)
      .slice(0, share)
      .map(({ text, documentId, pageNumber }) => ({ text, page: `${documentId} ${pageNumber}` }))
  })
}

/** Whether a sentence stands where a quiz is narrowed to: by more than half of it. */
function placeTest(places: readonly QuizPlace[] | null): (sentence: SourceSentence) => boolean {
  if (!places) return () => true
  const byPage = Map.groupBy(places, ({ documentId, pageNumber }) => `${documentId} ${pageNumber}`)
  return ({ documentId, pageNumber, startOffset, endOffset }) =>
    (byPage.get(`${documentId} ${pageNumber}`) ?? []).some((place) => {
      const start = Math.max(startOffset, place.startOffset ?? 0)
      const end = Math.min(endOffset, place.endOffset ?? endOffset)
      return end - start > (endOffset - startOffset) / 2
    })
}

function placeOf({
  documentId,
  pageNumber,
  startOffset,
}: {
  documentId: string
  pageNumber: number
  startOffset: number
}) {
  return `${documentId} ${pageNumber} ${startOffset}`
}

function asRow(draft: QuestionDraft, documents: readonly SourceDocument[]) {
  const { style, engine, stem, statements, labels, prompt, options, answerIndex, explanation, facts, answer } = draft
  return {
    style,
    engine,
    stem,
    statements,
    labels,
    prompt,
    options,
    answerIndex,
    explanation,
    ...asSource(draft, documents),
    facts,
    answer,
  }
}

function asSource(
  { documentId, pageNumber, quote, startOffset, endOffset }: QuotedSpan,
  documents: readonly SourceDocument[],
) {
  const document = documents.find(({ id }) => id === documentId)
  return {
    documentId,
    documentPath: document?.path ?? '',
    documentTitle: document?.title ?? '',
    pageNumber,
    quote,
    startOffset,
    endOffset,
  }
}
