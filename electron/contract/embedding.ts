import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Job } from './jobs.ts'

/** Which model turns text into vectors: the one that ships, a folder with an ONNX model, or one that Ollama has. */
export const EmbeddingChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('built-in') }),
  /** tokenizer.json, an ONNX file and a sentence-transformers pooling configuration. */
  z.object({ kind: z.literal('folder'), path: z.string().trim().min(1) }),
  z.object({ kind: z.literal('ollama'), model: z.string().trim().min(1) }),
])
export type EmbeddingChoice = z.infer<typeof EmbeddingChoice>

/** Vectors that are kept of a model. */
export const KeptEmbeddings = z.object({
  modelId: z.number().int(),
  name: z.string(),
  /** Components of a vector. */
  dimension: z.number().int(),
  vectorCount: z.number().int(),
  /** About what they take up in the database. */
  byteSize: z.number().int(),
  /** In use, or about to be: these can't be removed. */
  inUse: z.boolean(),
})
export type KeptEmbeddings = z.infer<typeof KeptEmbeddings>

export const EmbeddingStatus = z.object({
  /** What search by meaning uses now. `missing` carries the reason and the mend in `message`. */
  serving: z.object({
    choice: EmbeddingChoice,
    state: z.enum(['ready', 'missing']),
    name: z.string().optional(),
    dimension: z.number().int().optional(),
    message: z.string().optional(),
  }),
  /** What was chosen in its place and takes over when every passage is embedded. */
  next: z
    .object({
      choice: EmbeddingChoice,
      name: z.string(),
      dimension: z.number().int(),
      /** The work of it: progress, or why it stopped. */
      job: Job.optional(),
    })
    .optional(),
  /** Models that vectors are kept of: going back to one of them embeds nothing again. Kept until they are removed by `forget`. */
  kept: z.array(KeptEmbeddings),
})
export type EmbeddingStatus = z.infer<typeof EmbeddingStatus>

export const EmbeddingChoices = z.object({
  models: z.array(
    z.object({
      choice: EmbeddingChoice,
      name: z.string(),
      byteSize: z.number().optional(),
      /** Runs on somebody else's computer: can't be chosen. */
      local: z.boolean(),
    }),
  ),
  /** Why there are none of Ollama, where that is so. */
  ollamaMessage: z.string().optional(),
})
export type EmbeddingChoices = z.infer<typeof EmbeddingChoices>

export const embeddingContract = {
  status: oc.output(EmbeddingStatus),
  /** Models that can be chosen now; any folder can be besides. */
  choices: oc.output(EmbeddingChoices),
  /**
   * Chooses a model. Where the library is embedded with it already it serves at once; otherwise
   * a job embeds the library, and the model before serves until it is done. The one in use ends a change under way.
   */
  use: oc.input(z.object({ choice: EmbeddingChoice })).output(EmbeddingStatus),
  /** Stays with the model in use. What was embedded so far is kept. */
  cancel: oc.output(EmbeddingStatus),
  /** Removes the vectors of a model that is not in use, in the background. */
  forget: oc.input(z.object({ modelId: z.number().int() })).output(EmbeddingStatus),
}
