import { z } from 'zod'
import { EmbeddingChoice } from '#contract/embedding.ts'
import { JobId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from '../store/connection.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'

const Identity = z.object({
  name: z.string(),
  weightsHash: z.string(),
  dimension: z.number().int().positive(),
  prompt: z.string(),
})

/** What the person chose: which model serves, and which is to take its place once the library is embedded with it. */
const ChosenModels = z.object({
  serving: z.object({ choice: EmbeddingChoice, identity: Identity.optional() }),
  next: z.object({ choice: EmbeddingChoice, identity: Identity, jobId: JobId }).optional(),
})
export type ChosenModels = z.infer<typeof ChosenModels>

const KEY = 'embeddingModels'
const BUILT_IN: ChosenModels = { serving: { choice: { kind: 'built-in' } } }

/** The model that ships, until another is chosen; a row that no longer parses counts as not set. */
export function readChosenModels(db: ReadDb): ChosenModels {
  const parsed = ChosenModels.safeParse(readSettingRows(db)[KEY])
  return parsed.success ? parsed.data : BUILT_IN
}

export function writeChosenModels(db: WriteDb, chosen: ChosenModels): void {
  writeSettingRow(db, KEY, chosen)
}

export function isSameChoice(a: EmbeddingChoice, b: EmbeddingChoice): boolean {
  if (a.kind === 'folder') return b.kind === 'folder' && a.path === b.path
  if (a.kind === 'ollama') return b.kind === 'ollama' && a.model === b.model
  return a.kind === b.kind
}
