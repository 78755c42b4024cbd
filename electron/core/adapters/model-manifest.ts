import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * `manifest.json` of a model folder that scripts/build-model.ts wrote: what the
 * folder holds and what it was made from. Folders without one (a model copied in
 * by hand) work too; then nothing is checked against it.
 */
export const ModelManifest = z.object({
  name: z.string().min(1),
  /** Components of a vector. */
  dimension: z.number().int().positive(),
  /** Most token ids of an input, the two special ones included. */
  maxTokens: z.number().int().positive(),
  /** The ONNX file, from the folder. */
  weightsFile: z.string().min(1),
  /** SHA-256 of that file, hex. The file names the tokenizer and limits it was made with, so it stands for them too. */
  weightsSha256: Sha256,
  tokenizerSha256: Sha256,
  source: z.object({
    package: z.string(),
    version: z.string(),
    weightsSha256: Sha256,
    tokenizerSha256: Sha256,
    /** Of the adapter that the weights were changed by, where there is one. */
    adapterSha256: Sha256.optional(),
  }),
  converter: z.object({ version: z.number().int().positive(), precision: z.string() }),
})
export type ModelManifest = z.infer<typeof ModelManifest>
