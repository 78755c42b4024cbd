import { afterEach, describe, expect, it } from 'vitest'
import { STUDY_ERROR_CODES } from '#contract/error-codes.ts'
import { startStrings } from './index.ts'
import { en, hi } from './resources.ts'

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, path: string[] = []): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[[...path, key].join('.'), value] as const]
        : [...leaves(value, [...path, key]).entries()],
    ),
  )
}

const variables = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort()

describe('the two languages', () => {
  const english = leaves(en)
  const hindi = leaves(hi)

  it('have the same keys', () => {
    expect([...hindi.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('fill in the same values in each sentence', () => {
    for (const [key, text] of english) {
      expect({ key, variables: variables(hindi.get(key) ?? '') }).toEqual({ key, variables: variables(text) })
    }
  })

  it('leave no text empty', () => {
    for (const [key, text] of [...english, ...hindi]) expect(text.trim(), key).not.toBe('')
  })

  it('give every plural both of its forms', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true)
      if (key.endsWith('_other')) expect(english.has(key.replace(/_other$/, '_one')), key).toBe(true)
    }
  })

  it('say what happened and what to do next for each error code', () => {
    for (const code of STUDY_ERROR_CODES) {
      for (const strings of [en, hi]) {
        expect(strings.failures[code].title, code).toBeTruthy()
        expect(strings.failures[code].next, code).toBeTruthy()
      }
    }
  })
})

describe('startStrings', () => {
  const i18n = startStrings('en')
  afterEach(() => i18n.changeLanguage('en-IN'))

  it('speaks the language it was given', () => {
    expect(i18n.t('shell.nav.library')).toBe('Library')
  })

  it('groups numbers the Indian way and picks the plural', () => {
    expect(i18n.t('common.pages', { count: 1 })).toBe('1 page')
    expect(i18n.t('common.pages', { count: 123456 })).toBe('1,23,456 pages')
  })

  it('changes to Hindi in place', async () => {
    await i18n.changeLanguage('hi-IN')
    expect(i18n.t('shell.nav.library')).toBe('लाइब्रेरी')
    expect(i18n.t('common.pages', { count: 123456 })).toBe('1,23,456 पृष्ठ')
  })

  it('keeps quotes and ampersands as they are: React escapes', () => {
    expect(i18n.t('search.noResults.title', { query: '<A & B>' })).toBe('No passage found for “<A & B>”')
  })
})
