import { expect, it } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { citeSentence } from '../ask/cite-sentence.ts'
import { seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { openStore } from './open-store.ts'
import { readPassages } from './search.rows.ts'

it('passages and citations carry the name of their page where it has one', async () => {
  const store = openStore({ profileDir: temporaryFolder() })
  const ids = await seedLibrary(store, wordEmbedder(), [{ id: 'd1', pages: ['First page.', 'Second page.'] }])
  const label = { kind: 'slide', number: 2 }
  store.transaction((db) =>
    db.$client.prepare('UPDATE pages SET label = ? WHERE page_number = 2').run(JSON.stringify(label)),
  )
  const passages = readPassages(store.reader, ids)
  expect(passages.map(({ page, pageLabel }) => [page, pageLabel])).toEqual([
    [1, undefined],
    [2, label],
  ])
  expect(passages.every((passage) => !('label' in passage))).toBe(true)
  const hit = { documentId: 'd1' as DocumentId, path: '/d1', title: 'd1', page: 2, pageLabel: passages[1]?.pageLabel }
  expect(citeSentence(store.reader, 1, { hit, text: 'Second', startOffset: 0, endOffset: 6 }).pageLabel).toEqual(label)
  store.close()
})
