import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordsOf } from './query-words.ts'
import { keepSearchHistory } from './search-history.ts'
import { keepSearchTerms } from './search-terms.ts'
import { readShippedTerms } from './shipped-terms.ts'
import type { TermGroup } from './term-groups.ts'

const SHIPPED: TermGroup[] = [
  { id: 'same:PIL', kind: 'same', terms: ['PIL', 'Public Interest Litigation'] },
  { id: 'near:panel', kind: 'near', terms: ['committee', 'panel'] },
]

function open(dir = temporaryFolder()) {
  const store = openStore({ profileDir: dir })
  let closed = false
  const close = () => {
    if (!closed) store.close()
    closed = true
  }
  onTestFinished(close)
  let next = 0
  const terms = keepSearchTerms({ store, shipped: SHIPPED, ids: { next: () => `own${++next}` }, clock: manualClock() })
  return { dir, close, terms, history: keepSearchHistory({ store, clock: manualClock() }), store }
}

const othersOf = (lookup: ReturnType<ReturnType<typeof open>['terms']['lookup']>, query: string) =>
  lookup.find(wordsOf(query)).flatMap(({ others }) => others.map(({ text }) => text))

describe('keepSearchTerms', () => {
  it('takes a new group into the search at once, and keeps it', () => {
    const { terms, dir, close } = open()
    expect(othersOf(terms.lookup(), 'the SHG')).toEqual([])
    const list = terms.save({ kind: 'same', terms: [' SHG ', 'Self  Help Group', 'SHG', '…'] })
    expect(list[0]).toEqual({ id: 'own1', kind: 'same', terms: ['SHG', 'Self Help Group'], origin: 'own' })
    expect(othersOf(terms.lookup(), 'the SHG')).toEqual(['Self Help Group'])
    close()
    expect(othersOf(open(dir).terms.lookup(), 'the SHG')).toEqual(['Self Help Group'])
  })

  it('changes, removes and restores a group that ships', () => {
    const { terms } = open()
    terms.save({ id: 'same:PIL', kind: 'same', terms: ['PIL', 'Social Action Litigation'] })
    expect(othersOf(terms.lookup(), 'PIL')).toEqual(['Social Action Litigation'])
    expect(terms.remove('same:PIL').find(({ id }) => id === 'same:PIL')).toMatchObject({
      origin: 'removed',
      terms: ['PIL', 'Public Interest Litigation'],
    })
    expect(othersOf(terms.lookup(), 'PIL')).toEqual([])
    expect(terms.restore('same:PIL').map(({ origin }) => origin)).toEqual(['shipped', 'shipped'])
    expect(othersOf(terms.lookup(), 'PIL')).toEqual(['Public Interest Litigation'])
  })

  it('goes back to what ships, one’s own groups gone', () => {
    const { terms } = open()
    terms.save({ kind: 'near', terms: ['river', 'stream'] })
    terms.remove('near:panel')
    expect(terms.restore(undefined)).toEqual(SHIPPED.map((group) => ({ ...group, origin: 'shipped' })))
  })

  it('refuses a group of one', () => {
    const { terms } = open()
    expect(() => terms.save({ kind: 'same', terms: ['PIL', ' pil '.trim().toUpperCase(), '—'] })).toThrow(/two terms/)
    expect(terms.list()).toHaveLength(2)
  })
})

describe('readShippedTerms', () => {
  it('reads the terms of the app, none of them alone or twice in a group', () => {
    const groups = readShippedTerms('resources')
    expect(groups.length).toBeGreaterThan(300)
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
    for (const { terms } of groups) expect(new Set(terms).size, terms.join()).toBe(terms.length)
  })

  it('has none where there is no such file', () => {
    expect(readShippedTerms(temporaryFolder())).toEqual([])
  })
})

describe('keepSearchHistory', () => {
  it('keeps the latest twenty, each once, and the saved ones for good', () => {
    const { history } = open()
    for (let i = 0; i < 30; i++) history.note(`query ${String(i).padStart(2, '0')}`)
    history.note('  ')
    expect(history.read().recent).toHaveLength(20)
    expect(history.save('basic structure', true).saved).toEqual(['basic structure'])
    history.note('basic structure')
    expect(history.forget(undefined)).toEqual({ recent: [], saved: ['basic structure'] })
    expect(history.save('basic structure', false)).toEqual({ recent: ['basic structure'], saved: [] })
    expect(history.forget('basic structure')).toEqual({ recent: [], saved: [] })
  })
})
