import { StudyError } from '../errors.ts'
import type { Syllabus, SyllabusNode } from '../syllabus/read-syllabus.ts'

/** The head of the syllabus with an id. Throws `not-found`. */
export function knownHead({ nodes }: Pick<Syllabus, 'nodes'>, nodeId: string): SyllabusNode {
  const node = nodes.get(nodeId)
  if (!node) throw new StudyError('not-found', 'This topic is not in the syllabus any more. Choose another one.')
  return node
}
