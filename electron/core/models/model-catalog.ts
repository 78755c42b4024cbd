/** A model that suits a laptop without a graphics card. */
export interface CatalogModel {
  /** Its name in Ollama's library. */
  name: string
  /** On disk. */
  byteSize: number
  licence: string
  /** Hindi is among the languages its makers name. */
  hindi: boolean
}

/** Best first. */
export const MODEL_CATALOG: readonly CatalogModel[] = [
  { name: 'qwen3.5:4b', byteSize: 3_400_000_000, licence: 'Apache 2.0', hindi: false },
  { name: 'gemma3:4b', byteSize: 3_300_000_000, licence: 'Gemma Terms of Use', hindi: false },
  { name: 'qwen3.5:2b', byteSize: 2_700_000_000, licence: 'Apache 2.0', hindi: false },
  { name: 'llama3.2:3b', byteSize: 2_000_000_000, licence: 'Llama 3.2 Community License', hindi: true },
]

const ROOMY_BYTES = 11.5 * 1024 ** 3

/** The one to begin with: the best where there are 12 GB of memory or more, else the smallest. */
export function recommendedModel(totalBytes: number): string {
  return totalBytes >= ROOMY_BYTES ? 'qwen3.5:4b' : 'llama3.2:3b'
}

const LICENCES: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/apache license\s*,?\s*version 2/i, () => 'Apache 2.0'],
  [/llama\s*([\d.]+)\s*community license/i, ([, version]) => `Llama ${version} Community License`],
  [/gemma terms of use/i, () => 'Gemma Terms of Use'],
  [/\bmit license/i, () => 'MIT'],
  [/qwen research license/i, () => 'Qwen Research License'],
  [/qwen license agreement/i, () => 'Qwen License'],
  [/creative commons attribution-noncommercial/i, () => 'CC BY-NC'],
]

/** What a licence's text says it is; undefined for one that is not known. */
export function licenceName(text: string): string | undefined {
  const head = text.slice(0, 4_000).replace(/\s+/g, ' ')
  for (const [pattern, name] of LICENCES) {
    const found = pattern.exec(head)
    if (found) return name(found)
  }
  return undefined
}
