import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type MarkingScheme, UNITS_PER_MARK } from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'

/**
 * How a real exam is set and marked, from resources/exams/<id>.json. Marks are
 * whole parts of a mark (`unitsPerMark` of them make one), so that thirds and
 * quarters of 4/3 or 2.5 marks stay exact: sixths for the UPSC, ninths for the
 * UPPSC, twelfths for the BPSC.
 */
export const ExamProfile = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string().min(1),
    questionCount: z.number().int().positive(),
    optionCount: z.number().int().min(2).max(5),
    durationMinutes: z.number().int().positive(),
    totalMarks: z.number().int().positive(),
    /** Below it a qualifying paper is not passed. */
    qualifyingMarks: z.number().int().positive().optional(),
    unitsPerMark: z.number().int().positive(),
    correctUnits: z.number().int().positive(),
    wrongUnits: z.number().int().nonpositive(),
    blankUnits: z.number().int(),
    /** How often each style of question (resources/question-styles) comes, in any unit. */
    styles: z.record(z.string(), z.number().positive()),
  })
  .strict()
  .refine((exam) => exam.questionCount * exam.correctUnits === exam.totalMarks * exam.unitsPerMark, {
    message: 'the questions do not add up to the total',
  })
export type ExamProfile = z.infer<typeof ExamProfile>

/** Reads every exam of a folder, by id. Throws `internal` naming the file that is no exam profile. */
export function readExamProfiles(examsDir: string): Map<string, ExamProfile> {
  const profiles = new Map<string, ExamProfile>()
  for (const file of readdirSync(examsDir).filter((name) => name.endsWith('.json'))) {
    const parsed = ExamProfile.safeParse(JSON.parse(readFileSync(join(examsDir, file), 'utf8')))
    if (!parsed.success || `${parsed.data.id}.json` !== file) {
      const reason = parsed.success ? 'its id is not its name' : z.prettifyError(parsed.error)
      throw new StudyError('internal', `The exam profile ${file} can't be used: ${reason}`)
    }
    profiles.set(parsed.data.id, parsed.data)
  }
  return profiles
}

/** An exam's marks in the units that tests are marked by. Throws `internal` for an exam whose marks are no whole ones. */
export function markingScheme(exam: ExamProfile): MarkingScheme {
  const inUnits = (units: number) => (units * UNITS_PER_MARK) / exam.unitsPerMark
  const scheme = {
    name: exam.name,
    correctUnits: inUnits(exam.correctUnits),
    wrongUnits: inUnits(exam.wrongUnits),
    blankUnits: inUnits(exam.blankUnits),
  }
  if (![scheme.correctUnits, scheme.wrongUnits, scheme.blankUnits].every(Number.isInteger)) {
    throw new StudyError('internal', `The marks of “${exam.name}” are no whole ${UNITS_PER_MARK}ths.`)
  }
  return scheme
}
