import { expect, it } from 'vitest'
import { fitMemory } from './fit-memory.ts'
import { licenceName, recommendedModel } from './model-catalog.ts'
import { isSmallMemory } from './small-memory.ts'

const GB = 1024 ** 3

it('memory is spared on a laptop sold with 8 GB, unless the person decides', () => {
  expect(isSmallMemory({ memoryMode: 'auto' }, 7.6 * GB)).toBe(true)
  expect(isSmallMemory({ memoryMode: 'auto' }, 8 * GB)).toBe(true)
  expect(isSmallMemory({ memoryMode: 'auto' }, 12 * GB)).toBe(false)
  expect(isSmallMemory({ memoryMode: 'free' }, 4 * GB)).toBe(false)
  expect(isSmallMemory({ memoryMode: 'sparing' }, 64 * GB)).toBe(true)
})

it('a model fits into what is free, or once other programs are closed, or not at all', () => {
  const laptop = { totalBytes: 8 * GB, freeBytes: 3 * GB }
  expect(fitMemory(2e9, laptop)).toBe('fits')
  expect(fitMemory(3.4e9, laptop)).toBe('tight')
  expect(fitMemory(8e9, laptop)).toBe('too-large')
})

it('the first model to try follows the memory', () => {
  expect(recommendedModel(7.7 * GB)).toBe('llama3.2:3b')
  expect(recommendedModel(15.5 * GB)).toBe('qwen3.5:4b')
})

it.each([
  ['\n   Apache License\n   Version 2.0, January 2004', 'Apache 2.0'],
  ['LLAMA 3.2 COMMUNITY LICENSE AGREEMENT\nLlama 3.2 Version', 'Llama 3.2 Community License'],
  ['Gemma Terms of Use\n\nLast modified', 'Gemma Terms of Use'],
  ['Nobody knows this one', undefined],
])('a licence is told by its name: %j', (text, name) => {
  expect(licenceName(text)).toBe(name)
})
