import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTextTokenizer } from '../adapters/tokenize-text.ts'
import { MODEL_DIR } from '../testing/model-dir.ts'
import { isSpelledOut } from './is-spelled-out.ts'

const tokenizer = openTextTokenizer(join(MODEL_DIR, 'tokenizer.json'), 256)
const spelledOut = (text: string) => isSpelledOut(text, tokenizer.count(text))

it.each(['zxqv blorp', 'asdf jkl qwerty', 'kjhgfd', 'where is the blorp of zxqv', 'qqqq wwww'])(
  'tells %s from words, as the model that ships reads it',
  (text) => expect(spelledOut(text)).toBe(true),
)

it.each(['gerrymandering', 'psephology', 'how judges are sacked', 'booze', 'gubernatorial', 'a zoo', 'Article 21A'])(
  'takes %s for words',
  (text) => expect(spelledOut(text)).toBe(false),
)

it('says of nothing that it is spelled out', () => {
  expect(isSpelledOut('  ', 0)).toBe(false)
})
