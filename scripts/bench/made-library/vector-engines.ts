import { statSync } from 'node:fs'
import usearch from 'usearch'
import { HNSW_PARAMETERS, makeHnswIndex, readHnswIndex } from '#core/adapters/hnswlib.ts'

/** What the index bench asks of an engine. Labels are 0, 1, 2 … */
export interface BenchedIndex {
  add(label: number, vector: Float32Array): void
  search(vector: Float32Array, count: number): number[]
  save(path: string): Promise<void>
}

export interface VectorEngine {
  name: string
  make(dimension: number, capacity: number): BenchedIndex
  /** `efSearch`: candidates looked at for each search, at least. */
  load(path: string, dimension: number, efSearch: number): Promise<BenchedIndex>
}

const { m, efConstruction } = HNSW_PARAMETERS
/** A graph is of its parameters: kept files of others are others. */
export const GRAPH_KIND = `${m}-${efConstruction}`

/** The one the app uses, through its own adapter. */
const hnswlib: VectorEngine = {
  name: 'hnswlib-f32',
  make: (dimension, capacity) => ofHnswlib(makeHnswIndex(dimension, { capacity })),
  load: async (path, dimension, efSearch) =>
    ofHnswlib(await readHnswIndex(path, dimension, { removed: [], parameters: { ...HNSW_PARAMETERS, efSearch } })),
}

function ofHnswlib(index: ReturnType<typeof makeHnswIndex>): BenchedIndex {
  return {
    add: index.add,
    search: (vector, count) => index.search(vector, count).map(({ label }) => label),
    save: (path) => index.writeTo(path),
  }
}

/** The same graph parameters, vectors kept in fewer bytes; `view` maps the file instead of reading it. */
function usearchEngine(scalar: 'f16' | 'i8', how: 'load' | 'view'): VectorEngine {
  const make = (dimension: number, efSearch: number) =>
    new usearch.Index({
      dimensions: dimension,
      metric: usearch.MetricKind.Cos,
      quantization: scalar === 'f16' ? usearch.ScalarKind.F16 : usearch.ScalarKind.I8,
      connectivity: m,
      expansion_add: efConstruction,
      expansion_search: efSearch,
      multi: false,
    })
  const wrap = (index: ReturnType<typeof make>): BenchedIndex => ({
    add: (label, vector) => index.add(BigInt(label), vector, 1),
    search: (vector, count) => Array.from(index.search(vector, count, 1).keys, Number),
    save: async (path) => index.save(path),
  })
  return {
    name: `usearch-${scalar}${how === 'view' ? '-mapped' : ''}`,
    make: (dimension) => wrap(make(dimension, HNSW_PARAMETERS.efSearch)),
    async load(path, dimension, efSearch) {
      const index = make(dimension, efSearch)
      index[how](path)
      return wrap(index)
    },
  }
}

/** Those that share a file are built once. */
export const ENGINES: readonly { builtAs: string; engine: VectorEngine }[] = [
  { builtAs: 'hnswlib-f32', engine: hnswlib },
  { builtAs: 'usearch-f16', engine: usearchEngine('f16', 'load') },
  { builtAs: 'usearch-f16', engine: usearchEngine('f16', 'view') },
  { builtAs: 'usearch-i8', engine: usearchEngine('i8', 'load') },
  { builtAs: 'usearch-i8', engine: usearchEngine('i8', 'view') },
]

export const fileBytes = (path: string): number => statSync(path).size
