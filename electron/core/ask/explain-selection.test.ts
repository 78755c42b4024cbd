import { expect, it } from 'vitest'
import { ask, openAsker } from '../testing/open-asker.ts'
import { documentId, type SeedDocument } from '../testing/seed-library.ts'

const LIBRARY: SeedDocument[] = [
  {
    id: 'courts',
    title: 'Courts',
    pages: [
      'The Supreme Court may use judicial review against a law that takes away a right.',
      'Judicial review means the power of a court to examine whether a law keeps to the Constitution.',
    ],
  },
  { id: 'soils', title: 'Soils', pages: ['Black soil holds water well and is best for growing cotton.'] },
]
const marked = (id: string, text: string) => ({
  task: 'explain' as const,
  scope: { selection: { documentId: documentId(id), page: 1, text } },
})
const REVIEW = 'The Supreme Court may use judicial review against a law'

it('explains what is marked by the meaning of its terms, found elsewhere', async () => {
  const { asker } = await openAsker(LIBRARY, { ollama: false })
  const { answer } = await ask(asker, 'Explain this', marked('courts', REVIEW))
  expect(answer).toMatchObject({ task: 'explain', refused: false, engine: 'extractive' })
  expect(answer.citations.map(({ page }) => page)).toEqual([2])
  expect(answer.passages[0]?.page).toBe(1)
})

it('says so where nothing else in the library explains it', async () => {
  const { asker } = await openAsker(LIBRARY, { ollama: false })
  const { answer } = await ask(asker, 'Explain this', marked('soils', 'Black soil holds water well'))
  expect(answer).toMatchObject({ refused: true, citations: [] })
  await expect(ask(asker, 'Explain this', { task: 'explain' })).rejects.toMatchObject({ code: 'bad-input' })
})

it('has a model explain it from the marked passage and those near it', async () => {
  const { asker, server } = await openAsker(LIBRARY)
  server.script({ tokens: ['Judicial review means the power of a court to examine a law.'] })
  const { answer } = await ask(asker, 'Explain this', marked('courts', REVIEW))
  expect(answer).toMatchObject({ task: 'explain', engine: 'ollama', refused: false })
  const [system, user] = server.calls[0]?.body.messages ?? []
  expect(system?.content).toContain('simple words')
  expect(user?.content).toMatch(/^Sources:\n\n\[1\] \(Courts, page 1\)/)
  expect(user?.content).toContain(`Marked passage: ${REVIEW}`)
})
