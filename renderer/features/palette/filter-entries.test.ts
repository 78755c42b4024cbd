import { describe, expect, it } from 'vitest'
import { filterEntries } from './filter-entries.ts'

const entries = [
  { label: 'Library', keywords: 'documents books' },
  { label: 'Add files to the library', keywords: 'import pdf' },
  { label: 'पूछें', keywords: 'ask question' },
]
const labels = (query: string) => filterEntries(entries, query).map(({ label }) => label)

describe('filterEntries', () => {
  it('shows all before anything is typed', () => {
    expect(labels('  ')).toHaveLength(3)
  })

  it('puts what begins with the query first', () => {
    expect(filterEntries([...entries].reverse(), 'lib').map(({ label }) => label)).toEqual([
      'Library',
      'Add files to the library',
    ])
  })

  it('finds by other words, in either language, in any order', () => {
    expect(labels('pdf')).toEqual(['Add files to the library'])
    expect(labels('library add')).toEqual(['Add files to the library'])
    expect(labels('ask')).toEqual(['पूछें'])
    expect(labels('पू')).toEqual(['पूछें'])
    expect(labels('zebra')).toEqual([])
  })
})
