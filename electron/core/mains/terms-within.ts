import type { Syllabus } from '../syllabus/read-syllabus.ts'

/** The key terms of a head of the syllabus and of all beneath it, each once. */
export function termsWithin({ nodes, within }: Syllabus, nodeId: string): { en: string[]; hi: string[] } {
  const all = within(nodeId).flatMap((id) => nodes.get(id)?.terms ?? [])
  return { en: [...new Set(all.flatMap(({ en }) => en))], hi: [...new Set(all.flatMap(({ hi }) => hi))] }
}
