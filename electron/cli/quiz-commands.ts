import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { DocumentId, QuizId } from '#contract/ids.ts'
import {
  DEFAULT_EXAM,
  type DifficultyWish,
  type Question,
  type QuestionFormat,
  type QuizEngine,
  type QuizOnly,
  type QuizStyle,
  sourcesOf,
} from '#contract/quiz.ts'
import { fromFailure, StudyError } from '../core/errors.ts'
import { outcomeOf } from '../core/quiz/exchange-questions.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_OK, EXIT_SOME_FAILED } from './exit-codes.ts'
import { placeName } from './place-name.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas quiz create`: makes the questions and prints them with their sources; 2 when fewer than asked came out. */
export function quizCreateCommand(
  context: CommandContext,
  _positional: string[],
  options: QuizWishes & { documents?: string[]; fullPaper?: boolean },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true }, async (core) => {
    const { documents = [], fullPaper, ...wishes } = options
    if (fullPaper) {
      const { exam = DEFAULT_EXAM } = wishes
      // An exam that is not known is told by `create`.
      wishes.count = core.quiz.exams().find(({ id }) => id === exam)?.questionCount ?? wishes.count
    }
    const summary = await core.quiz.create({ ...pick(wishes), documentIds: documents as DocumentId[] })
    if (summary.jobId) {
      const job = await core.jobs.finished(summary.jobId, signal)
      if (job.failure && job.state !== 'done') throw fromFailure(job.failure)
    }
    const shown = show(core, summary.id)
    terminal.result(shown, () => quizLines(shown))
    return shown.questions.length < wishes.count ? EXIT_SOME_FAILED : EXIT_OK
  })
}

/** `abhyas quiz show ID`. */
export function quizShowCommand(context: CommandContext, [quizId = '']: string[]): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const shown = show(core, quizId as QuizId)
    context.terminal.result(shown, () => quizLines(shown))
    return EXIT_OK
  })
}

/** `abhyas quiz export ID`: writes its questions to a file, or to the terminal. */
export function quizExportCommand(
  context: CommandContext,
  [quizId = '']: string[],
  { format, out }: { format: QuestionFormat; out?: string },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const { text, fileName } = core.quiz.exportQuestions({ quizId: quizId as QuizId, format })
    if (out === undefined) {
      context.terminal.result({ fileName, text }, () => [text.trimEnd()])
      return EXIT_OK
    }
    writeFileSync(out, text)
    context.terminal.result({ path: out }, () => [`Written to ${out}.`])
    return EXIT_OK
  })
}

/** `abhyas quiz import FILE`: makes a quiz of its questions; 2 when some were left out. */
export function quizImportCommand(
  context: CommandContext,
  [path = '']: string[],
  { exam }: { exam?: string },
): Promise<number> {
  return withCore(context, { work: false }, async (core) => {
    const text = readText(path)
    const fileName = basename(path)
    const outcome = await outcomeOf(core.quiz.importQuestions({ fileName, text, examId: exam }, context.signal))
    context.terminal.result(outcome, () => [
      `${outcome.importedCount} questions taken in${outcome.quiz ? `: quiz ${outcome.quiz.id}` : ''}.`,
      ...outcome.duplicates.map(({ number, stem }) => `left out  ${number}: there already: ${stem.split('\n')[0]}`),
      ...outcome.problems.map(({ number, message }) => `left out  ${number}: ${message.split('\n')[0]}`),
    ])
    return outcome.duplicates.length + outcome.problems.length > 0 ? EXIT_SOME_FAILED : EXIT_OK
  })
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new StudyError('file-missing', `There is no file “${path}” that can be read. Nothing was imported.`, {
      cause,
    })
  }
}

interface QuizWishes {
  count: number
  style: QuizStyle
  engine: QuizEngine
  only: QuizOnly
  difficulty: DifficultyWish
  syllabus?: string
  exam?: string
  title?: string
}

function pick({ count, style, engine, only, difficulty, syllabus, exam, title }: QuizWishes) {
  return {
    count,
    style,
    engine,
    only,
    difficulty,
    ...(syllabus === undefined ? {} : { syllabusId: syllabus }),
    ...(exam === undefined ? {} : { examId: exam }),
    ...(title === undefined ? {} : { title }),
  }
}

function show(core: StudyCore, quizId: QuizId) {
  const { id, ...quiz } = core.quiz.get({ quizId })
  return { quizId: id, ...quiz, questions: core.quiz.questions({ quizId }) }
}

function quizLines({
  title,
  questions,
  note,
}: {
  title: string
  questions: Question[]
  note?: string | undefined
}): string[] {
  return [
    title,
    ...(note ? [note] : []),
    ...questions.flatMap(
      ({ stem, statements, labels, prompt, options, answerIndex, explanation, source, otherSources }, index) => [
        '',
        `${index + 1}. ${stem}`,
        ...statements.map((statement, at) => `   ${labels[at] ?? `${at + 1}.`} ${statement}`),
        ...(prompt ? [`   ${prompt}`] : []),
        ...options.map((option, at) => `   (${'abcde'[at]}) ${option}${at === answerIndex ? '  ✓' : ''}`),
        `   ${explanation}`,
        ...sourcesOf({ source, otherSources }).map((each) => `   ${each.title}, ${placeName(each)}: “${each.quote}”`),
      ],
    ),
  ]
}
