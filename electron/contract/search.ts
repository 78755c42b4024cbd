import { oc } from '@orpc/contract'
import { z } from 'zod'
import { PageLabel } from './documents.ts'
import { CollectionId, DocumentId } from './ids.ts'

/** keyword: BM25 over FTS5 · vector: cosine of embeddings · hybrid: both, fused by score. */
export const SearchMode = z.enum(['hybrid', 'keyword', 'vector'])
export type SearchMode = z.infer<typeof SearchMode>

/** A stretch of a text, [start, end), in UTF-16 units. */
export const TextRange = z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() })
export type TextRange = z.infer<typeof TextRange>

/** Where to look; empty means the whole library. */
export const SearchScope = z.object({
  documentIds: z.array(DocumentId).optional(),
  collectionIds: z.array(CollectionId).optional(),
})
export type SearchScope = z.infer<typeof SearchScope>

export const SearchHit = z.object({
  chunkId: z.number().int(),
  documentId: DocumentId,
  /** The document's title. */
  title: z.string(),
  /** The file as it was given to import. */
  path: z.string(),
  /** The file's own page, from 1. */
  page: z.number().int().positive(),
  pageLabel: PageLabel.optional(),
  heading: z.string().optional(),
  /** The passage. */
  text: z.string(),
  /** The passage's place in its page's text. */
  startOffset: z.number().int(),
  endOffset: z.number().int(),
  /** Words of the query found in `text`. */
  matches: z.array(TextRange),
  /** 0..1, comparable within one answer only. */
  score: z.number(),
  /** Cosine to the query, where vectors were asked. */
  cosine: z.number().optional(),
  /** The share of the query's words, the rare ones weighing more, that it names, 0..1; absent where it names none. */
  keyword: z.number().optional(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchResult = z.object({
  hits: z.array(SearchHit),
  tookMs: z.number(),
  /** What was really used: vectors may be away (no model). */
  mode: SearchMode,
  /** Words that the library does not have, and what was searched in their place. */
  corrections: z.array(z.object({ typed: z.string(), corrected: z.string() })),
  /** Other names of what was typed that were searched too. */
  alsoSearched: z.array(z.string()),
})
export type SearchResult = z.infer<typeof SearchResult>

export const searchContract = {
  query: oc
    .input(
      z.object({
        query: z.string().max(2000),
        mode: SearchMode.default('hybrid'),
        limit: z.number().int().min(1).max(100).default(20),
        scope: SearchScope.default({}),
      }),
    )
    .output(SearchResult),
}
