import { expect, it } from 'vitest'
import { fnvHash } from './fnv-hash.ts'

// The first three are test vectors of the FNV reference code (http://www.isthe.com/chongo/tech/comp/fnv/).
it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('is FNV-1a: %j', (text, hash) => {
  expect(fnvHash(text)).toBe(hash)
})

it('is another for another salt', () => {
  expect(new Set([0, 1, 2].map((salt) => fnvHash('foobar', salt))).size).toBe(3)
})
