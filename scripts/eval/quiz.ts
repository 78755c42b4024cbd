// How good are the questions? Makes quizzes in every style from the ten chapters of the
// corpus and prints, for each: how many came of how many asked, the share of candidates that
// passed the checks and why others were dropped, near-duplicates, how often the key is the
// longest option, whether keys are spread evenly, verbatim quotes, and seconds a question.
//   npm run eval -- quiz [--count 60] [--seed 1] [--show 10] [--style ID …]
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { JobId, QuizId } from '#contract/ids.ts'
import { MIXED, type Question, type QuizStyle, sourcesOf } from '#contract/quiz.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { Embedder, LanguageModel } from '#core/ports.ts'
import { askedText, NEAR_COPY } from '#core/quiz/check-question.ts'
import { readExamProfiles } from '#core/quiz/exam-profiles.ts'
import { makeQuizJob } from '#core/quiz/make-quiz-job.ts'
import { readQuestionStyles } from '#core/quiz/question-styles.ts'
import { likeness, quoteOf, trigrams } from '#core/quiz/quiz-text.ts'
import { readWholeQuestions } from '#core/quiz/to-quiz.ts'
import { documents } from '#core/store/library.schema.ts'
import type { Store } from '#core/store/open-store.ts'
import { findPage } from '#core/store/pages.rows.ts'
import { insertQuiz, readQuiz } from '#core/store/quizzes.rows.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { driveJob } from '#core/testing/drive-job.ts'
import { RESOURCES_DIR } from '../../electron/cli/app-paths.ts'
import { importFiles } from './import-files.ts'

const styles = readQuestionStyles(join(RESOURCES_DIR, 'question-styles'))
const exams = readExamProfiles(join(RESOURCES_DIR, 'exams'))
const STYLES: QuizStyle[] = [MIXED, ...styles.keys()]

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '0' },
    /** These alone, by id. */
    style: { type: 'string', multiple: true },
  },
})
const folder = corpusFile('ncert-polity')
if (!folder) process.exit(0)

const profileDir = mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
try {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .sort()
  await using library = await importFiles(
    profileDir,
    files.map((name) => join(folder, name)),
  )
  console.log(
    `${files.length} documents read; rules, seed ${values.seed}, ${values.count} questions asked of each style\n`,
  )
  for (const style of values.style ?? STYLES) await measure(library, style)
} finally {
  rmSync(profileDir, { recursive: true, force: true })
}

async function measure({ store, embedder }: { store: Store; embedder: Embedder }, style: QuizStyle): Promise<void> {
  const documentIds = store.reader
    .select({ id: documents.id })
    .from(documents)
    .orderBy(documents.path)
    .all()
    .map(({ id }) => id)
  const requestedCount = Number(values.count)
  const ids = makeIds({ clock: systemClock })
  const quizId = ids.next() as QuizId
  // Each style is measured by itself: a bank of other quizzes would hold it back.
  store.transaction((db) => {
    db.$client.exec('DELETE FROM quizzes')
    insertQuiz(
      db,
      {
        id: quizId,
        title: style,
        style,
        examId: 'upsc-gs1',
        optionCount: 4,
        engine: 'rules',
        status: 'making',
        requestedCount,
        dropped: {},
        durationMs: 1,
        seed: Number(values.seed),
        jobId: 'eval' as JobId,
        createdAtMs: systemClock.nowMs(),
      },
      documentIds,
    )
  })
  const model: LanguageModel = {
    status: () => Promise.reject(new Error('not asked')),
    chat: () => {
      throw new Error('not asked')
    },
  }
  const startedMs = systemClock.monotonicMs()
  const job = makeQuizJob({ store, model, embedder: () => embedder, ids, clock: systemClock, styles, exams })
  const run = await driveJob(store, job, { quizId })
  if (run.error !== undefined) throw run.error
  const seconds = (systemClock.monotonicMs() - startedMs) / 1000
  const questions = readWholeQuestions(store.reader, quizId)
  report(store, style, questions, seconds, requestedCount, readQuiz(store.reader, quizId)?.dropped ?? {})
}

function report(
  store: Store,
  style: QuizStyle,
  questions: readonly Question[],
  seconds: number,
  requested: number,
  dropped: Record<string, number>,
): void {
  const made = questions.length
  const droppedCount = Object.values(dropped).reduce((sum, count) => sum + count, 0)
  const reasons = Object.entries(dropped)
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => `${reason} ${count}`)
  const termed = questions.filter((question) => question.statements.length === 0)
  const longest = termed.filter(({ options, answerIndex }) =>
    options.every((option, at) => at === answerIndex || option.length < (options[answerIndex] ?? '').length),
  )
  const places = [0, 1, 2, 3].map((place) => questions.filter((question) => question.answerIndex === place).length)
  const verbatim = questions.filter((question) =>
    sourcesOf(question).every(({ documentId, page: number, startOffset, endOffset, quote }) => {
      const page = findPage(store.reader, documentId, number)
      return page && quoteOf(page.text, startOffset, endOffset) === quote
    }),
  )
  const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)
  const by = Map.groupBy(questions, (question) => question.style)
  console.log(
    [
      `${style}`,
      `  yield            ${made} of ${requested} (${[...by].map(([name, list]) => `${name} ${list.length}`).join(', ')})`,
      `  checks passed    ${percent(made, made + droppedCount)}; dropped: ${reasons.join(', ') || 'none'}`,
      `  near-duplicates  ${nearCopies(questions)}`,
      `  key longest      ${percent(longest.length, termed.length)} of ${termed.length} without codes`,
      `  key positions    ${places.join(' ')}, chi-square p ${chiSquareP(places).toFixed(3)}`,
      `  quotes verbatim  ${percent(verbatim.length, made)}`,
      `  documents        ${new Set(questions.map(({ source }) => source?.documentId)).size}, pages ${new Set(questions.map(({ source }) => `${source?.documentId} ${source?.page}`)).size}`,
      `  time             ${seconds.toFixed(1)} s, ${(seconds / Math.max(1, made)).toFixed(3)} s a question\n`,
    ].join('\n'),
  )
  for (const question of questions.slice(0, Number(values.show))) console.log(`${printed(question)}\n`)
}

function nearCopies(questions: readonly Question[]): number {
  const grams = questions.map((question) => trigrams(askedText(question)))
  let copies = 0
  grams.forEach((one, at) => {
    if (grams.slice(0, at).some((other) => likeness(one, other) >= NEAR_COPY)) copies++
  })
  return copies
}

/** The chance of counts as uneven as these if all places were equally likely: chi-square, three degrees of freedom. */
function chiSquareP(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return 1
  const expected = total / counts.length
  const x = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // The survival function for three degrees of freedom: erfc(√(x/2)) + √(2x/π)·e^(−x/2).
  return erfc(Math.sqrt(x / 2)) + Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2)
}

/** Abramowitz & Stegun 7.1.26, within 1.5e-7. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return poly * Math.exp(-x * x)
}

function printed({
  style,
  stem,
  statements,
  labels,
  prompt,
  options,
  answerIndex,
  explanation,
  source,
}: Question): string {
  return [
    `[${style}] ${stem}`,
    ...statements.map((statement, at) => `  ${labels[at] ?? `${at + 1}.`} ${statement}`),
    ...(prompt === '' ? [] : [`  ${prompt}`]),
    `  ${options.map((option, at) => `(${'abcde'[at]}) ${option}${at === answerIndex ? ' ✓' : ''}`).join('   ')}`,
    `  ${explanation}`,
    `  ${source?.title}, page ${source?.page}`,
  ].join('\n')
}
