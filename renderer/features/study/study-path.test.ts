import { expect, it } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { newBriefPath, readNewBrief } from './study-path.ts'

it('carries what is known of a new brief in its address', () => {
  const path = newBriefPath('comparison', ['a', 'b'] as DocumentId[])
  expect(readNewBrief(path.split('?')[1] ?? '')).toEqual({ kind: 'comparison', documentIds: ['a', 'b'] })
  expect(readNewBrief('')).toEqual({ kind: 'summary', documentIds: [] })
})
