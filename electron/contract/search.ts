import { oc } from '@orpc/contract'
import { z } from 'zod'
import { MediaType, PageLabel } from './documents.ts'
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
  /** Kinds of files; any where absent or empty. */
  mediaTypes: z.array(MediaType).optional(),
  /** Of the documents' text; a document may be in both. */
  languages: z.array(z.enum(['en', 'hi'])).optional(),
  /** Documents added at this time or later. */
  addedAfterMs: z.number().optional(),
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
  /**
   * The beginning of the passage's first sentence, where that stands on the page before: lead + text reads as it
   * was written. No part of what is quoted.
   */
  lead: z.string().optional(),
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
  /** `keyword` also where vectors are away (no model). `hybrid` leaves to the words alone what its model can't read. */
  mode: SearchMode,
  /** Words that the library does not have, and what was searched in their place. */
  corrections: z.array(z.object({ typed: z.string(), corrected: z.string() })),
  /** Other names of what was typed that were searched too. */
  alsoSearched: z.array(z.string()),
})
export type SearchResult = z.infer<typeof SearchResult>

/** Terms that stand for each other: `same` an abbreviation or a translation, `near` something like it. */
export const SearchTerms = z.object({
  id: z.string(),
  kind: z.enum(['same', 'near']),
  terms: z.array(z.string()),
  /** Shipped with the app, changed or taken out by the person, or the person's own. */
  origin: z.enum(['shipped', 'changed', 'removed', 'own']),
})
export type SearchTerms = z.infer<typeof SearchTerms>

export const SearchTermsInput = z.object({
  /** Absent: a new group. */
  id: z.string().max(2000).optional(),
  kind: z.enum(['same', 'near']),
  terms: z.array(z.string().max(200)).max(30),
})
export type SearchTermsInput = z.infer<typeof SearchTermsInput>

/** Searches as they were typed, the latest first. */
export const SearchHistory = z.object({ recent: z.array(z.string()), saved: z.array(z.string()) })
export type SearchHistory = z.infer<typeof SearchHistory>

/** What passages like it are looked for: one of the library, or a text. */
export const SimilarTo = z.union([
  z.object({ chunkId: z.number().int() }),
  z.object({ text: z.string().min(1).max(6000) }),
])
export type SimilarTo = z.infer<typeof SimilarTo>

const SearchQuery = z.string().trim().min(1).max(2000)

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
  /** Passages nearest in meaning to a passage, itself left out; by words without a model that reads it. */
  similar: oc
    .input(
      z.object({
        to: SimilarTo,
        limit: z.number().int().min(1).max(100).default(20),
        scope: SearchScope.default({}),
      }),
    )
    .output(SearchResult),
  history: oc.output(SearchHistory),
  noteSearch: oc.input(z.object({ query: SearchQuery })).output(SearchHistory),
  saveSearch: oc.input(z.object({ query: SearchQuery, saved: z.boolean() })).output(SearchHistory),
  /** Without a query: every recent search, the saved ones left. */
  forgetSearch: oc.input(z.object({ query: SearchQuery.optional() })).output(SearchHistory),
  terms: oc.output(z.array(SearchTerms)),
  saveTerms: oc.input(SearchTermsInput).output(z.array(SearchTerms)),
  removeTerms: oc.input(z.object({ id: z.string() })).output(z.array(SearchTerms)),
  /** Back to what the app ships: one group, or all without an id. */
  restoreTerms: oc.input(z.object({ id: z.string().optional() })).output(z.array(SearchTerms)),
}
