import { describe, expect, it } from 'vitest'
import { Document, type DocumentStatus } from '#contract/documents.ts'
import { welcomeStep } from './welcome-step.ts'

function document(status: DocumentStatus, chunkCount = 0): Document {
  return Document.parse({
    id: `${status}-${chunkCount}`,
    title: 'Notes',
    path: 'notes.md',
    sha256: '',
    mediaType: 'text/markdown',
    byteSize: 1,
    pageCount: 1,
    chunkCount,
    unreadablePageCount: 0,
    status,
    createdAtMs: 0,
    updatedAtMs: 0,
  })
}

describe('welcomeStep', () => {
  it('follows a newcomer from nothing to a first question', () => {
    expect(welcomeStep([])).toBe('offer')
    expect(welcomeStep([document('queued'), document('failed')])).toBe('reading')
    expect(welcomeStep([document('importing'), document('ready', 12)])).toBe('ask')
  })

  it('does not offer questions about files without text', () => {
    expect(welcomeStep([document('ready', 0)])).toBe('failed')
    expect(welcomeStep([document('failed'), document('cancelled')])).toBe('failed')
  })
})
