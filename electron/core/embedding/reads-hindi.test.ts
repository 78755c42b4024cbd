import { describe, expect, it, onTestFinished } from 'vitest'
import { openOnnxEmbedder } from '../adapters/onnx-minilm.ts'
import { MODEL_DIR } from '../testing/model-dir.ts'
import { wordEmbedder, wordVector } from '../testing/word-embedder.ts'
import { makeHindiTest } from './reads-hindi.ts'

describe('makeHindiTest', () => {
  it('tells a model that puts Hindi beside the same in English from one that knows words alone, and asks once', async () => {
    let callCount = 0
    const reads = makeHindiTest()
    const bilingual = {
      ...wordEmbedder(),
      embed: async (texts: readonly string[]) => {
        callCount++
        return texts.map((_, i) => wordVector(`sentence${Math.floor(i / 2)}`))
      },
    }
    expect(await reads(bilingual)).toBe(true)
    expect(await reads(bilingual)).toBe(true)
    expect(callCount).toBe(1)
    expect(await reads(wordEmbedder())).toBe(false)
  })

  it('says of the model that ships that it does not', async () => {
    const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR, workerCount: 1 })
    onTestFinished(() => embedder.close())
    expect(await makeHindiTest()(embedder)).toBe(false)
  })

  it('asks again of a model that was away', async () => {
    const reads = makeHindiTest()
    let isAway = true
    const model = {
      ...wordEmbedder(),
      embed: async (texts: readonly string[]) => {
        if (isAway) throw new Error('away')
        return texts.map((text) => wordVector(text))
      },
    }
    await expect(reads(model)).rejects.toThrow('away')
    isAway = false
    expect(await reads(model)).toBe(false)
  })
})
