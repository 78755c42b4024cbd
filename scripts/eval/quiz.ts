// How good are the questions? Makes quizzes in every style from the ten chapters of the
// corpus, by rules and, where OLLAMA_HOST answers, by its model, and prints for each: how many
// came of how many asked, the share of candidates that passed the checks and why others were
// dropped, near-duplicates, how often the key is the longest option, whether keys are spread
// evenly, verbatim quotes, keys that a second look at the quotes bears out, how much of the
// material was reached, and seconds a question. The goals are those of the mixed quiz by rules.
//   npm run eval -- quiz [--count 60] [--seed 1] [--show 10] [--style ID …] [--engine rules|ollama]
//                        [--difficulty mixed] [--from FILE …] [--json FILE]
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { JobId, QuizId } from '#contract/ids.ts'
import { DEFAULT_EXAM, DifficultyWish, MIXED, type Question, type QuizStyle, sourcesOf } from '#contract/quiz.ts'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeOllamaModel } from '#core/adapters/ollama.ts'
import { ollamaAddress } from '#core/adapters/ollama-address.ts'
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
import { isKeySupported } from './recheck-key.ts'

const styles = readQuestionStyles(join(RESOURCES_DIR, 'question-styles'))
const exams = readExamProfiles(join(RESOURCES_DIR, 'exams'))

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '0' },
    /** These alone, by id. */
    style: { type: 'string', multiple: true, default: [MIXED, ...styles.keys()] },
    /** By both unless given. */
    engine: { type: 'string' },
    difficulty: { type: 'string', default: 'exam' },
    /** Other documents than the ten chapters. */
    from: { type: 'string', multiple: true },
    /** Where to write what was measured. */
    json: { type: 'string' },
  },
})

/** What 60 mixed questions of the ten chapters must come to, by rules. */
const GOALS: readonly (readonly [string, (run: Measured) => boolean])[] = [
  ['every question asked for', (run) => run.made === run.asked],
  ['under 60 s', (run) => run.seconds < 60],
  ['every quote verbatim on the cited page', (run) => run.verbatimCount === run.made],
  ['no near-duplicate', (run) => run.duplicateCount === 0],
  ['key positions p > 0.05', (run) => run.keyPositionP > 0.05],
  ['key the longest in under 35 %', (run) => run.longestKeyRate < 0.35],
]

interface Measured {
  engine: 'rules' | 'ollama'
  style: QuizStyle
  asked: number
  made: number
  byStyle: Record<string, number>
  byDifficulty: Record<string, number>
  /** Questions that another engine than the one asked for made. */
  otherEngineCount: number
  checkerPassRate: number
  dropped: Record<string, number>
  duplicateCount: number
  /** Of questions without codes. */
  longestKeyRate: number
  keyPositions: number[]
  keyPositionP: number
  verbatimCount: number
  supportedCount: number
  unsupported: string[]
  documentCount: number
  sectionCount: number
  /** Of the most-asked section. */
  largestSectionShare: number
  seconds: number
}

const folder = values.from ? undefined : corpusFile('ncert-polity')
const files =
  values.from ??
  (folder
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.pdf'))
        .sort()
        .map((name) => join(folder, name))
    : [])
if (files.length === 0) process.exit(0)

const absent: LanguageModel = {
  status: () => Promise.reject(new Error('not asked')),
  chat: () => {
    throw new Error('not asked')
  },
}
const ollamaUrl = process.env.OLLAMA_HOST ? ollamaAddress(process.env.OLLAMA_HOST) : undefined
const ollama = ollamaUrl
  ? makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl }), clock: systemClock })
  : undefined
const status = await ollama?.status()
if (status?.state !== 'ready') {
  const why = status ? status.message : 'OLLAMA_HOST is not set'
  console.log(`Questions by a model are left out: ${why}.\n`)
}
const engines = (['rules', 'ollama'] as const).filter(
  (engine) => (engine === 'rules' || status?.state === 'ready') && (!values.engine || values.engine === engine),
)

const profileDir = mkdtempSync(join(tmpdir(), 'abhyas-eval-'))
const runs: Measured[] = []
try {
  await using library = await importFiles(profileDir, files, { embeds: false })
  const asked = `${values.count} questions asked of each style, seed ${values.seed}`
  console.log(`${files.length} documents read; ${asked}\n`)
  for (const engine of engines) {
    for (const style of values.style) runs.push(await measure(library, style, engine))
  }
} finally {
  rmSync(profileDir, { recursive: true, force: true })
}
const mixed = runs.find(({ engine, style }) => engine === 'rules' && style === MIXED)
if (mixed && folder) {
  for (const [goal, isMet] of GOALS) console.log(`${isMet(mixed) ? 'met     ' : 'NOT MET '} ${goal}`)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ seed: Number(values.seed), runs }, undefined, 2)}\n`)

async function measure(
  { store, embedder }: { store: Store; embedder: Embedder },
  style: QuizStyle,
  engine: Measured['engine'],
): Promise<Measured> {
  const documentIds = store.reader
    .select({ id: documents.id })
    .from(documents)
    .orderBy(documents.path)
    .all()
    .map(({ id }) => id)
  const asked = Number(values.count)
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
        examId: DEFAULT_EXAM,
        optionCount: 4,
        engine,
        status: 'making',
        requestedCount: asked,
        dropped: {},
        durationMs: 1,
        difficulty: DifficultyWish.parse(values.difficulty),
        seed: Number(values.seed),
        jobId: 'eval' as JobId,
        createdAtMs: systemClock.nowMs(),
      },
      documentIds,
    )
  })
  const model = (engine === 'ollama' && ollama) || absent
  const startedMs = systemClock.monotonicMs()
  const job = makeQuizJob({ store, model, embedder: () => embedder, ids, clock: systemClock, styles, exams })
  const run = await driveJob(store, job, { quizId })
  if (run.error !== undefined) throw run.error
  const seconds = (systemClock.monotonicMs() - startedMs) / 1000
  const questions = readWholeQuestions(store.reader, quizId)
  const dropped = readQuiz(store.reader, quizId)?.dropped ?? {}
  const measured = judge(store, questions, { engine, style, asked, dropped, seconds })
  print(measured, questions)
  return measured
}

function judge(
  store: Store,
  questions: readonly Question[],
  run: Pick<Measured, 'engine' | 'style' | 'asked' | 'dropped' | 'seconds'>,
): Measured {
  const made = questions.length
  const droppedCount = Object.values(run.dropped).reduce((sum, count) => sum + count, 0)
  const termed = questions.filter((question) => question.statements.length === 0)
  const longest = termed.filter(({ options, answerIndex }) =>
    options.every((option, at) => at === answerIndex || option.length < (options[answerIndex] ?? '').length),
  )
  const keyPositions = [0, 1, 2, 3].map((place) => questions.filter(({ answerIndex }) => answerIndex === place).length)
  const verbatim = questions.filter((question) =>
    sourcesOf(question).every(({ documentId, page: number, startOffset, endOffset, quote }) => {
      const page = findPage(store.reader, documentId, number)
      return page && quoteOf(page.text, startOffset, endOffset) === quote
    }),
  )
  const unsupported = questions.filter((question) => !isKeySupported(question, styles))
  const sections = countBy(questions, ({ source, topic }) => `${source?.documentId} ${topic ?? ''}`)
  return {
    ...run,
    made,
    byStyle: countBy(questions, (question) => question.style),
    byDifficulty: countBy(questions, ({ difficulty }) => difficulty ?? 'not known'),
    otherEngineCount: questions.filter(({ engine }) => engine !== run.engine).length,
    checkerPassRate: made / Math.max(1, made + droppedCount),
    duplicateCount: nearCopies(questions),
    longestKeyRate: longest.length / Math.max(1, termed.length),
    keyPositions,
    keyPositionP: chiSquareP(keyPositions),
    verbatimCount: verbatim.length,
    supportedCount: made - unsupported.length,
    unsupported: unsupported.map((question) => `${question.style}: ${question.statements[0] ?? question.stem}`),
    documentCount: new Set(questions.map(({ source }) => source?.documentId)).size,
    sectionCount: Object.keys(sections).length,
    largestSectionShare: Math.max(0, ...Object.values(sections)) / Math.max(1, made),
  }
}

function print(run: Measured, questions: readonly Question[]): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  const { made } = run
  console.log(
    [
      `${run.style}, ${run.engine}`,
      `  yield            ${made} of ${run.asked} (${listed(run.byStyle)})${run.otherEngineCount > 0 ? `, ${run.otherEngineCount} by rules` : ''}`,
      `  difficulty       ${listed(run.byDifficulty)}`,
      `  checks passed    ${percent(run.checkerPassRate)}; dropped: ${listed(run.dropped)}`,
      `  near-duplicates  ${run.duplicateCount}`,
      `  key longest      ${percent(run.longestKeyRate)} of those without codes`,
      `  key positions    ${run.keyPositions.join(' ')}, chi-square p ${run.keyPositionP.toFixed(3)}`,
      `  quotes verbatim  ${percent(run.verbatimCount / Math.max(1, made))}`,
      `  keys borne out   ${percent(run.supportedCount / Math.max(1, made))}${run.unsupported.map((each) => `\n                   not: ${each}`).join('')}`,
      `  spread           ${run.documentCount} documents, ${run.sectionCount} sections, at most ${percent(run.largestSectionShare)} of one`,
      `  time             ${run.seconds.toFixed(1)} s, ${(run.seconds / Math.max(1, made)).toFixed(3)} s a question\n`,
    ].join('\n'),
  )
  for (const question of questions.slice(0, Number(values.show))) console.log(`${printed(question)}\n`)
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, keyOf)].map(([key, list]) => [key, list.length]))
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
