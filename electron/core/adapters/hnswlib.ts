import { open } from 'node:fs/promises'
import hnswlib from 'hnswlib-node'
import { StudyError } from '../errors.ts'
import type { VectorIndex } from '../ports.ts'
import { type LabelSet, makeLabelSet } from './label-set.ts'

/** How the graph is built and searched. The first two are part of a saved index; the third is not. */
export interface HnswParameters {
  /** Links a node, per layer. */
  m: number
  /** Candidates looked at for each insert. */
  efConstruction: number
  /** Candidates looked at for each search, at least. */
  efSearch: number
}

/** Measured in docs/decisions/0006-vector-index.md. */
export const HNSW_PARAMETERS: HnswParameters = { m: 16, efConstruction: 128, efSearch: 800 }

/** A VectorIndex that can tell what it holds, so that it can be compared with the vectors it was made of. */
export interface HnswIndex extends VectorIndex {
  /** Labels held, ascending. */
  labels(): IterableIterator<number>
  /** Labels removed since the graph was built: they take up space until it is built anew. */
  removedLabels(): IterableIterator<number>
  readonly removedCount: number
  /** The vector kept for a label; undefined for one that is not held. */
  vectorOf(label: number): Float32Array | undefined
}

const FIRST_CAPACITY = 1024

/**
 * An empty HNSW graph (hnswlib, inner product) for unit vectors. It grows by
 * itself. Mutations must not run while `writeTo` does: the caller keeps them apart.
 */
export function makeHnswIndex(
  dimension: number,
  { capacity = FIRST_CAPACITY, parameters = HNSW_PARAMETERS }: { capacity?: number; parameters?: HnswParameters } = {},
): HnswIndex {
  const graph = new hnswlib.HierarchicalNSW('ip', dimension)
  graph.initIndex({
    maxElements: Math.max(capacity, 1),
    m: parameters.m,
    efConstruction: parameters.efConstruction,
    // Slots of removed labels are not used again in place: hnswlib picks any of them without saying which, and the
    // links that led to the old vector stay. Building anew reclaims them and mends the graph.
    allowReplaceDeleted: false,
  })
  return wrap(graph, makeLabelSet(), new Set(), parameters)
}

/**
 * Reads a graph written by `writeTo`. Only for a file whose checksum was
 * verified: hnswlib trusts the sizes it reads. `removed` are the labels that were
 * removed when it was written. Throws StudyError `internal` when it can't be read.
 */
export async function readHnswIndex(
  path: string,
  dimension: number,
  { removed, parameters = HNSW_PARAMETERS }: { removed: Iterable<number>; parameters?: HnswParameters },
): Promise<HnswIndex> {
  const graph = new hnswlib.HierarchicalNSW('ip', dimension)
  try {
    await graph.readIndex(path, false)
  } catch (cause) {
    throw new StudyError('internal', 'The saved vector index can not be read. It is made anew from the library.', {
      cause,
    })
  }
  const gone = new Set(removed)
  const live = makeLabelSet()
  for (const label of graph.getIdsList()) if (!gone.has(label)) live.add(label)
  return wrap(graph, live, gone, parameters)
}

function wrap(
  graph: hnswlib.HierarchicalNSW,
  live: LabelSet,
  removed: Set<number>,
  { efSearch }: HnswParameters,
): HnswIndex {
  const dimension = graph.getNumDimensions()
  return {
    dimension,
    get count() {
      return live.size
    },
    get removedCount() {
      return removed.size
    },
    labels: () => live.values(),
    removedLabels: () => removed.values(),
    has: (label) => live.has(label),
    add(label, vector) {
      if (!live.has(label) && !removed.has(label) && graph.getCurrentCount() >= graph.getMaxElements()) {
        graph.resizeIndex(Math.ceil(graph.getMaxElements() * 1.5))
      }
      graph.addPoint(Array.from(vector), label)
      removed.delete(label)
      live.add(label)
    },
    remove(label) {
      if (!live.delete(label)) return
      graph.markDelete(label)
      removed.add(label)
    },
    vectorOf: (label) => (live.has(label) ? Float32Array.from(graph.getPoint(label)) : undefined),
    search(vector, limit, accepts) {
      const count = Math.min(limit, live.size)
      if (count === 0) return []
      graph.setEf(Math.max(efSearch, count))
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), count, accepts)
      return neighbors.map((label, i) => ({ label, score: 1 - (distances[i] ?? 1) }))
    },
    async writeTo(path) {
      await graph.writeIndex(path)
      if (!(await isWholeGraphFile(path))) {
        throw new StudyError('disk-full', 'The vector index could not be saved: the disk may be full. Nothing is lost.')
      }
    },
  }
}

/** Bytes before the nodes: eleven 8-byte fields and two of 4 (hnswalg.h, saveIndex). */
const HEADER_BYTES = 96

/**
 * hnswlib does not look at whether its writes succeeded, so a full disk leaves a
 * short file and no error. Whole: the nodes' lists of upper links end where the file does.
 */
async function isWholeGraphFile(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size < HEADER_BYTES) return false
    const header = Buffer.alloc(HEADER_BYTES)
    await file.read(header, 0, HEADER_BYTES, 0)
    const nodeCount = Number(header.readBigUInt64LE(16))
    const upperLinksAt = HEADER_BYTES + nodeCount * Number(header.readBigUInt64LE(24))
    if (upperLinksAt > size) return false
    const upperLinks = Buffer.alloc(size - upperLinksAt)
    await file.read(upperLinks, 0, upperLinks.length, upperLinksAt)
    let at = 0
    for (let node = 0; node < nodeCount; node++) {
      if (at + 4 > upperLinks.length) return false
      at += 4 + upperLinks.readUInt32LE(at)
    }
    return at === upperLinks.length
  } finally {
    await file.close()
  }
}
