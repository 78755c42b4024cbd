import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Directive, MainsFormat } from '#contract/mains.ts'
import { InBothLanguages } from '#contract/syllabus.ts'
import { StudyError } from '../errors.ts'

const ListsInBoth = z.object({ en: z.array(z.string().min(1)).min(1), hi: z.array(z.string().min(1)).min(1) }).strict()

/** What an answer may have to show: the sentence a rubric asks it with, and the words that show it. */
const Want = z.object({ rubric: InBothLanguages, signals: ListsInBoth }).strict()

/** A directive with the phrases of questions that give it, the most telling first. */
const DirectiveEntry = Directive.extend({ phrases: ListsInBoth }).strict()
export type DirectiveEntry = z.infer<typeof DirectiveEntry>

const DirectivesFile = z
  .object({ wants: z.record(z.string(), Want), directives: z.array(DirectiveEntry).min(1) })
  .strict()
  .refine(({ wants, directives }) => directives.every((each) => each.wants.every((want) => want in wants)), {
    message: 'a directive wants what is not said',
  })

const Template = z.object({ directive: z.string(), format: z.string(), en: z.string(), hi: z.string() }).strict()
const TemplatesFile = z
  .object({
    templates: z.array(Template).min(1),
    /** Things that are compared. */
    pairs: z.object({ en: z.array(z.tuple([z.string(), z.string()])), hi: z.array(z.tuple([z.string(), z.string()])) }),
  })
  .strict()
export type QuestionTemplate = z.infer<typeof Template>

/** What the practice for the Mains knows of directives, formats and how questions are worded. */
export interface MainsData {
  wants: Record<string, z.infer<typeof Want>>
  /** In the order they are looked for in a question. */
  directives: readonly DirectiveEntry[]
  formats: readonly MainsFormat[]
  templates: readonly QuestionTemplate[]
  pairs: z.infer<typeof TemplatesFile>['pairs']
}

/** Reads directives.json, formats.json and templates.json of a folder. Throws StudyError `internal` naming a file that can't be used. */
export function readMainsData(mainsDir: string): MainsData {
  const { wants, directives } = readFile(mainsDir, 'directives.json', DirectivesFile)
  const { formats } = readFile(mainsDir, 'formats.json', z.object({ formats: z.array(MainsFormat).min(1) }).strict())
  const { templates, pairs } = readFile(mainsDir, 'templates.json', TemplatesFile)
  const lost = templates.find(
    ({ directive, format }) =>
      !directives.some(({ id }) => id === directive) || !formats.some(({ id }) => id === format),
  )
  if (lost) throw unusable('templates.json', `it names ${lost.directive} or ${lost.format}, which are not there`)
  return { wants, directives, formats, templates, pairs }
}

function readFile<T>(dir: string, name: string, schema: z.ZodType<T>): T {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(join(dir, name), 'utf8'))
  } catch (error) {
    throw unusable(name, 'it can’t be read', error)
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) throw unusable(name, z.prettifyError(parsed.error))
  return parsed.data
}

function unusable(name: string, reason: string, cause?: unknown): StudyError {
  return new StudyError('internal', `The data for Mains practice (${name}) can't be used: ${reason}.`, { cause })
}
