import { oc } from '@orpc/contract'
import { z } from 'zod'
import { SearchScope } from './search.ts'

/** A text in both of the app's languages. */
export const InBothLanguages = z.object({ en: z.string(), hi: z.string() })
export type InBothLanguages = z.infer<typeof InBothLanguages>

/** A head of a paper's syllabus. */
export const SyllabusHead = z.object({
  id: z.string(),
  /** The paper's id, or another head's. */
  parent: z.string(),
  /** What it belongs to over all papers: polity, economy, history. */
  subject: z.string(),
  name: InBothLanguages,
  /** Missing where it only groups others. */
  description: InBothLanguages.optional(),
  /** Passages of the library that belong to it or to a head beneath it; one that belongs to two counts for each. */
  passageCount: z.number().int().nonnegative(),
})
export type SyllabusHead = z.infer<typeof SyllabusHead>

export const SyllabusTree = z.object({
  /** False while a large library is being matched in the background: counts are of what is done. */
  isComplete: z.boolean(),
  papers: z.array(
    z.object({
      id: z.string(),
      exam: z.string(),
      stage: z.enum(['prelims', 'mains']),
      name: InBothLanguages,
      passageCount: z.number().int().nonnegative(),
      nodes: z.array(SyllabusHead),
    }),
  ),
})
export type SyllabusTree = z.infer<typeof SyllabusTree>

export const syllabusContract = {
  /** The papers and their heads, with how much of the library (or of a part of it) each has. */
  tree: oc.input(z.object({ scope: SearchScope.optional() }).default({})).output(SyllabusTree),
}
