import { describe, expect, it } from 'vitest'
import { readSimilar, similarPath } from './similar-path.ts'

const readPath = (path: string) => readSimilar(new URLSearchParams(path.split('?')[1]))

describe('similarPath', () => {
  it('keeps a passage or a text through the address', () => {
    expect(readPath(similarPath({ chunkId: 42 }))).toEqual({ chunkId: 42 })
    expect(readPath(similarPath({ text: 'Rights & duties: 50% + “more”' }))).toEqual({
      text: 'Rights & duties: 50% + “more”',
    })
  })

  it('takes nothing else for one', () => {
    expect(readPath('/search?q=like')).toBeUndefined()
    expect(readPath('/search?like=abc')).toBeUndefined()
    expect(readPath('/search?liketext=')).toBeUndefined()
  })
})
