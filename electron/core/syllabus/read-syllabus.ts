import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StudyError } from '../errors.ts'

const InBoth = z.object({ en: z.string().min(1), hi: z.string().min(1) }).strict()

/** A head of a syllabus, as resources/syllabus/<paper>.json has it. A node without a description is a group of others. */
export const SyllabusNode = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    /** The paper's id, or another node of the paper. */
    parent: z.string(),
    /** What it belongs to over all papers: polity, economy, history. */
    subject: z.string().regex(/^[a-z-]+$/),
    name: InBoth,
    /** What passages are compared with; the embedding model that ships reads the English one. */
    description: InBoth.optional(),
    /** Words that tell the node from others, in any of their forms. */
    terms: z
      .object({ en: z.array(z.string().min(2)), hi: z.array(z.string().min(2)) })
      .strict()
      .optional(),
    /** False for what no passage is about by itself: comprehension, case studies. */
    matched: z.literal(false).optional(),
  })
  .strict()
export type SyllabusNode = z.infer<typeof SyllabusNode>

export const SyllabusPaper = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    /** Whose syllabus it is: upsc, or a state commission. */
    exam: z.string().regex(/^[a-z0-9-]+$/),
    stage: z.enum(['prelims', 'mains']),
    name: InBoth,
    nodes: z.array(SyllabusNode).min(1),
  })
  .strict()
export type SyllabusPaper = z.infer<typeof SyllabusPaper>

/** The syllabi that the app knows. */
export interface Syllabus {
  papers: readonly SyllabusPaper[]
  /** Every node of every paper by its id. */
  nodes: ReadonlyMap<string, SyllabusNode & { paperId: string }>
  /** Changes with any word of the files: what was matched against another one is of no use. */
  version: string
  /** The node itself and all beneath it; of a paper's id, all of its nodes. Unknown ids have none. */
  within(nodeId: string): string[]
}

/** The order papers are shown in; those of other files come after. */
const ORDER = ['upsc-prelims-gs', 'upsc-csat', 'upsc-essay', 'upsc-gs1', 'upsc-gs2', 'upsc-gs3', 'upsc-gs4']

/**
 * Reads every paper of a folder (one file each, named by its id). A folder that is not there has none.
 * Throws StudyError `internal` naming the file and what is wrong with it.
 */
export function readSyllabus(syllabusDir: string): Syllabus {
  const files = existsSync(syllabusDir) ? readdirSync(syllabusDir).filter((name) => name.endsWith('.json')) : []
  const hash = createHash('sha256')
  const papers: SyllabusPaper[] = []
  for (const file of files.sort()) {
    const text = readFileSync(join(syllabusDir, file), 'utf8')
    hash.update(`${file}\n${text}`)
    papers.push(parsePaper(file, text))
  }
  const place = ({ id }: SyllabusPaper) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length)
  papers.sort((a, b) => place(a) - place(b))
  return asSyllabus(papers, hash.digest('hex').slice(0, 16))
}

/** Puts papers together. Throws StudyError `internal` for an id that comes twice and a parent that is not there. */
export function asSyllabus(papers: readonly SyllabusPaper[], version: string): Syllabus {
  const nodes = new Map<string, SyllabusNode & { paperId: string }>()
  const children = new Map<string, string[]>()
  for (const paper of papers) {
    const own = new Set(paper.nodes.map(({ id }) => id))
    for (const node of paper.nodes) {
      if (nodes.has(node.id)) throw unusable(paper.id, `the node ${node.id} is there twice`)
      if (node.parent === node.id || (node.parent !== paper.id && !own.has(node.parent))) {
        throw unusable(paper.id, `${node.parent}, the parent of ${node.id}, is not there`)
      }
      nodes.set(node.id, { ...node, paperId: paper.id })
      children.set(node.parent, [...(children.get(node.parent) ?? []), node.id])
    }
  }
  const within = (nodeId: string): string[] => [
    ...(nodes.has(nodeId) ? [nodeId] : []),
    ...(children.get(nodeId) ?? []).flatMap(within),
  ]
  const reached = new Set(papers.flatMap(({ id }) => within(id)))
  const lost = [...nodes.values()].find(({ id }) => !reached.has(id))
  if (lost) throw unusable(lost.paperId, `${lost.id} is its own ancestor`)
  return { papers, nodes, version, within }
}

function parsePaper(file: string, text: string): SyllabusPaper {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new StudyError('internal', `The syllabus ${file} can't be used: it is no JSON.`, { cause: error })
  }
  const parsed = SyllabusPaper.safeParse(content)
  if (!parsed.success) throw unusable(file, z.prettifyError(parsed.error))
  if (`${parsed.data.id}.json` !== file) throw unusable(file, 'its id is not its name')
  return parsed.data
}

function unusable(what: string, reason: string): StudyError {
  return new StudyError('internal', `The syllabus ${what} can't be used: ${reason}.`)
}
