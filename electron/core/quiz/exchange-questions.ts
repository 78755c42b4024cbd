import { QuestionId, QuizId } from '#contract/ids.ts'
import {
  DEFAULT_EXAM,
  MIXED,
  type QuestionFormat,
  type QuestionImport,
  type QuestionImportEvent,
} from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Embedder, Ids } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { insertQuestion, insertQuiz, readQuiz, readQuizzes } from '../store/quizzes.rows.ts'
import { askedText, dot, NEAR_COPY, SAME_MEANING } from './check-question.ts'
import type { ExamProfile } from './exam-profiles.ts'
import { openQuestionBank, packVector, vectorModel } from './question-bank.ts'
import { answerIndexOf, type FiledQuestion, guessStyle, readQuestionFile, writeQuestionFile } from './question-file.ts'
import { foldPhrase, likeness, trigrams } from './quiz-text.ts'
import { hashText } from './seeded-random.ts'
import { readWholeQuestions, toQuizSummary } from './to-quiz.ts'

/** Questions read between two events; a model reads so many at once. */
const BATCH = 16

const MEDIA_TYPES: Record<QuestionFormat, string> = { json: 'application/json', csv: 'text/csv' }

export interface ExchangeParts {
  store: Store
  ids: Ids
  clock: Clock
  /** Undefined while no embedding model is installed: duplicates are then told by their letters alone. */
  embedder: () => Embedder | undefined
  examOf: (examId: string) => ExamProfile
}

/** Questions that leave the app and come into it as files. Throws StudyError: not-found, bad-input. */
export function makeQuestionExchange({ store, ids, clock, embedder: currentEmbedder, examOf }: ExchangeParts) {
  return {
    exportQuestions({ quizId, format }: { quizId: QuizId; format: QuestionFormat }) {
      const quiz = readQuiz(store.reader, quizId)
      if (!quiz) throw new StudyError('not-found', 'That quiz is not there any more. Nothing was exported.')
      const questions = readWholeQuestions(store.reader, quizId)
      return {
        fileName: `${fileSafe(quiz.title)}.${format}`,
        mediaType: MEDIA_TYPES[format],
        text: writeQuestionFile(quiz.title, questions, format),
      }
    },

    async *importQuestions(
      { fileName, text, examId = DEFAULT_EXAM }: { fileName: string; text: string; examId?: string | undefined },
      signal?: AbortSignal,
    ): AsyncGenerator<QuestionImportEvent> {
      const exam = examOf(examId)
      const embedder = currentEmbedder()
      const read = readQuestionFile(text)
      const quizId = QuizId.parse(ids.next())
      const bank = openQuestionBank(store.reader, quizId, embedder)
      const known = bank.asked.map((asked) => ({ ...asked, grams: trigrams(asked.text) }))
      const taken: { filed: FiledQuestion; vector: Float32Array | undefined }[] = []
      const duplicates: QuestionImport['duplicates'] = []
      const problems: QuestionImport['problems'] = []
      for (let from = 0; from < read.length; from += BATCH) {
        yield { type: 'progress', done: from, total: read.length }
        await new Promise((resolve) => setImmediate(resolve))
        signal?.throwIfAborted()
        const batch = read.slice(from, from + BATCH).flatMap((each) => {
          if (!('problem' in each)) return [{ ...each, own: textOf(each.question) }]
          problems.push({ number: each.number, message: each.problem })
          return []
        })
        const texts = batch.map(({ own }) => own)
        const vectors = embedder && texts.length > 0 ? await embedder.embed(texts, signal ? { signal } : {}) : []
        for (const [at, { question: filed, number, own }] of batch.entries()) {
          const grams = trigrams(own)
          const vector = vectors[at]
          const same = known.find(
            (asked) =>
              likeness(grams, asked.grams) >= NEAR_COPY ||
              (vector && asked.vector?.length === vector.length && dot(vector, asked.vector) >= SAME_MEANING),
          )
          if (same) {
            duplicates.push({ number, stem: filed.question, sameAs: same.text })
            continue
          }
          known.push({ text: own, facts: [], answer: '', sameQuiz: true, vector, grams })
          taken.push({ filed, vector })
        }
      }
      signal?.throwIfAborted()
      const [problem] = problems
      if (taken.length === 0 && duplicates.length === 0) {
        throw new StudyError(
          'bad-input',
          problem
            ? `No question of “${fileName}” can be used. The first one: ${problem.message} Nothing was imported.`
            : `“${fileName}” has no questions in it. Nothing was imported.`,
        )
      }
      if (taken.length === 0) {
        yield { type: 'imported', outcome: { importedCount: 0, duplicates, problems } }
        return
      }
      const perQuestionMs = Math.round((exam.durationMinutes * 60_000) / exam.questionCount)
      const createdAtMs = clock.nowMs()
      store.transaction((db) => {
        insertQuiz(
          db,
          {
            id: quizId,
            title: titleFor(
              fileName,
              readQuizzes(db).map(({ title }) => title),
            ),
            style: MIXED,
            examId,
            optionCount: exam.optionCount,
            engine: 'imported',
            status: 'ready',
            requestedCount: taken.length,
            dropped: {},
            durationMs: taken.length * perQuestionMs,
            perQuestionMs,
            seed: hashText(quizId),
            createdAtMs,
          },
          [],
        )
        taken.forEach(({ filed, vector }, ordinal) => {
          insertQuestion(db, {
            ...asRow(filed),
            id: QuestionId.parse(ids.next()),
            quizId,
            ordinal,
            seat: ordinal,
            vector: vector ? packVector(vector) : null,
            vectorModel: vector && embedder ? vectorModel(embedder.identity) : null,
            createdAtMs,
          })
        })
      })
      const quiz = readQuiz(store.reader, quizId)
      yield {
        type: 'imported',
        outcome: {
          ...(quiz && { quiz: toQuizSummary(store.reader, quiz) }),
          importedCount: taken.length,
          duplicates,
          problems,
        },
      }
    },
  }
}

/** What came of an import, once all its events are there. */
export async function outcomeOf(events: AsyncIterable<QuestionImportEvent>): Promise<QuestionImport> {
  for await (const event of events) if (event.type === 'imported') return event.outcome
  throw new StudyError('internal', 'The import ended without an outcome. Nothing was imported.')
}

function textOf(filed: FiledQuestion): string {
  return askedText({ ...filed, stem: filed.question, answerIndex: answerIndexOf(filed) })
}

/** Without a document of this library: the source is told in the explanation, as far as the file has it. */
function asRow(filed: FiledQuestion) {
  const { question, statements, labels, prompt, options, explanation, topic, source } = filed
  const cited = source && [source.title, source.page && `p. ${source.page}`, source.quote && `“${source.quote}”`]
  const answerIndex = answerIndexOf(filed)
  return {
    style: guessStyle(filed),
    engine: 'imported' as const,
    stem: question,
    statements,
    labels,
    prompt,
    options,
    answerIndex,
    explanation: [explanation, cited?.filter(Boolean).join(', ')].filter(Boolean).join('\n'),
    documentId: '' as never,
    documentPath: '',
    documentTitle: '',
    pageNumber: 1,
    quote: '',
    startOffset: 0,
    endOffset: 0,
    boxes: [],
    facts: [],
    answer: foldPhrase(options[answerIndex] ?? ''),
    topic,
  }
}

/** The file's name without its ending; counted up where a quiz has it already. */
function titleFor(fileName: string, titles: readonly string[]): string {
  const name = fileName.replace(/\.(?:json|csv)$/i, '').slice(0, 180) || fileName
  if (!titles.includes(name)) return name
  let count = 2
  while (titles.includes(`${name} (${count})`)) count++
  return `${name} (${count})`
}

function fileSafe(title: string): string {
  return (
    title
      .replace(/[/\\:*?"<>|\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 100) || 'questions'
  )
}
