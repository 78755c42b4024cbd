import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { DifficultyWish, MOST_QUESTIONS, QuizOnly } from '#contract/quiz.ts'
import { toFailure } from '../core/errors.ts'
import { APP_VERSION } from './app-paths.ts'
import { askCommand } from './ask-command.ts'
import { backupCommand, exportCommand, restoreCommand } from './data-commands.ts'
import { documentsCommand } from './documents-command.ts'
import { embeddingCommand } from './embedding-command.ts'
import { EXIT_OK, EXIT_USAGE, exitCodeOf } from './exit-codes.ts'
import { healthCommand } from './health-command.ts'
import { importCommand } from './import-command.ts'
import { jobsCommand } from './jobs-command.ts'
import {
  mainsAddCommand,
  mainsAnswerCommand,
  mainsAnswersCommand,
  mainsExportCommand,
  mainsImportCommand,
  mainsMakeCommand,
  mainsQuestionsCommand,
  mainsShowCommand,
  syllabusCommand,
} from './mains-commands.ts'
import { modelsCommand } from './models-command.ts'
import { quizCreateCommand, quizExportCommand, quizImportCommand, quizShowCommand } from './quiz-commands.ts'
import { searchCommand } from './search-command.ts'
import { serveCommand } from './serve-command.ts'
import { makeTerminal } from './terminal.ts'
import { watchCommand } from './watch-command.ts'
import type { CommandContext } from './with-core.ts'

/** The command line: the same core, no window. Returns the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  // Known before parsing, so that even a usage error comes as JSON to a program.
  const terminal = makeTerminal(argv.includes('--json'))
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  process.once('disconnect', stop)
  // Heard, not waited for: the launcher of an older Node leaves when this process does.
  process.channel?.unref()

  let exitCode = EXIT_OK
  type Run<Options> = (context: CommandContext, positional: string[], options: Options) => Promise<number>
  const action =
    <Options>(run: Run<Options>) =>
    async (...values: unknown[]) => {
      const command = values.at(-1) as Command
      const options = command.optsWithGlobals() as Options & { profile?: string }
      const context: CommandContext = { terminal, profileDir: options.profile, signal: stopped.signal }
      exitCode = await run(
        context,
        values
          .slice(0, -2)
          .flat()
          .filter((value) => value !== undefined) as string[],
        options,
      )
    }

  const program = new Command('abhyas')
    .description(
      'Reads your books and notes, finds anything in them, answers with citations, writes questions from them. All on this computer.',
    )
    .version(APP_VERSION)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .helpCommand(false)
  const command = (name: string, description: string, parent = program) =>
    parent
      .command(name)
      .description(description)
      .option('--profile <dir>', 'the folder with your data')
      .option('--json', 'print JSON for programs')
      .allowExcessArguments(false)
      .exitOverride()
      .configureOutput({ writeErr: () => {}, outputError: () => {} })

  command('import <paths...>', 'add books, notes, web pages, pictures, folders and zip archives to the library')
    .option('--collection <name>', 'put them into this collection')
    .option('--replace <id>', 'make the file the new version of this document')
    .option('--password-stdin', 'open locked files with the password on the first line of the standard input')
    .action(action(importCommand))
  command('documents', 'list what is in the library').action(action(documentsCommand))
  command('watch [action] [folder]', 'list watched folders; or: add FOLDER, remove FOLDER, scan [FOLDER] for new files')
    .addOption(new Option('--mode <mode>', 'of a folder that is added').choices(['offer', 'import']).default('offer'))
    .option('--import', 'with scan: import what is only offered too')
    .action(action(watchCommand))
  command('search <query>', 'find passages')
    .addOption(new Option('--limit <n>', 'most passages').argParser(wholeNumber(1, 100)).default(10))
    .addOption(new Option('--mode <mode>', 'how to look').choices(['hybrid', 'keyword', 'vector']).default('hybrid'))
    .option('--documents <ids...>', 'only in these documents')
    .action(action(searchCommand))
  command('ask <question>', 'answer a question from the library, with citations')
    .addOption(new Option('--engine <engine>', 'who answers').choices(['auto', 'ollama', 'extractive']).default('auto'))
    .option('--documents <ids...>', 'only from these documents')
    .action(action(askCommand))
  const quiz = program.command('quiz').description('make and show quizzes').exitOverride().helpCommand(false)
  quiz.configureOutput({ writeErr: () => {}, outputError: () => {} })
  command('create', 'make a quiz from documents', quiz)
    .option('--documents <ids...>', 'what to ask about; may be left out with --only or --syllabus')
    .addOption(
      new Option(
        '--only <passages>',
        'wrong: what you got wrong when last asked; week: what was read or added in 7 days',
      )
        .choices(QuizOnly.options)
        .default('all'),
    )
    .option('--syllabus <head>', 'only passages of a head of the syllabus: prelims-polity, prelims-polity-parliament …')
    .addOption(
      new Option('--difficulty <level>', 'exam: as its styles come; mixed: 30 % easy, 50 % medium, 20 % hard')
        .choices(DifficultyWish.options)
        .default('exam'),
    )
    .addOption(new Option('--count <n>', 'how many questions').argParser(wholeNumber(1, MOST_QUESTIONS)).default(10))
    .option('--full-paper', 'as many questions as the exam’s paper has, in its time')
    .addOption(
      new Option('--style <style>', 'the shape of the questions: mixed, statements, how-many, pairs …').default(
        'mixed',
      ),
    )
    .addOption(new Option('--engine <engine>', 'who writes them').choices(['auto', 'ollama', 'rules']).default('auto'))
    .option('--exam <id>', 'whose paper to follow: upsc-gs1, bpsc-prelims …')
    .option('--title <title>', 'what to call it')
    .action(action(quizCreateCommand))
  command('show <id>', 'show a quiz with its keys and sources', quiz).action(action(quizShowCommand))
  command('export <id>', 'write the questions of a quiz to a file', quiz)
    .addOption(
      new Option('--format <format>', 'json, or csv for a spreadsheet').choices(['json', 'csv']).default('json'),
    )
    .option('--out <file>', 'where to; the terminal unless given')
    .action(action(quizExportCommand))
  command('import <file>', 'make a quiz of a file of questions (docs/question-bank.md)', quiz)
    .option('--exam <id>', 'whose paper it is marked as')
    .action(action(quizImportCommand))
  command('syllabus', 'list the heads of the syllabus and how much of the library each has').action(
    action(syllabusCommand),
  )
  const mains = program.command('mains').description('practise written answers').exitOverride().helpCommand(false)
  mains.configureOutput({ writeErr: () => {}, outputError: () => {} })
  command('questions', 'list the questions', mains).action(action(mainsQuestionsCommand))
  command('add <question>', 'take in a question of your own', mains)
    .addOption(new Option('--marks <n>', 'its marks').argParser(wholeNumber(1, 300)).default(10))
    .addOption(new Option('--words <n>', 'its word limit').argParser(wholeNumber(20, 3000)).default(150))
    .addOption(new Option('--minutes <n>', 'the time for it').argParser(wholeNumber(1, 300)).default(7))
    .option('--node <id>', 'its head of the syllabus; guessed unless given')
    .action(action(mainsAddCommand))
  command('make <node>', 'make questions on a head of the syllabus from what the library says', mains)
    .addOption(new Option('--count <n>', 'how many').argParser(wholeNumber(1, 20)).default(5))
    .addOption(new Option('--engine <engine>', 'who writes them').choices(['rules', 'model']).default('rules'))
    .option('--documents <ids...>', 'only from these documents')
    .action(action(mainsMakeCommand))
  command('import <file>', 'take in a file of questions (docs/mains.md)', mains).action(action(mainsImportCommand))
  command('export', 'write the questions to a file', mains)
    .addOption(
      new Option('--format <format>', 'json, or csv for a spreadsheet').choices(['json', 'csv']).default('json'),
    )
    .option('--out <file>', 'where to; the terminal unless given')
    .action(action(mainsExportCommand))
  command('answer <question> <file>', 'submit an answer from a text file, and have it checked', mains)
    .addOption(new Option('--minutes <n>', 'how long it took').argParser(wholeNumber(0, 1000)))
    .action(action(mainsAnswerCommand))
  command('answers', 'list the submitted answers', mains).action(action(mainsAnswersCommand))
  command('show <answer>', 'print an answer with its evaluation as Markdown', mains)
    .addOption(new Option('--language <language>', 'of the evaluation').choices(['en', 'hi']).default('en'))
    .option('--out <file>', 'where to; the terminal unless given')
    .action(action(mainsShowCommand))
  command('jobs [action] [id]', 'list long work; or: retry ID, cancel ID, pause, resume, run').action(
    action(jobsCommand),
  )
  command('backup <dir>', 'copy the whole library into a new folder there, and check the copy').action(
    action(backupCommand),
  )
  command('restore <backup>', 'put a backup in the place of the library, which is kept beside').action(
    action(restoreCommand),
  )
  command('export <dir>', 'write originals, answers and quizzes as files into a new folder there').action(
    action(exportCommand),
  )
  command('models [action] [name]', 'list the language models; or: pull NAME, rm NAME').action(action(modelsCommand))
  command('embedding [action] [model]', 'show the embedding models; or: use MODEL, cancel, forget ID').action(
    action(embeddingCommand),
  )
  command('health', 'tell what is there and what is missing').action(action(healthCommand))
  command('serve', 'open the app for a browser on this computer')
    .addOption(new Option('--port <n>', 'a fixed port; 0 takes a free one').argParser(wholeNumber(0, 65535)).default(0))
    .action(action(serveCommand))

  try {
    if (argv.length === 0) {
      process.stdout.write(program.helpInformation())
      return EXIT_USAGE
    }
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, terminal.failure)
    const failure = toFailure(error)
    terminal.failure(failure)
    return exitCodeOf(failure.code)
  }
}

function endOfParsing(error: CommanderError, tell: (failure: { code: 'bad-input'; message: string }) => void): number {
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return EXIT_OK
  const said =
    error.code === 'commander.help' ? 'which command? See "abhyas --help"' : error.message.replace(/^error: /, '')
  tell({ code: 'bad-input', message: `${said}.`.replace(/\.\.$/, '.') })
  return EXIT_USAGE
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}

process.exitCode = await runCommandLine(process.argv.slice(2))
