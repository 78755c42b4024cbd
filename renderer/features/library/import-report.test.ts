import { describe, expect, it } from 'vitest'
import { ImportOutcome } from '#contract/documents.ts'
import { Job } from '#contract/jobs.ts'
import { summariseReport } from './import-report.tsx'
import { activeImports } from './library-page.tsx'

const document = {
  id: 'd',
  title: 'Notes',
  path: 'notes.pdf',
  sha256: '',
  mediaType: 'application/pdf',
  byteSize: 1,
  pageCount: 0,
  chunkCount: 0,
  unreadablePageCount: 0,
  status: 'queued',
  createdAtMs: 0,
  updatedAtMs: 0,
}

describe('summariseReport', () => {
  it('counts each file once', () => {
    const outcomes = [
      { path: 'new.pdf', document, duplicate: false },
      { path: 'again.pdf', document, duplicate: true },
      { path: 'bad.pdf', duplicate: false, failure: { code: 'file-unreadable', message: 'No.' } },
    ].map((outcome) => ImportOutcome.parse(outcome))
    expect(summariseReport({ outcomes, rejected: ['photo.heic'], failure: undefined })).toEqual({
      added: 1,
      duplicates: 1,
      failures: 2,
    })
  })
})

describe('activeImports', () => {
  const job = (id: string, state: string, documentId?: string) =>
    Job.parse({
      id,
      kind: 'import-document',
      state,
      title: id,
      documentId,
      attempts: 1,
      maxAttempts: 3,
      createdAtMs: 0,
      runAtMs: 0,
    })

  it('finds the work on each document, and nothing that is over', () => {
    const active = activeImports([
      job('1', 'running', 'a'),
      job('2', 'done', 'b'),
      job('3', 'queued', 'c'),
      job('4', 'failed', 'd'),
      job('5', 'running'),
    ])
    expect([...active].map(([documentId, { id }]) => `${documentId}:${id}`)).toEqual(['a:1', 'c:3'])
  })
})
