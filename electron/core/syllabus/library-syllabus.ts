import { setImmediate as nextTurn } from 'node:timers/promises'
import type { JobId } from '#contract/ids.ts'
import type { SearchScope } from '#contract/search.ts'
import type { SyllabusTree } from '#contract/syllabus.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { countNodePassages, readNodePassages, readPassageNodes } from '../store/syllabus.rows.ts'
import { type LibraryMatcher, makeLibraryMatcher } from './match-library.ts'
import type { NodeMatch } from './match-passage.ts'
import { matchSyllabusRequest } from './match-syllabus-job.ts'
import type { Syllabus } from './read-syllabus.ts'

/** The syllabus over the library: which passages a head has, and which heads a passage has. */
export interface LibrarySyllabus {
  readonly syllabus: Syllabus
  /** Every paper and head, with how many passages of the scope each head has (those beneath it included). */
  tree(input?: { scope?: SearchScope | undefined }): Promise<SyllabusTree>
  /**
   * The passages of a node and of all beneath it, the surest first. `isComplete` is false while a large library is
   * being matched in the background. Throws StudyError `not-found` for a node that no syllabus has.
   */
  passagesOf(
    nodeId: string,
    options?: { scope?: SearchScope | undefined; limit?: number },
  ): Promise<{ passages: { chunkId: number; score: number }[]; isComplete: boolean }>
  /** The nodes of some passages, each passage's surest first; passages without any are left out. */
  nodesOf(chunkIds: readonly number[]): Promise<Map<number, NodeMatch[]>>
  /**
   * Brings the matches up to date: few passages at once, many by a job. True when they are.
   * Never throws for a model that is away: then what is there serves, and it tells false.
   */
  refresh(): Promise<boolean>
  /** After a start: asks for the job where there is much to do. */
  tidy(): void
  readonly matcher: LibraryMatcher
}

/** So many are matched in about a second: whoever asks can wait for it. */
const SOON_MATCHED_COUNT = 3_000
const MOST_PASSAGES = 100_000

export function makeLibrarySyllabus(parts: {
  store: Store
  syllabus: Syllabus
  serving: Parameters<typeof makeLibraryMatcher>[0]['serving']
  jobs: () => { enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }; wake(): void }
}): LibrarySyllabus {
  const { store, syllabus } = parts
  const db = store.reader
  const matcher = makeLibraryMatcher(parts)
  let refreshing: Promise<boolean> | undefined

  function queueJob(): void {
    store.transaction((write) => parts.jobs().enqueue(write, matchSyllabusRequest()))
    parts.jobs().wake()
  }

  async function bringUpToDate(): Promise<boolean> {
    const pendingCount = matcher.pendingCount()
    if (pendingCount > SOON_MATCHED_COUNT) {
      queueJob()
      return false
    }
    try {
      for (;;) {
        const slice = await matcher.nextSlice()
        if (!slice) return true
        store.transaction(slice.effects)
        await nextTurn()
      }
    } catch (error) {
      // A server that makes vectors is away: the job waits for it.
      if (!(error instanceof StudyError)) throw error
      queueJob()
      return false
    }
  }

  function refresh(): Promise<boolean> {
    refreshing ??= bringUpToDate().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  return {
    syllabus,
    matcher,
    refresh,
    tidy() {
      if (matcher.pendingCount() > SOON_MATCHED_COUNT) queueJob()
    },
    async tree({ scope = {} } = {}) {
      const isComplete = await refresh()
      const counts = countNodePassages(db, scope)
      const countOf = (nodeId: string) => syllabus.within(nodeId).reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)
      return {
        isComplete,
        papers: syllabus.papers.map(({ id, exam, stage, name, nodes }) => ({
          id,
          exam,
          stage,
          name,
          passageCount: countOf(id),
          nodes: nodes.map((node) => ({
            id: node.id,
            parent: node.parent,
            subject: node.subject,
            name: node.name,
            ...(node.description && { description: node.description }),
            passageCount: countOf(node.id),
          })),
        })),
      }
    },
    async passagesOf(nodeId, { scope = {}, limit = MOST_PASSAGES } = {}) {
      const nodeIds = syllabus.within(nodeId)
      if (nodeIds.length === 0) {
        throw new StudyError('not-found', 'This topic is not in the syllabus any more. Choose another one.')
      }
      const isComplete = await refresh()
      return { passages: readNodePassages(db, nodeIds, scope, limit), isComplete }
    },
    async nodesOf(chunkIds) {
      await refresh()
      const byPassage = new Map<number, NodeMatch[]>()
      for (const { chunkId, nodeId, score } of readPassageNodes(db, chunkIds)) {
        byPassage.set(chunkId, [...(byPassage.get(chunkId) ?? []), { nodeId, score }])
      }
      return byPassage
    },
  }
}
