import type { DocumentId, QuizId } from '#contract/ids.ts'
import type { Question, QuizEngine, QuizStyle } from '#contract/quiz.ts'
import { fromFailure } from '../core/errors.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_OK, EXIT_SOME_FAILED } from './exit-codes.ts'
import { placeName } from './place-name.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas quiz create`: makes the questions and prints them with their sources; 2 when fewer than asked came out. */
export function quizCreateCommand(
  context: CommandContext,
  _positional: string[],
  options: { documents: string[]; count: number; style: QuizStyle; engine: QuizEngine; exam?: string; title?: string },
): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true }, async (core) => {
    const { documents, ...wishes } = options
    const summary = await core.quiz.create({ ...pick(wishes), documentIds: documents as DocumentId[] })
    if (summary.jobId) {
      const job = await core.jobs.finished(summary.jobId, signal)
      if (job.failure && job.state !== 'done') throw fromFailure(job.failure)
    }
    const shown = show(core, summary.id)
    terminal.result(shown, () => quizLines(shown))
    return shown.questions.length < options.count ? EXIT_SOME_FAILED : EXIT_OK
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

function pick({
  count,
  style,
  engine,
  exam,
  title,
}: {
  count: number
  style: QuizStyle
  engine: QuizEngine
  exam?: string
  title?: string
}) {
  return {
    count,
    style,
    engine,
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
        ...[source, ...otherSources].map((each) => `   ${each.title}, ${placeName(each)}: “${each.quote}”`),
      ],
    ),
  ]
}
