import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { makeConceptCoverer } from './cover-concepts.ts'
import { openLibraryWords } from './library-words.ts'
import { makeTermLookup, type TermGroup } from './term-groups.ts'
import { understandQuery } from './understand-query.ts'

const TEXTS = [
  'The Constitution of India was adopted in 1949.',
  'Parliament may amend the Constitution by a special majority.',
  'भारत का संविधान 26 नवंबर 1949 को अपनाया गया।',
  'राज्यपाल की नियुक्ति राष्ट्रपति करते हैं।',
  'The Directive Principles of State Policy guide the government.',
  'A panel was set up. The court gave a ruling.',
  'जल और वन की रक्षा सब करें।',
]
const GROUPS: TermGroup[] = [
  { id: '1', kind: 'same', terms: ['DPSP', 'Directive Principles of State Policy', 'नीति निदेशक तत्व'] },
  { id: '2', kind: 'same', terms: ['Governor', 'राज्यपाल'] },
  { id: '3', kind: 'near', terms: ['committee', 'panel'] },
  { id: '4', kind: 'same', terms: ['Universal Basic Income', 'UBI'] },
  { id: '5', kind: 'same', terms: ['CG', 'the Constitution of India'] },
  { id: '6', kind: 'same', terms: ['CGs', 'a special majority'] },
]

async function understand(query: string, { asYouType = false } = {}) {
  const store = openStore({ profileDir: temporaryFolder() })
  onTestFinished(() => store.close())
  await seedLibrary(store, wordEmbedder(), [{ id: 'notes', pages: TEXTS }])
  const words = openLibraryWords({ db: store.reader })
  const terms = makeTermLookup(GROUPS)
  const understood = await understandQuery(query, { words, terms, passageCount: TEXTS.length }, { asYouType })
  const { cover } = makeConceptCoverer(understood)
  return { understood, covers: TEXTS.map((text) => cover({ heading: '', text })) }
}

const bestOf = (covers: readonly number[]) => covers.indexOf(Math.max(...covers))

describe('understandQuery', () => {
  it('mends a slip against the words of the library', async () => {
    const { understood, covers } = await understand('parlaiment amend')
    expect(understood.corrections).toEqual([{ typed: 'parlaiment', start: 0, end: 10, stem: 'parliament' }])
    expect(bestOf(covers)).toBe(1)
  })

  it('leaves alone what the library has, what is too short, and what is still being typed', async () => {
    expect((await understand('constitution')).understood.corrections).toEqual([])
    expect((await understand('panes')).understood.corrections).toEqual([])
    expect((await understand('constitut', { asYouType: true })).understood.corrections).toEqual([])
    expect((await understand('zzzzzzzz')).understood.corrections).toEqual([])
  })

  it('finds Hindi words by their sound in Latin letters', async () => {
    for (const spelling of ['samvidhan', 'sanvidhaan']) {
      const { understood, covers } = await understand(spelling)
      expect(understood.alsoSearched).toEqual(['संविधान'])
      expect(bestOf(covers)).toBe(2)
    }
    expect(bestOf((await understand('rajyapal')).covers)).toBe(3)
  })

  it('writes an abbreviation out, for the words and for the meaning', async () => {
    const { understood, covers } = await understand('What are DPSP?')
    expect(understood.alsoSearched).toEqual(['Directive Principles of State Policy'])
    expect(understood.meaning).toBe('What are Directive Principles of State Policy?')
    expect(covers[4]).toBe(1)
  })

  it('takes the plural of an abbreviation for another where it is listed as one', async () => {
    const asked = (query: string) => understand(query).then(({ understood }) => understood.meaning)
    expect(await asked('CGs')).toBe('a special majority')
    expect(await asked('CG')).toBe('the Constitution of India')
  })

  it('finds the one language by the term of the other', async () => {
    expect(bestOf((await understand('Governor')).covers)).toBe(3)
    expect(bestOf((await understand('नीति निदेशक तत्व')).covers)).toBe(4)
  })

  it('counts a near term for less than the word itself, and says nothing of it', async () => {
    const { understood, covers } = await understand('committee')
    expect(understood.alsoSearched).toEqual([])
    expect(covers[5]).toBeGreaterThan(0)
    expect(covers[5]).toBeLessThan(1)
  })

  it('says nothing of names that the library does not have', async () => {
    expect((await understand('UBI')).understood.alsoSearched).toEqual([])
  })

  it('leaves out the grammar of Hindi in Latin letters, and keeps English words that look like it', async () => {
    const asked = (query: string) => understand(query).then(({ understood }) => understood)
    const { concepts, meaning, soundShare, literalShare } = await asked('rajyapal ka kaam kya hota hai')
    expect(concepts.map(({ ways }) => ways[0]?.words[0]?.folded)).toEqual(['rajyapal', 'kaam'])
    expect(meaning).not.toMatch(/\b(?:ka|kya|hota|hai)\b/)
    expect(soundShare).toBeGreaterThan(0)
    expect(literalShare).toBe(soundShare)
    const english = await asked('Who told us to amend the main law?')
    expect(english.meaning).toBe('Who told us to amend the main law?')
    expect(english.concepts.map(({ ways }) => ways[0]?.words[0]?.folded)).toContain('main')
  })

  it('hears short words only where nothing speaks for English', async () => {
    const asked = (query: string) => understand(query).then(({ understood }) => understood.alsoSearched)
    expect((await asked('jal ki raksha')).toSorted()).toEqual(['जल', 'रक्षा'])
    expect(await asked('van')).toEqual(['वन'])
    expect(await asked('Parliament van')).toEqual([])
  })

  it('lets a number of a law settle the query', async () => {
    expect((await understand('Art. 356')).understood.literalShare).toBe(1)
    expect((await understand('majority')).understood.literalShare).toBe(0)
  })
})

describe('makeConceptCoverer', () => {
  it('puts an article before those that mention it', async () => {
    const { understood } = await understand('Article 356')
    const { cover } = makeConceptCoverer(understood)
    const own = cover({
      heading: '',
      text: '355. Duty.—(1) The Union protects.\n\n356. Provisions in case of failure.—(1) If the President',
    })
    const mention = cover({ heading: '', text: 'A proclamation under article 356 lapses. It cost 356. Nobody paid.' })
    expect(own).toBe(1)
    expect(mention).toBeGreaterThan(0.5)
    expect(mention).toBeLessThan(1)
    expect(cover({ heading: '', text: 'It cost 356. Nobody paid.' })).toBe(0)
  })

  it('finds amendments however they are numbered, also two at once', async () => {
    const { understood } = await understand('74th Amendment')
    const { cover } = makeConceptCoverer(understood)
    for (const text of [
      'the 73rd and 74th Constitution Amendment Acts',
      'The Constitution (Seventy-fourth Amendment) Act',
      '74वां संशोधन',
    ])
      expect(cover({ heading: '', text }), text).toBe(1)
    expect(cover({ heading: '', text: 'the 73rd Amendment' })).toBe(0)
  })

  it('marks phrases whole and words by themselves', async () => {
    const { understood } = await understand('DPSP government')
    const { places } = makeConceptCoverer(understood)
    const text = TEXTS[4] ?? ''
    expect(places(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Directive Principles of State Policy',
      'government',
    ])
  })
})
