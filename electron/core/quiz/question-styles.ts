import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { QuestionStyle } from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'

const Words = z.object({ en: z.string().min(1), hi: z.string().min(1) }).strict()
const Item = z.number().int().min(1).max(6)

const Truths = z.string().regex(/^[TF]+$/)

/**
 * What an option of a coded question says of its items: exactly which are true, how many are, or the truth of
 * each in order ("TF", or any of several such) and how many of the true ones after the first explain it.
 */
export const Code = z.union([
  z.object({ true: z.array(Item) }).strict(),
  z.object({ count: z.number().int().min(0).max(6) }).strict(),
  z
    .object({ truths: z.union([Truths, z.array(Truths).min(2)]), explains: z.number().int().min(0).max(5).optional() })
    .strict(),
])
export type Code = z.infer<typeof Code>

/** One way to ask about so many items. */
const Layout = z
  .object({
    items: Item,
    /** Some of the options are chosen for each question; without it the first ones are printed as they stand. */
    choose: z.literal(true).optional(),
    prompt: Words,
    /** In the order the paper prints them; more than an exam prints may be given. */
    options: z.array(Words.extend({ when: Code })).min(4),
  })
  .strict()
export type Layout = z.infer<typeof Layout>

const common = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Place among the styles a person is shown. */
  order: z.number().int(),
  name: Words,
  is: Words,
  example: Words,
}
const asked = {
  stem: Words,
  /** The stem where all items are about one thing: {name}. */
  stemAbout: Words.optional(),
}
const labels = z
  .object({ en: z.array(z.string()), hi: z.array(z.string()) })
  .strict()
  .optional()

/**
 * A style of question, from resources/question-styles/<id>.json: how it is worded and what each of its
 * options says. Its `shape` is what it is made of, and which code finds that in a text.
 */
export const QuestionStyleFile = z.discriminatedUnion('shape', [
  /** Statements, some with a changed fact. */
  z.object({ ...common, ...asked, shape: z.literal('statements'), layouts: z.array(Layout).min(1) }).strict(),
  /** Two things that belong together or not. */
  z.object({ ...common, ...asked, shape: z.literal('pairs'), layouts: z.array(Layout).min(1) }).strict(),
  /** A statement, and one or more of which each may explain it. */
  z.object({ ...common, ...asked, shape: z.literal('explanation'), labels, layouts: z.array(Layout).min(1) }).strict(),
  /** Statements as options; one has a changed fact and is the key. */
  z.object({ ...common, ...asked, shape: z.literal('odd-statement') }).strict(),
  /** Dated events; the options are orders of them. */
  z.object({ ...common, ...asked, shape: z.literal('chronology'), prompt: Words }).strict(),
  /** One best term, for a question, a blank or a meaning. */
  z.object({ ...common, shape: z.enum(['term', 'blank', 'meaning']), countsAs: z.string().optional() }).strict(),
])
export type QuestionStyleFile = z.infer<typeof QuestionStyleFile>
export type CodedStyle = Extract<QuestionStyleFile, { layouts: Layout[] }>

/** Every style there is, by id, in the order a person is shown them. */
export type QuestionStyles = ReadonlyMap<QuestionStyle, QuestionStyleFile>

/** Reads every style of a folder. Throws `internal` naming the file that is no style. */
export function readQuestionStyles(dir: string): QuestionStyles {
  const styles = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((file) => {
      const parsed = QuestionStyleFile.safeParse(JSON.parse(readFileSync(join(dir, file), 'utf8')))
      if (!parsed.success || `${parsed.data.id}.json` !== file) {
        const reason = parsed.success ? 'its id is not its name' : z.prettifyError(parsed.error)
        throw new StudyError('internal', `The question style ${file} can't be used: ${reason}`)
      }
      return parsed.data
    })
    .sort((a, b) => a.order - b.order)
  return new Map(styles.map((style) => [style.id, style]))
}
