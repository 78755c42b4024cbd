import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { readPieces } from '../ops/read-pieces.ts'
import type { EmbeddingModelIdentity } from '../ports.ts'
import { ModelManifest } from './model-manifest.ts'
import { modelUnusable } from './model-unusable.ts'

/** A local sentence-embedding model, as plain data that can be sent to a worker thread. */
export interface ModelFolder {
  identity: EmbeddingModelIdentity
  /** Absolute paths. */
  weightsPath: string
  tokenizerPath: string
  /** Most token ids of an input, special tokens included. */
  maxTokens: number
  /** How token vectors become one, where the graph does not do it itself. */
  pooling: 'mean' | 'cls'
}

/** Where the name of the limit is unknown: what most sentence encoders were trained with. */
const DEFAULT_MAX_TOKENS = 256

const PoolingConfig = z.object({
  word_embedding_dimension: z.number().int().positive().optional(),
  pooling_mode_mean_tokens: z.boolean().default(false),
  pooling_mode_cls_token: z.boolean().default(false),
})
const ModelConfig = z.object({ hidden_size: z.number().int().positive().optional() })
const SentenceConfig = z.object({ max_seq_length: z.number().int().positive().optional() })
const PromptConfig = z.object({
  prompts: z.record(z.string(), z.string()).default({}),
  default_prompt_name: z.string().nullish(),
})

/**
 * Reads what a model folder says of itself, in the layout of sentence-transformers:
 * tokenizer.json, config.json, onnx/model*.onnx or model.onnx, and where present
 * 1_Pooling/config.json, sentence_bert_config.json,
 * config_sentence_transformers.json and our own manifest.json. The weights are
 * hashed, and checked against the manifest if there is one.
 * Throws StudyError `embedding-model-missing` when the folder is absent, incomplete or damaged.
 */
export async function readModelFolder(modelDir: string): Promise<ModelFolder> {
  const { tokenizerPath, manifest, maxTokens } = readTokenLimits(modelDir)
  const weightsPath = findWeights(modelDir, manifest)
  const weightsHash = await hashWeights(weightsPath)
  if (manifest && manifest.weightsSha256 !== weightsHash) {
    throw modelUnusable(`${weightsPath} is not the file that was installed`)
  }
  const tokenizerHash = createHash('sha256').update(readFileSync(tokenizerPath)).digest('hex')
  if (manifest && manifest.tokenizerSha256 !== tokenizerHash) {
    throw modelUnusable(`${tokenizerPath} is not the file that was installed`)
  }

  const pooling = readConfig(join(modelDir, '1_Pooling/config.json'), PoolingConfig)
  const dimension =
    manifest?.dimension ??
    pooling?.word_embedding_dimension ??
    readConfig(join(modelDir, 'config.json'), ModelConfig)?.hidden_size
  if (!dimension)
    throw modelUnusable(`neither config.json nor 1_Pooling/config.json in ${modelDir} names its dimension`)

  const prompts = readConfig(join(modelDir, 'config_sentence_transformers.json'), PromptConfig)
  return {
    identity: {
      name: manifest?.name ?? basename(modelDir),
      weightsHash,
      dimension,
      prompt: prompts?.prompts[prompts.default_prompt_name ?? ''] ?? '',
    },
    weightsPath,
    tokenizerPath,
    maxTokens,
    pooling: poolingMode(modelDir, pooling),
  }
}

/** The part of `readModelFolder` that counting tokens needs; reads no weights. Same errors. */
export function readTokenLimits(modelDir: string) {
  if (!existsSync(modelDir)) throw modelUnusable(`there is no folder ${modelDir}`)
  const tokenizerPath = join(modelDir, 'tokenizer.json')
  if (!existsSync(tokenizerPath)) throw modelUnusable(`there is no ${tokenizerPath}`)
  const manifest = readConfig(join(modelDir, 'manifest.json'), ModelManifest)
  const sentenceConfig = readConfig(join(modelDir, 'sentence_bert_config.json'), SentenceConfig)
  const maxTokens = manifest?.maxTokens ?? sentenceConfig?.max_seq_length ?? DEFAULT_MAX_TOKENS
  return { tokenizerPath, manifest, maxTokens }
}

/** Smaller files first: the quantised ones are what an ordinary laptop can run. */
const WEIGHTS_IN_ORDER = ['onnx/model_int8.onnx', 'onnx/model_quantized.onnx', 'onnx/model.onnx', 'model.onnx']

function findWeights(modelDir: string, manifest: ModelManifest | undefined): string {
  const named = manifest ? [manifest.weightsFile] : WEIGHTS_IN_ORDER
  const found = named.map((name) => join(modelDir, name)).find((path) => existsSync(path))
  if (found) return found
  const onnxDir = join(modelDir, 'onnx')
  if (!manifest && existsSync(onnxDir)) {
    const [other] = readdirSync(onnxDir)
      .filter((name) => /^model.*\.onnx$/.test(name))
      .sort()
    if (other) return join(onnxDir, other)
  }
  throw modelUnusable(`there is no ${named.join(' or ')} in ${modelDir}`)
}

/** SHA-256 of the ONNX file, and of the `_data` file beside it where large weights are kept apart. */
async function hashWeights(weightsPath: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of [weightsPath, `${weightsPath}_data`]) {
    if (path !== weightsPath && !existsSync(path)) continue
    try {
      for await (const bytes of readPieces(path)) hash.update(bytes)
    } catch (cause) {
      throw modelUnusable(`${path} cannot be read`, cause)
    }
  }
  return hash.digest('hex')
}

function poolingMode(modelDir: string, pooling: z.infer<typeof PoolingConfig> | undefined): 'mean' | 'cls' {
  if (!pooling || pooling.pooling_mode_mean_tokens) return 'mean'
  if (pooling.pooling_mode_cls_token) return 'cls'
  throw modelUnusable(`${modelDir} asks for a pooling other than mean or cls`)
}

/** The parsed file; undefined when there is none. */
function readConfig<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(path)) return undefined
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw modelUnusable(`${path} does not parse`, cause)
  }
}
