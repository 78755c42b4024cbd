import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DocumentId } from '#contract/ids.ts'
import { openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { packedLength } from '#core/embedding/token-vectors.ts'
import { embeddedText } from '#core/ingest/chunk-text.ts'
import { type Random, seededRandom } from '#core/quiz/seeded-random.ts'
import { insertChunks, type NewChunk, readChunks } from '#core/store/chunks.rows.ts'
import { insertDocument } from '#core/store/documents.rows.ts'
import { ensureEmbeddingModel, insertEmbeddings, recordVectorsAdded } from '#core/store/embeddings.rows.ts'
import { openStore } from '#core/store/open-store.ts'
import { upsertPages } from '#core/store/pages.rows.ts'
import { MODEL_DIR } from '#core/testing/model-dir.ts'
import { CACHE_DIR, makeVectors, readRealPassages } from './made-vectors.ts'

/** Raised when what is made changes, so that a kept library of the old kind is not used. */
const RECIPE = 2
export const CHUNKS_PER_DOCUMENT = 100
const CHUNKS_PER_PAGE = 4
/** Words that a library has beside those of the source: names, terms, with the long tail of Zipf's law. */
const NAME_COUNT = 60_000
const NAME_SHARE = 0.12

export interface MadeLibrary {
  profileDir: string
  documentCount: number
  chunkCount: number
}

export const madeDocumentId = (n: number): DocumentId =>
  DocumentId.parse(`01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`)

/**
 * A profile of `chunkCount` passages, 100 a document, that looks to the app as if it had been
 * imported: real sentences put together anew, with a long tail of made names among their
 * words, and real-shaped vectors under the shipped model's identity. Made once, kept in the temporary folder.
 */
export async function openMadeLibrary(chunkCount: number): Promise<MadeLibrary> {
  const profileDir = join(CACHE_DIR, `library-${RECIPE}-${chunkCount}`)
  const made = { profileDir, chunkCount, documentCount: chunkCount / CHUNKS_PER_DOCUMENT }
  const complete = join(profileDir, 'complete')
  if (existsSync(complete)) return made
  rmSync(profileDir, { recursive: true, force: true })
  mkdirSync(profileDir, { recursive: true })
  await fill(made)
  writeFileSync(complete, '')
  return made
}

async function fill({ profileDir, documentCount }: MadeLibrary): Promise<void> {
  const passages = await readRealPassages()
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  await embedder.close()
  const store = openStore({ profileDir })
  const vectors = makeVectors(passages, 'library')
  const random = seededRandom('prose')
  const tokens = makeTokens(embedder.identity.dimension)
  const modelId = store.transaction((db) => ensureEmbeddingModel(db, embedder.identity))
  for (let n = 0; n < documentCount; n++) {
    const title = `${name(random)} and the ${name(random)} (${n})`
    const chunks: NewChunk[] = []
    const added: { textHash: string; vector: Float32Array; tokens: Uint8Array }[] = []
    const pageTexts: string[] = []
    for (let ordinal = 0; ordinal < CHUNKS_PER_DOCUMENT; ordinal++) {
      const { vector, from } = vectors.next()
      const sentences = from.flatMap((at) => passages[at]?.sentences.slice(0, 3) ?? [])
      const text = withNames(sentences.join(' '), random)
      const heading = ordinal % 20 < 10 ? `Chapter ${1 + Math.floor(ordinal / 20)}` : ''
      const page = Math.floor(ordinal / CHUNKS_PER_PAGE)
      const start = pageTexts[page] === undefined ? 0 : pageTexts[page].length + 2
      pageTexts[page] = start === 0 ? text : `${pageTexts[page]}\n\n${text}`
      const textHash = createHash('sha256')
        .update(embeddedText({ heading, lead: '', text }))
        .digest('hex')
      chunks.push({
        ordinal,
        pageNumber: page + 1,
        startOffset: start,
        endOffset: start + text.length,
        heading,
        lead: '',
        text,
        textHash,
        tokenCount: Math.ceil(text.length / 4),
      })
      added.push({ textHash, vector, tokens: tokens() })
    }
    const id = madeDocumentId(n)
    store.transaction((db) => {
      insertDocument(db, {
        id,
        title,
        path: `/books/${n}.pdf`,
        sha256: createHash('sha256').update(id).digest('hex'),
        mediaType: 'application/pdf',
        byteSize: 1,
        pageCount: pageTexts.length,
        status: 'ready',
        createdAtMs: n,
        updatedAtMs: n,
      })
      upsertPages(
        db,
        id,
        pageTexts.map((text, i) => ({
          pageNumber: i + 1,
          width: 595,
          height: 842,
          status: 'text',
          text,
          boxes: [],
          headings: [],
        })),
      )
      insertChunks(db, id, title, chunks)
      insertEmbeddings(db, modelId, added)
      recordVectorsAdded(
        db,
        modelId,
        readChunks(db, id).map((chunk) => chunk.id),
      )
    })
    if (n % 200 === 0) console.error(`making a library: ${n} of ${documentCount} documents`)
  }
  store.close()
}

/** Pairs of tokens in a passage of the polity chapters. */
const TOKEN_PAIRS = 62

/** Token vectors of the size that passages have, of no meaning: what is measured is how long they take to compare. */
function makeTokens(dimension: number): () => Uint8Array {
  const random = seededRandom('tokens')
  const length = TOKEN_PAIRS * packedLength(dimension)
  const bytes = Uint8Array.from({ length: 1_000_000 }, () => Math.floor(random.next() * 256))
  return () => {
    const at = Math.floor(random.next() * (bytes.length - length))
    return bytes.slice(at, at + length)
  }
}

const SYLLABLES = 'ra ka mi lo de su ta vi na go pa ri sha bu le no ti ma ha ke ya do si be lu va ne ro ja pu'.split(
  ' ',
)

/** Zipf with exponent 1 over NAME_COUNT ranks: the inverse of its distribution function, near enough. */
function name(random: Random): string {
  let rank = Math.floor(NAME_COUNT ** random.next())
  let word = ''
  for (let i = 0; i < 3 || rank > 0; i++) {
    word += SYLLABLES[rank % SYLLABLES.length]
    rank = Math.floor(rank / SYLLABLES.length)
  }
  return word
}

function withNames(text: string, random: Random): string {
  return text.replace(/\p{L}{5,}/gu, (word) => (random.next() < NAME_SHARE ? name(random) : word))
}

/** A question as a person asks one: common words, a topic, now and then a rare name. */
export function madeQuestion(random: Random, sentences: readonly string[]): string {
  const sentence = sentences[random.below(sentences.length)] ?? ''
  const words = sentence.match(/\p{L}{4,}/gu) ?? []
  const topic = random.shuffle(words).slice(0, 3)
  return `What does the ${topic.join(' ')} say about ${random.next() < 0.3 ? name(random) : 'the law'}?`
}
