import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readModelFolder } from './read-model-folder.ts'

const MODEL_DIR = fileURLToPath(new URL('../../../resources/models/all-MiniLM-L6-v2', import.meta.url))

const UNUSABLE = {
  code: 'embedding-model-missing',
  message: expect.stringMatching(
    /missing or damaged: .+ Your library is kept\. Run "npm run build-model" or reinstall/s,
  ),
}

function builtModelCopy(): string {
  const dir = join(temporaryFolder(), 'model')
  cpSync(MODEL_DIR, dir, { recursive: true })
  return dir
}

function folderOf(files: Record<string, string>): string {
  const dir = join(temporaryFolder(), 'my-model')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
  return dir
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')

describe('readModelFolder', () => {
  it('reads the built model: its identity, files and limits', async () => {
    const manifest = JSON.parse(readFileSync(join(MODEL_DIR, 'manifest.json'), 'utf8'))
    expect(await readModelFolder(MODEL_DIR)).toEqual({
      identity: { name: 'all-MiniLM-L6-v2', weightsHash: manifest.weightsSha256, dimension: 384, prompt: '' },
      weightsPath: join(MODEL_DIR, 'onnx/model_int8.onnx'),
      tokenizerPath: join(MODEL_DIR, 'tokenizer.json'),
      maxTokens: 256,
      pooling: 'mean',
    })
  })

  it.each<[string, (dir: string) => void]>([
    ['folder gone', (dir) => rmSync(dir, { recursive: true })],
    ['weights gone', (dir) => rmSync(join(dir, 'onnx/model_int8.onnx'))],
    ['tokenizer gone', (dir) => rmSync(join(dir, 'tokenizer.json'))],
    ['weights cut short', (dir) => truncateSync(join(dir, 'onnx/model_int8.onnx'), 20_000_000)],
    ['one bit of the weights flipped', (dir) => flipBit(join(dir, 'onnx/model_int8.onnx'), 10_000_000)],
    ['one bit of the tokenizer flipped', (dir) => flipBit(join(dir, 'tokenizer.json'), 100_000)],
    ['manifest unreadable', (dir) => writeFileSync(join(dir, 'manifest.json'), '{')],
    ['manifest incomplete', (dir) => writeFileSync(join(dir, 'manifest.json'), '{"name":"x"}')],
  ])('refuses a damaged model: %s', async (_, damage) => {
    const dir = builtModelCopy()
    damage(dir)
    await expect(readModelFolder(dir)).rejects.toMatchObject(UNUSABLE)
  })

  it('takes a folder without a manifest at its word', async () => {
    const dir = folderOf({
      'tokenizer.json': '{}',
      'onnx/model.onnx': 'large',
      'onnx/model_quantized.onnx': 'small',
      'config.json': '{"hidden_size": 768}',
      'sentence_bert_config.json': '{"max_seq_length": 512}',
      '1_Pooling/config.json': '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
      'config_sentence_transformers.json': '{"prompts": {"query": "query: "}, "default_prompt_name": "query"}',
    })
    expect(await readModelFolder(dir)).toEqual({
      identity: { name: 'my-model', weightsHash: sha256('small'), dimension: 768, prompt: 'query: ' },
      weightsPath: join(dir, 'onnx/model_quantized.onnx'),
      tokenizerPath: join(dir, 'tokenizer.json'),
      maxTokens: 512,
      pooling: 'cls',
    })
  })

  it('hashes weights that are kept beside the graph together with it', async () => {
    const files = { 'tokenizer.json': '{}', 'config.json': '{"hidden_size": 4}', 'model.onnx': 'graph' }
    const { identity } = await readModelFolder(folderOf({ ...files, 'model.onnx_data': 'weights' }))
    expect(identity.weightsHash).toBe(sha256('graphweights'))
  })

  it('finds weights of any other name under onnx/', async () => {
    const dir = folderOf({ 'tokenizer.json': '{}', 'config.json': '{"hidden_size": 4}', 'onnx/model_q4.onnx': 'x' })
    expect((await readModelFolder(dir)).weightsPath).toBe(join(dir, 'onnx/model_q4.onnx'))
  })

  it.each([
    ['no dimension', { 'config.json': '{}' }],
    [
      'another pooling',
      { '1_Pooling/config.json': '{"word_embedding_dimension": 4, "pooling_mode_max_tokens": true}' },
    ],
  ])('refuses what it cannot run: %s', async (_, files) => {
    const dir = folderOf({ 'tokenizer.json': '{}', 'model.onnx': 'x', ...files })
    await expect(readModelFolder(dir)).rejects.toMatchObject(UNUSABLE)
  })
})

function flipBit(path: string, offset: number): void {
  const bytes = readFileSync(path)
  bytes[offset] = (bytes[offset] as number) ^ 1
  writeFileSync(path, bytes)
}
