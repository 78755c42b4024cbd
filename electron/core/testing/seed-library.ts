import { createHash } from 'node:crypto'
import type { CollectionId, DocumentId } from '#contract/ids.ts'
import { embedPassages } from '../embedding/embed-passages.ts'
import { foldText } from '../ingest/fold-text.ts'
import type { Embedder } from '../ports.ts'
import type { Store } from '../store/open-store.ts'

export interface SeedDocument {
  id: string
  title?: string
  collection?: string
  /** A page each; paragraphs (parted by blank lines) become its chunks. */
  pages: readonly (string | { heading: string; text: string })[]
}

/** Documents written straight into the tables, in the shape that an import leaves them in. */
export async function seedLibrary(
  store: Store,
  embedder: Embedder,
  documents: readonly SeedDocument[],
): Promise<number[]> {
  const chunks = documents.flatMap((document) => cutDocument(document))
  const texts = chunks.map(({ heading, text }) => `${heading}\n${text}`)
  const embedded = await embedPassages(embedder, texts, {})
  return store.transaction((db) => {
    const { name, weightsHash, dimension, prompt } = embedder.identity
    const run = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).run(...values)
    run(
      'INSERT OR IGNORE INTO embedding_models (name, weights_hash, dimension, prompt) VALUES (?, ?, ?, ?)',
      name,
      weightsHash,
      dimension,
      prompt,
    )
    const modelId = db.$client
      .prepare('SELECT id FROM embedding_models WHERE name = ? AND weights_hash = ? AND dimension = ? AND prompt = ?')
      .pluck()
      .get(name, weightsHash, dimension, prompt)
    for (const { id, title = id, collection, pages } of documents) {
      if (collection)
        run('INSERT OR IGNORE INTO collections (id, name, created_at_ms) VALUES (?, ?, 0)', collection, collection)
      run(
        `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, page_count, status, collection_id, created_at_ms, updated_at_ms)
         VALUES (?, ?, ?, ?, 'text/plain', 1, ?, 'ready', ?, 0, 0)`,
        id,
        title,
        `/books/${id}.txt`,
        id,
        pages.length,
        collection ?? null,
      )
      pages.forEach((page, index) => {
        const text = typeof page === 'string' ? page : page.text
        run(
          `INSERT INTO pages (document_id, page_number, width, height, status, text, boxes, headings) VALUES (?, ?, 0, 0, 'text', ?, x'', '[]')`,
          id,
          index + 1,
          text,
        )
      })
    }
    return chunks.map(({ documentId, ordinal, page, start, end, heading, text, title }, index) => {
      const hash = createHash('sha256').update(`${heading}\n${text}`).digest('hex')
      const { lastInsertRowid } = run(
        `INSERT INTO chunks (document_id, ordinal, page_number, start_offset, end_offset, heading, text, text_hash, token_count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        documentId,
        ordinal,
        page,
        start,
        end,
        heading,
        text,
        hash,
        Math.ceil(text.length / 4),
      )
      const chunkId = Number(lastInsertRowid)
      run(
        'INSERT INTO chunk_words (rowid, title, heading, text) VALUES (?, ?, ?, ?)',
        chunkId,
        foldText(title),
        foldText(heading),
        foldText(text),
      )
      const { vector, tokens } = embedded[index] ?? { vector: new Float32Array(dimension) }
      run(
        'INSERT OR IGNORE INTO embeddings (model_id, text_hash, vector) VALUES (?, ?, ?)',
        modelId,
        hash,
        Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
      )
      if (tokens)
        run(
          'INSERT OR IGNORE INTO token_vectors (model_id, text_hash, vectors) VALUES (?, ?, ?)',
          modelId,
          hash,
          tokens,
        )
      run("INSERT INTO vector_changes (chunk_id, operation, model_id) VALUES (?, 'add', ?)", chunkId, modelId)
      return chunkId
    })
  })
}

/** Takes chunks out as the deletion of a document does. */
export function removeSeededDocument(store: Store, id: string): void {
  store.transaction((db) => {
    const run = (sql: string) => db.$client.prepare(sql).run(id)
    run("INSERT INTO vector_changes (chunk_id, operation) SELECT id, 'remove' FROM chunks WHERE document_id = ?")
    run('DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = ?)')
    run('DELETE FROM documents WHERE id = ?')
  })
}

export function documentId(id: string): DocumentId {
  return id as DocumentId
}

export function collectionId(id: string): CollectionId {
  return id as CollectionId
}

function cutDocument({ id, title = id, pages }: SeedDocument) {
  let ordinal = 0
  return pages.flatMap((page, index) => {
    const { heading, text } = typeof page === 'string' ? { heading: '', text: page } : page
    return [...text.matchAll(/\S[\s\S]*?(?=\n\s*\n|$(?![\s\S]))/g)].map((match) => ({
      documentId: id,
      title,
      ordinal: ordinal++,
      page: index + 1,
      start: match.index,
      end: match.index + match[0].length,
      heading,
      text: match[0],
    }))
  })
}
