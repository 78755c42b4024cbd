import type { Stats } from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { HNSW_PARAMETERS, type HnswIndex, readHnswIndex } from '../adapters/hnswlib.ts'
import { embeddingModelKey, isSameModel } from '../embedding/model-key.ts'
import { readPieces } from '../ops/read-pieces.ts'
import type { EmbeddingModelIdentity } from '../ports.ts'

/** What vectors.json says of the graph file it names. Only with it is a graph a saved one. */
const GraphHeader = z.object({
  format: z.literal(2),
  identity: z.object({ name: z.string(), weightsHash: z.string(), dimension: z.number(), prompt: z.string() }),
  m: z.number(),
  efConstruction: z.number(),
  /** The newest vector change that the graph holds, and what tells that history from others with the same numbers. */
  lastSeq: z.number().int(),
  token: z.string(),
  /** Labels held, without the removed ones. */
  count: z.number().int(),
  removed: z.array(z.number().int()),
  file: z.string().regex(/^[\w.-]+$/),
  byteSize: z.number().int(),
  /** CRC-32 of the graph file: damage, not malice, is what it is looked at for, and it must be quick at 300 MB. */
  crc32: z.number().int(),
})
type GraphHeader = z.infer<typeof GraphHeader>

export interface SavedGraph {
  graph: HnswIndex
  lastSeq: number
  /** `readHistoryToken` of lastSeq. */
  token: string
}

const HEADER_FILE = 'vectors.json'
const PART_FILE = 'vectors.part'

/** Where the graph of a model is kept: each model has a folder, so that going back to one finds its graph as it was. */
export function graphDir(profileDir: string, identity: EmbeddingModelIdentity): string {
  return join(profileDir, 'index', embeddingModelKey(identity))
}

/** What the first versions of the app kept in `index` itself, before each model had a folder there. */
const EARLIER_FILE = /^vectors(?:\.json|\.json\.part|\.part|-\d+-[0-9a-f]{8}\.hnsw)$/

/** Removes the graph files that earlier versions left in the profile's `index` folder, hundreds of megabytes that nothing reads. */
export async function removeEarlierGraphs(profileDir: string): Promise<void> {
  const dir = join(profileDir, 'index')
  const found = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    // Not made yet, or a file stands in its place: `openGraphPartFile` sees to it.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  const earlier = found.filter((entry) => entry.isFile() && EARLIER_FILE.test(entry.name))
  for (const { name } of earlier) await rm(join(dir, name), { force: true })
}

/**
 * Makes ready the file that a graph is written to before it has a name of its own. What stands
 * in the way and can be nothing of ours (a file for the folder, a folder for the file) is removed: all here can be made anew.
 */
export async function openGraphPartFile(dir: string): Promise<string> {
  if (await isThere(dir, (found) => !found.isDirectory())) await rm(dir, { force: true })
  await mkdir(dir, { recursive: true })
  const part = join(dir, PART_FILE)
  await rm(part, { recursive: true, force: true })
  return part
}

/**
 * Reads the saved graph of a folder. When there is none that can be used, says
 * why: missing, of another model or format, or damaged.
 */
export async function readSavedGraph(
  dir: string,
  identity: EmbeddingModelIdentity,
): Promise<SavedGraph | { unusable: string }> {
  let header: GraphHeader
  try {
    header = GraphHeader.parse(JSON.parse(await readFile(join(dir, HEADER_FILE), 'utf8')))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { unusable: missing ? 'there is none' : 'its header is damaged or of another version' }
  }
  if (!isSameModel(header.identity, identity)) return { unusable: 'it belongs to another embedding model' }
  if (header.m !== HNSW_PARAMETERS.m || header.efConstruction !== HNSW_PARAMETERS.efConstruction) {
    return { unusable: 'it was built with other parameters' }
  }
  const path = join(dir, header.file)
  try {
    if ((await stat(path)).size !== header.byteSize) return { unusable: 'its file was cut or replaced' }
    if ((await checksum(path)) !== header.crc32) return { unusable: 'its file is damaged' }
    const graph = await readHnswIndex(path, identity.dimension, { removed: header.removed })
    if (graph.count !== header.count) return { unusable: 'its file holds another number of vectors than it should' }
    return { graph, lastSeq: header.lastSeq, token: header.token }
  } catch (error) {
    return { unusable: `its file can't be read (${error instanceof Error ? error.message : error})` }
  }
}

/** Writes a graph down. Mutations of it must wait until this is done. */
export async function saveGraph(dir: string, identity: EmbeddingModelIdentity, saved: SavedGraph): Promise<void> {
  await saved.graph.writeTo(await openGraphPartFile(dir))
  await adoptGraphFile(dir, identity, saved)
}

/**
 * Makes the file that `openGraphPartFile` named the saved graph. The rename of the header is
 * the moment it becomes so: until then the one before it stands, whatever happens.
 */
export async function adoptGraphFile(
  dir: string,
  { name, weightsHash, dimension, prompt }: EmbeddingModelIdentity,
  { graph, lastSeq, token }: SavedGraph,
): Promise<void> {
  const part = join(dir, PART_FILE)
  await syncPath(part)
  const crc = await checksum(part)
  const file = `vectors-${lastSeq}-${crc.toString(16).padStart(8, '0')}.hnsw`
  const { size: byteSize } = await stat(part)
  await renameOver(part, join(dir, file))
  const header: GraphHeader = {
    format: 2,
    identity: { name, weightsHash, dimension, prompt },
    m: HNSW_PARAMETERS.m,
    efConstruction: HNSW_PARAMETERS.efConstruction,
    lastSeq,
    token,
    count: graph.count,
    removed: [...graph.removedLabels()],
    file,
    byteSize,
    crc32: crc,
  }
  const headerPart = join(dir, `${HEADER_FILE}.part`)
  await rm(headerPart, { recursive: true, force: true })
  const handle = await open(headerPart, 'w')
  try {
    await handle.writeFile(JSON.stringify(header))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await renameOver(headerPart, join(dir, HEADER_FILE))
  if (process.platform !== 'win32') await syncPath(dir)
  await removeOtherGraphs(dir, file)
}

/** Removes graph files that no header names: older ones and the rest of an interrupted save. */
async function removeOtherGraphs(dir: string, keep: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name.endsWith('.hnsw') && name !== keep) await rm(join(dir, name), { recursive: true, force: true })
  }
}

/** A file goes over a file in one step; a folder in its place goes first. */
async function renameOver(from: string, to: string): Promise<void> {
  if (await isThere(to, (found) => found.isDirectory())) await rm(to, { recursive: true, force: true })
  await rename(from, to)
}

async function isThere(path: string, is: (found: Stats) => boolean): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined && is(found)
}

async function checksum(path: string): Promise<number> {
  let crc = 0
  for await (const bytes of readPieces(path)) crc = crc32(bytes, crc)
  return crc
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => open(path, 'r'))
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
