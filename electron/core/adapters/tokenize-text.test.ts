import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openTextTokenizer } from './tokenize-text.ts'

const TOKENIZER_PATH = fileURLToPath(
  new URL('../../../resources/models/all-MiniLM-L6-v2/tokenizer.json', import.meta.url),
)
const CLS = 101
const SEP = 102

describe('openTextTokenizer', () => {
  const tokenizer = openTextTokenizer(TOKENIZER_PATH, 256)

  it('gives the ids of the uncased BERT vocabulary between its special tokens', () => {
    expect(tokenizer.encode('Hello, WORLD!')).toEqual([CLS, 7592, 1010, 2088, 999, SEP])
    expect(tokenizer.encode('')).toEqual([CLS, SEP])
  })

  it('cuts a long text to the limit and still ends it with the separator', () => {
    const ids = tokenizer.encode('hello '.repeat(5000))
    expect(ids).toEqual([CLS, ...new Array(254).fill(7592), SEP])
  })

  it('cuts nothing from a text that just fits', () => {
    expect(tokenizer.maxTextTokens).toBe(254)
    expect(tokenizer.encode('hello '.repeat(253).concat('world'))).toEqual([
      CLS,
      ...new Array(253).fill(7592),
      2088,
      SEP,
    ])
    expect(tokenizer.encode('hello '.repeat(254).concat('world')).slice(-2)).toEqual([7592, SEP])
  })

  it('puts parts one after the other, each cut at its end or at its beginning', () => {
    const hello = { text: 'hello hello world', most: 2, keep: 'start' } as const
    expect(tokenizer.encodeParts([hello, { ...hello, keep: 'end' }, { ...hello, text: '' }])).toEqual([
      CLS,
      7592,
      7592,
      SEP,
      7592,
      2088,
      SEP,
      SEP,
    ])
  })

  it('counts the tokens of the text alone, uncut', () => {
    expect(tokenizer.count('')).toBe(0)
    expect(tokenizer.count('Hello, WORLD!')).toBe(4)
    expect(tokenizer.count('hello '.repeat(5000))).toBe(5000)
  })

  it('reads Devanagari, and text that no vocabulary knows', () => {
    expect(tokenizer.count('भारत का संविधान')).toBeGreaterThan(3)
    expect(tokenizer.encode('\u{1F9EC}')).toEqual([CLS, 100, SEP])
    expect(tokenizer.encode('\u0000\uD800')).toHaveLength(tokenizer.count('\u0000\uD800') + 2)
  })

  it('says that the model is unusable when the file is absent or damaged', () => {
    const path = join(temporaryFolder(), 'tokenizer.json')
    expect(() => openTextTokenizer(path, 256)).toThrow(expect.objectContaining({ code: 'embedding-model-missing' }))
    for (const content of ['{', '{}']) {
      writeFileSync(path, content)
      expect(() => openTextTokenizer(path, 256)).toThrow(expect.objectContaining({ code: 'embedding-model-missing' }))
    }
  })
})
