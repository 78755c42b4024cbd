import { describe, expect, it } from 'vitest'
import { Document } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { Job } from '#contract/jobs.ts'
import { withDocuments, withJob } from './live-updates.ts'

function document(id: string, createdAtMs: number, title = id): Document {
  return Document.parse({
    id,
    title,
    path: `${id}.pdf`,
    sha256: '',
    mediaType: 'application/pdf',
    byteSize: 1,
    pageCount: 1,
    chunkCount: 1,
    unreadablePageCount: 0,
    status: 'ready',
    createdAtMs,
    updatedAtMs: createdAtMs,
  })
}

function job(id: string, state: string): Job {
  return Job.parse({
    id,
    kind: 'import-document',
    state,
    title: id,
    attempts: 1,
    maxAttempts: 3,
    createdAtMs: 0,
    runAtMs: 0,
  })
}

const changes = (...pairs: [string, Document | undefined][]) =>
  new Map(pairs.map(([id, value]) => [DocumentId.parse(id), value]))

describe('withDocuments', () => {
  const list = [document('b', 2), document('a', 1)]

  it('puts what is new where its age belongs', () => {
    expect(withDocuments(list, changes(['c', document('c', 3)])).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })

  it('changes in place and leaves the rest as the same objects', () => {
    const next = withDocuments(list, changes(['a', document('a', 1, 'renamed')]))
    expect(next.map(({ title }) => title)).toEqual(['b', 'renamed'])
    expect(next[0]).toBe(list[0])
  })

  it('drops what is gone, known or not', () => {
    expect(withDocuments(list, changes(['b', undefined], ['x', undefined])).map(({ id }) => id)).toEqual(['a'])
  })
})

describe('withJob', () => {
  const list = { jobs: [job('b', 'running'), job('a', 'queued')], paused: true }

  it('changes a known job in place', () => {
    const next = withJob(list, job('a', 'done'))
    expect(next.jobs.map(({ id, state }) => `${id} ${state}`)).toEqual(['b running', 'a done'])
    expect(next.paused).toBe(true)
  })

  it('puts a new job first', () => {
    expect(withJob(list, job('c', 'queued')).jobs.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })
})
