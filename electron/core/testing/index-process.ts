import { openLibraryIndex } from '../search/library-index.ts'
import { openStore } from '../store/open-store.ts'
import { seedLibrary } from './seed-library.ts'
import { wordEmbedder } from './word-embedder.ts'

// A process of its own that adds documents and saves the index, over and over, to be killed: node index-process.ts PROFILE ROUND.
// Says 'saving' on stdout before each save.

const [dir = '', round = ''] = process.argv.slice(2)
const embedder = wordEmbedder()
const store = openStore({ profileDir: dir })
const WORDS = ['court', 'law', 'state', 'river', 'soil', 'tax', 'budget']
for (let n = 0; ; n++) {
  const index = await openLibraryIndex({ store, dir, identity: embedder.identity })
  const text = Array.from({ length: 200 }, (_, i) => `${round} ${n} ${i} ${WORDS[i % 7]} ${WORDS[(i * 3) % 7]}`)
  await seedLibrary(store, embedder, [{ id: `${round}-${n}`, pages: [text.join('\n\n')] }])
  await index.catchUp()
  process.stdout.write('saving\n')
  await index.close()
}
