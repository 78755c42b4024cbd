import { QuestionId, QuizId } from '#contract/ids.ts'
import { DEFAULT_EXAM, MIXED, type QuestionFormat, type QuestionImport } from '#contract/quiz.ts'
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

    async importQuestions(
      { fileName, text, examId = DEFAULT_EXAM }: { fileName: string; text: string; examId?: string | undefined },
      signal?: AbortSignal,
    ): Promise<QuestionImport> {
      const exam = examOf(examId)
      const embedder = currentEmbedder()
      const read = readQuestionFile(text)
      const quizId = QuizId.parse(ids.next())
      const bank = openQuestionBank(store.reader, quizId, embedder)
      const known = bank.asked.map((asked) => ({ ...asked, grams: trigrams(asked.text) }))
      const taken: { filed: FiledQuestion; vector: Float32Array | undefined }[] = []
      const duplicates: QuestionImport['duplicates'] = []
      const problems: QuestionImport['problems'] = []
      for (const each of read) {
        if ('problem' in each) {
          problems.push({ number: each.number, message: each.problem })
          continue
        }
        const { question: filed, number } = each
        const own = askedText({ ...filed, stem: filed.question, answerIndex: answerIndexOf(filed) })
        const grams = trigrams(own)
        const [vector] = embedder ? await embedder.embed([own], signal ? { signal } : {}) : []
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
      const [problem] = problems
      if (taken.length === 0 && duplicates.length === 0) {
        throw new StudyError(
          'bad-input',
          problem
            ? `No question of “${fileName}” can be used. The first one: ${problem.message} Nothing was imported.`
            : `“${fileName}” has no questions in it. Nothing was imported.`,
        )
      }
      if (taken.length === 0) return { importedCount: 0, duplicates, problems }
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
      return {
        ...(quiz && { quiz: toQuizSummary(store.reader, quiz) }),
        importedCount: taken.length,
        duplicates,
        problems,
      }
    },
  }
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
