import { readFileSync, writeFileSync } from 'node:fs'
import { describeCheck } from '#contract/describe-check.ts'
import type { DocumentId, MainsAnswerId, MainsQuestionId } from '#contract/ids.ts'
import type { MainsAnswer, MainsFileFormat, MainsQuestion } from '#contract/mains.ts'
import { fromFailure, StudyError } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_OK, EXIT_SOME_FAILED } from './exit-codes.ts'
import { placeName } from './place-name.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas syllabus`: the heads of the syllabus, with how many passages of the library each has. */
export function syllabusCommand(context: CommandContext): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const tree = await core.syllabus.tree()
    context.terminal.result(tree, () => [
      ...(tree.isComplete ? [] : ['The library is still being compared with the syllabus: run "abhyas jobs run".']),
      ...tree.papers.flatMap(({ name, nodes }) => [
        '',
        name.en,
        ...nodes.map(
          ({ id, name: head, passageCount }) => `  ${id.padEnd(28)} ${String(passageCount).padStart(6)}  ${head.en}`,
        ),
      ]),
    ])
    return EXIT_OK
  })
}

/** `abhyas mains questions`: the list, newest first. */
export function mainsQuestionsCommand(context: CommandContext): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const questions = core.mains.questions()
    context.terminal.result(questions, () =>
      questions.length === 0
        ? ['No questions yet: abhyas mains make NODE, mains add TEXT or mains import FILE.']
        : questions.map(questionLine),
    )
    return EXIT_OK
  })
}

/** `abhyas mains add TEXT`. */
export function mainsAddCommand(
  context: CommandContext,
  [text = '']: string[],
  { marks, words, minutes, node }: { marks: number; words: number; minutes: number; node?: string },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const question = core.mains.addQuestion({ text, marks, wordLimit: words, minutes, nodeId: node })
    context.terminal.result(question, () => [questionLine(question)])
    return EXIT_OK
  })
}

/** `abhyas mains make NODE`: questions on a head of the syllabus; 2 when fewer than asked came out. */
export function mainsMakeCommand(
  context: CommandContext,
  [nodeId = '']: string[],
  { count, engine, documents }: { count: number; engine: 'rules' | 'model'; documents?: string[] },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true }, async (core) => {
    await finishMatching(core, signal)
    const before = new Set(core.mains.questions().map(({ id }) => id))
    const documentIds = documents as DocumentId[] | undefined
    const { jobId } = await core.mains.makeQuestions({ nodeId, count, engine, documentIds })
    if (jobId) await finished(core, jobId, signal)
    const made = core.mains.questions().filter(({ id }) => !before.has(id))
    terminal.result(made, () => made.map(questionLine))
    return made.length < count ? EXIT_SOME_FAILED : EXIT_OK
  })
}

/** `abhyas mains import FILE`: 2 when some were left out. */
export function mainsImportCommand(context: CommandContext, [path = '']: string[]): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const outcome = core.mains.importQuestions({ text: readText(path) })
    context.terminal.result(outcome, () => [
      `${outcome.importedCount} questions taken in.`,
      ...outcome.duplicates.map(({ number, question }) => `left out  ${number}: there already: ${question}`),
      ...outcome.problems.map(({ number, message }) => `left out  ${number}: ${message.split('\n')[0]}`),
    ])
    return outcome.duplicates.length + outcome.problems.length > 0 ? EXIT_SOME_FAILED : EXIT_OK
  })
}

/** `abhyas mains export`: all questions, to a file or the terminal. */
export function mainsExportCommand(
  context: CommandContext,
  _positional: string[],
  { format, out }: { format: MainsFileFormat; out?: string },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const { text, fileName } = core.mains.exportQuestions({ format })
    return put(context, { text, fileName }, out)
  })
}

/** `abhyas mains answer QUESTION FILE`: hands a written answer in and prints what was found. */
export function mainsAnswerCommand(
  context: CommandContext,
  [questionId = '', path = '']: string[],
  { minutes }: { minutes?: number },
): Promise<number> {
  return withCore(context, { work: true }, async (core) => {
    const text = readText(path)
    const { id: answerId, revision } = core.mains.begin({ questionId: questionId as MainsQuestionId })
    core.mains.save({ answerId, text, elapsedMs: (minutes ?? 0) * 60_000, revision: revision + 1 })
    const { jobId } = await core.mains.submit({ answerId })
    if (jobId) await core.jobs.finished(jobId, context.signal)
    const answer = core.mains.answer({ answerId })
    context.terminal.result(answer, () => answerLines(answer))
    return EXIT_OK
  })
}

/** `abhyas mains answers`: the history, and how each check went. */
export function mainsAnswersCommand(context: CommandContext): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const history = core.mains.answers()
    context.terminal.result(history, () =>
      history.answers.length === 0
        ? ['No answer was submitted yet.']
        : history.answers.map(({ id, question, wordCount, wordLimit, verdicts }) => {
            const met = verdicts.filter(({ verdict }) => verdict === 'met').length
            const all = verdicts.filter(({ verdict }) => verdict !== 'none').length
            return `${id}  ${wordCount}/${wordLimit} words  ${met} of ${all} checks met  ${question}`
          }),
    )
    return EXIT_OK
  })
}

/** `abhyas mains show ANSWER`: the answer with its evaluation as Markdown, to a file or the terminal. */
export function mainsShowCommand(
  context: CommandContext,
  [answerId = '']: string[],
  { language, out }: { language: 'en' | 'hi'; out?: string },
): Promise<number> {
  return withCore(context, { work: false }, async (core) =>
    put(context, core.mains.exportAnswer({ answerId: answerId as MainsAnswerId, language }), out),
  )
}

function put({ terminal }: CommandContext, file: { text: string; fileName: string }, out: string | undefined): number {
  if (out === undefined) {
    terminal.result(file, () => [file.text.trimEnd()])
    return EXIT_OK
  }
  writeFileSync(out, file.text)
  terminal.result({ path: out }, () => [`Written to ${out}.`])
  return EXIT_OK
}

/** A large library is matched by a job first. */
async function finishMatching(core: StudyCore, signal: AbortSignal): Promise<void> {
  if (await core.syllabus.refresh()) return
  const job = core.jobs.list({ limit: 50 }).find(({ kind, state }) => kind === 'match-syllabus' && state !== 'done')
  if (job) await core.jobs.finished(job.id, signal)
}

async function finished(core: StudyCore, jobId: Parameters<StudyCore['jobs']['finished']>[0], signal: AbortSignal) {
  const job = await core.jobs.finished(jobId, signal)
  if (job.failure && job.state !== 'done') throw fromFailure(job.failure)
}

function questionLine({ id, marks, wordLimit, text }: MainsQuestion): string {
  return `${id}  ${marks} marks, ${wordLimit} words  ${text}`
}

function answerLines({ question, wordCount, evaluation }: MainsAnswer): string[] {
  const { checks = [], rubric, points } = evaluation ?? {}
  return [
    question.text,
    `${wordCount} words`,
    '',
    ...checks.flatMap((check) => {
      const { title, verdict, found, todo } = describeCheck(check, 'en')
      return [`${title}: ${verdict}. ${found}`, ...(todo ? [`  → ${todo}`] : [])]
    }),
    ...(rubric?.state === 'done'
      ? [
          '',
          `Rubric, ticked by ${rubric.model}:`,
          ...rubric.points.map(
            ({ text, ticked, quote }) => `  [${ticked ? 'x' : ' '}] ${text}${quote ? `: “${quote}”` : ''}`,
          ),
        ]
      : []),
    ...(points && points.points.length > 0
      ? [
          '',
          'What the library says:',
          ...points.points.map(
            ({ citation, covered }) =>
              `  ${citation.number}. “${citation.quote}” (${citation.title}, ${placeName(citation)})${covered ? ' — in the answer' : ''}`,
          ),
        ]
      : []),
  ]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new StudyError('file-missing', `There is no file “${path}” that can be read. Nothing was changed.`, { cause })
  }
}
