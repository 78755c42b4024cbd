import { describe, expect, it, onTestFinished } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Embedder } from '../ports.ts'
import { openStore } from '../store/open-store.ts'
import { driveJob } from '../testing/drive-job.ts'
import { documentId, removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { makeLibrarySyllabus } from './library-syllabus.ts'
import { MATCH_SYLLABUS, makeMatchSyllabusJob } from './match-syllabus-job.ts'
import { asSyllabus, type SyllabusNode } from './read-syllabus.ts'

const COURTS = 'The courts guard the rights of the people and judge the acts of the state'
const SOILS = 'Black soil holds water; cotton grows well there'

function head(id: string, subject: string, description: string, terms: string[]): SyllabusNode {
  const both = (text: string) => ({ en: text, hi: text })
  return { id, parent: 'paper', subject, name: both(id), description: both(description), terms: { en: terms, hi: [] } }
}
const NODES = [head('courts', 'polity', COURTS, ['courts']), head('soils', 'geography', SOILS, ['black soil'])]
const paper = (nodes: SyllabusNode[]) => ({
  id: 'paper',
  exam: 'upsc',
  stage: 'prelims' as const,
  name: { en: 'Paper', hi: 'पत्र' },
  nodes,
})

async function open({ pages = [COURTS, SOILS], count = 1 } = {}) {
  const store = openStore({ profileDir: temporaryFolder() })
  onTestFinished(() => store.close())
  const embedder = wordEmbedder(128)
  const queued: string[] = []
  const jobs = {
    enqueue: (_db: unknown, { kind }: { kind: string }) => {
      queued.push(kind)
      return { jobId: 'job' as JobId, created: true }
    },
    wake: () => {},
  }
  const serving: { now: { embedder: Embedder } | undefined } = { now: { embedder } }
  const syllabusOf = (nodes = NODES, version = '1') =>
    makeLibrarySyllabus({
      store,
      syllabus: asSyllabus([paper(nodes)], version),
      serving: () => serving.now,
      jobs: () => jobs,
    })
  const documents = Array.from({ length: count }, (_, i) => ({ id: `book${i}`, pages }))
  await seedLibrary(store, embedder, documents)
  return { store, embedder, queued, serving, syllabusOf, syllabus: syllabusOf() }
}

describe('the syllabus over a library', () => {
  it('tells the passages of a head, of a paper, and the heads of a passage', async () => {
    const { syllabus } = await open()
    const { passages, isComplete } = await syllabus.passagesOf('courts')
    expect(isComplete).toBe(true)
    expect(passages).toHaveLength(1)
    const [courts] = passages
    expect((await syllabus.nodesOf([courts?.chunkId ?? 0])).get(courts?.chunkId ?? 0)?.[0]?.nodeId).toBe('courts')
    expect((await syllabus.passagesOf('paper')).passages).toHaveLength(2)
    const tree = await syllabus.tree()
    expect(tree.papers[0]?.nodes.map(({ id, passageCount }) => [id, passageCount])).toEqual([
      ['courts', 1],
      ['soils', 1],
    ])
  })

  it('narrows to some documents', async () => {
    const { syllabus } = await open({ count: 2 })
    expect((await syllabus.passagesOf('soils')).passages).toHaveLength(2)
    const scope = { documentIds: [documentId('book1')] }
    expect((await syllabus.passagesOf('soils', { scope })).passages).toHaveLength(1)
    expect((await syllabus.tree({ scope })).papers[0]?.passageCount).toBe(2)
  })

  it('takes in what is added and forgets what is removed', async () => {
    const { syllabus, store, embedder } = await open()
    await syllabus.refresh()
    await seedLibrary(store, embedder, [{ id: 'more', pages: [SOILS.replace('cotton', 'sugar')] }])
    expect((await syllabus.passagesOf('soils')).passages).toHaveLength(2)
    removeSeededDocument(store, 'more')
    expect((await syllabus.passagesOf('soils')).passages).toHaveLength(1)
    expect(syllabus.matcher.pendingCount()).toBe(0)
  })

  it('matches anew with another syllabus and with another embedding model', async () => {
    const { syllabus, syllabusOf, serving, store } = await open()
    await syllabus.refresh()
    const other = syllabusOf([head('law', 'polity', COURTS, ['rights'])], '2')
    expect((await other.passagesOf('law')).passages).toHaveLength(1)
    expect(await other.nodesOf([2])).toEqual(new Map())
    expect(other.syllabus.nodes.has('soils')).toBe(false)
    const larger = wordEmbedder(64)
    await seedLibrary(store, larger, [{ id: 'again', pages: [COURTS] }])
    serving.now = { embedder: larger }
    // The text is the same, and has its vector of either model.
    expect((await other.passagesOf('law')).passages).toHaveLength(2)
  })

  it('goes by terms alone while there is no embedding model, and by vectors when one is there', async () => {
    const plain = 'Nothing here is said of them by name'
    const named = 'Of courts, of writs, and of what judges do with writs and habeas corpus'
    const { syllabusOf, serving, store, embedder } = await open({ pages: [named, plain] })
    const syllabus = syllabusOf([head('writs', 'polity', plain, ['courts', 'writs', 'habeas corpus'])])
    serving.now = undefined
    const byTerms = await syllabus.passagesOf('writs')
    expect(byTerms.passages).toHaveLength(1)
    await seedLibrary(store, embedder, [{ id: 'late', pages: [`${plain} too`] }])
    expect(syllabus.matcher.pendingCount()).toBe(1)
    serving.now = { embedder }
    const byVectors = await syllabus.passagesOf('writs')
    expect(byVectors.passages.map(({ chunkId }) => chunkId)).toEqual(expect.arrayContaining([2, 3]))
  })

  it('says not-found for a head that is not there', async () => {
    const { syllabus } = await open()
    await expect(syllabus.passagesOf('gone')).rejects.toThrow(StudyError)
  })
})

describe('a library too large to wait for', () => {
  const PAGES = Array.from({ length: 1600 }, (_, i) => (i % 2 ? `${COURTS} ${i}` : `${SOILS} ${i}`))

  it('is matched by a job that goes on where it was stopped', async () => {
    const { syllabus, queued, store } = await open({ pages: PAGES, count: 2 })
    expect((await syllabus.tree()).isComplete).toBe(false)
    expect(queued).toEqual([MATCH_SYLLABUS])
    const job = makeMatchSyllabusJob({ matcher: syllabus.matcher })
    const stop = new AbortController()
    const first = await driveJob(store, job, {}, { signal: stop.signal, onCommit: (n) => n === 8 && stop.abort() })
    expect(first.result).toBeUndefined()
    const left = syllabus.matcher.pendingCount()
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(3200)
    const second = await driveJob(store, job, {}, {})
    expect(second.result).toEqual({ type: 'done' })
    expect(second.commitCount).toBeLessThan(first.commitCount + 3200 / 128)
    const { passages, isComplete } = await syllabus.passagesOf('courts')
    expect([passages.length, isComplete]).toEqual([1600, true])
  })
})
