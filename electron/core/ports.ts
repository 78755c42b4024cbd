import type { MediaType, OcrLanguage, PageLabel } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { ModelStatus } from '#contract/system.ts'
import type { ModelFeature, ModelProvider } from '#contract/usage.ts'
import type { QuestionTokens } from './embedding/token-vectors.ts'

/** Time, injected so that tests can move it. */
export interface Clock {
  /** Wall clock in ms since 1970: for dates a person sees and for `run_at` only. */
  nowMs(): number
  /** Never goes back: for durations inside this process. */
  monotonicMs(): number
  /** Resolves after `durationMs`, or rejects with the signal's reason as soon as it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>
}

/** New ids: UUIDv7, so that they sort by the time they were made. */
export interface Ids {
  next(): string
}

/** What makes two vectors comparable: all four fields equal. */
export interface EmbeddingModelIdentity {
  name: string
  /** SHA-256 of the weights file, hex. */
  weightsHash: string
  /** Components of a vector. */
  dimension: number
  /** Text put before every input, '' for none. */
  prompt: string
}

/** What is kept of a passage. */
export interface PassageEmbedding<Bytes extends ArrayBufferLike = ArrayBufferLike> {
  /** Unit length. */
  vector: Float32Array<Bytes>
  /** See packTokenVectors; empty where the model tells nothing of single tokens. */
  tokens: Uint8Array<Bytes>
}

export interface EmbedOptions {
  signal?: AbortSignal
  priority?: 'question' | 'bulk'
}

/** Text to unit-length vectors. Runs off the calling thread. */
export interface Embedder {
  readonly identity: EmbeddingModelIdentity
  /**
   * Unit-length vectors of `identity.dimension` components, one a text, in order.
   * 'question' jumps ahead of queued 'bulk' texts. Throws StudyError.
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>
  /** The same with what their tokens are compared by. Absent where the model gives whole texts' vectors only. */
  embedPassages?(texts: readonly string[], options?: EmbedOptions): Promise<PassageEmbedding[]>
  /** Goes before all 'bulk' texts. Absent as `embedPassages` is; `tokens` is undefined where those of passages are empty. */
  embedQuestion?(
    text: string,
    options?: Pick<EmbedOptions, 'signal'>,
  ): Promise<{ vector: Float32Array; tokens: QuestionTokens | undefined }>
  /**
   * The vectors of every token of texts, in order; undefined for a text where the model's graph does not give them.
   * Absent as `embedPassages` is. Throws StudyError.
   */
  embedTokens?(texts: readonly CutText[], options?: EmbedOptions): Promise<(TokenVectors | undefined)[]>
  /** Begins to load what the first text would wait for. Never throws: what is wrong with it the first text tells. */
  warm?(): void
  /** Lets go of what it can get again (threads, memory) while nothing is to be embedded. */
  rest?(): void
  close(): Promise<void>
}

/** Says how likely sentences answer a question, reading both together (a cross-encoder). Reads English. Runs off the calling thread. */
export interface AnswerJudge {
  /** Log-odds, one a pair, in order. Throws StudyError as `Embedder.embed`. */
  judge(pairs: readonly JudgedPair[], options?: Pick<EmbedOptions, 'signal'>): Promise<number[]>
  /** Begins to load what judging needs. */
  warm?(): void
  close(): Promise<void>
}

/** A question, a sentence that may answer it, and what stands before that: its heading and the sentence before. */
export interface JudgedPair {
  question: string
  sentence: string
  before: string
}

/** A text and rising UTF-16 offsets into it, each at a word's edge, whose tokens are asked for. */
export interface CutText {
  text: string
  cuts: readonly number[]
}

/** What a model makes of each token of a text, as it stands there. */
export interface TokenVectors {
  /** Row by row, `identity.dimension` components a token, special tokens included; of any length. */
  vectors: Float32Array
  /** For each of the text's cuts, the first token at or after it. */
  cuts: number[]
}

/** One hit of a vector index: `label` is a chunk id, `score` the cosine in -1..1. */
export interface VectorHit {
  label: number
  score: number
}

/**
 * Nearest neighbours over unit vectors, by cosine. A cache of what SQLite
 * holds: it may be lost at any time and is then rebuilt.
 */
export interface VectorIndex {
  readonly dimension: number
  /** Vectors held. */
  readonly count: number
  /** Adds or replaces the vector of `label`. */
  add(label: number, vector: Float32Array): void
  /** Forgets `label`; unknown labels are no error. */
  remove(label: number): void
  has(label: number): boolean
  /** Up to `limit` labels, best first. `accepts` filters by label. */
  search(vector: Float32Array, limit: number, accepts?: (label: number) => boolean): VectorHit[]
  /** Writes the index to `path` (the caller renames and syncs). */
  writeTo(path: string): Promise<void>
}

/** One turn of a conversation with a language model. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  messages: readonly ChatMessage[]
  /** JSON Schema the whole reply must satisfy; without it the reply is prose. */
  format?: object
  /** Most tokens of the reply. */
  maxTokens: number
  temperature?: number
  seed?: number
  /** What it is for, as the usage ledger tells it; 'other' when absent. */
  feature?: ModelFeature
  /** A person waits for a 'question': it goes before waiting 'bulk' calls. 'bulk' when absent. */
  priority?: 'question' | 'bulk'
  /** Ends the work in the server too, not only the waiting for it. */
  signal?: AbortSignal
}

export interface ChatUsage {
  promptTokens: number
  replyTokens: number
  /** From the start of the call to its end, a load of the model included. */
  durationMs: number
  /** Reading the prompt and writing the reply, where both are known. */
  promptMs?: number
  replyMs?: number
  /** The server told no figures: they are guessed from the text. */
  isEstimate?: boolean
}

/** How long a call will take by what the same model took before. */
export interface ExpectedDuration {
  firstTokenMs: number
  /** With a reply as long as is allowed. */
  totalMs: number
}

export type ChatEvent =
  /** Other calls are before this one: at first, and whenever their number changes. Only where it has to wait. */
  | { type: 'queued'; ahead: number }
  /** Its turn came, and this model takes it. `expected` where enough calls were measured. */
  | { type: 'started'; provider: ModelProvider; model: string; expected?: ExpectedDuration }
  /** The model is read from the disk first: minutes, on a slow one. */
  | { type: 'loading' }
  /** It is in memory and reads the prompt. */
  | { type: 'reading' }
  | { type: 'token'; text: string }
  /** `reachedLimit`: the reply was ended by `maxTokens` or the context, not by the model. */
  | { type: 'done'; usage: ChatUsage; reachedLimit: boolean }

export interface StatusLook {
  /** Work is about to be given to it: a busy machine is rather waited for some seconds than found away. */
  patient?: boolean
}

/** A local or remote model that writes text. One call runs at a time; the rest wait in order. */
export interface LanguageModel {
  /** What is there, what is missing, what to do: never throws for an absent server. */
  status(signal?: AbortSignal, how?: StatusLook): Promise<ModelStatus>
  /**
   * Streams one reply and ends with exactly one 'done'. Without messages the model is only loaded.
   * Throws StudyError: model-unreachable, model-missing, model-refused, model-busy, model-cut-off,
   * model-bad-output, key-refused, budget-reached, prompt-too-long, cancelled.
   */
  chat(request: ChatRequest): AsyncIterable<ChatEvent>
  /** Forgets that calls failed of late: the next is tried at once. For the person who mended what was wrong. */
  tryAgain?(): void
}

/** A model on the disk of a local server. */
export interface StoredModel {
  name: string
  byteSize: number
  /** Runs on this computer. */
  local: boolean
  writesText: boolean
  loaded: boolean
  parameters?: string
  quantization?: string
  /** The text of its licence; undefined where the server has none. */
  licenceText?: string
}

/** How far a download is; the sizes are of what is known so far, 0 before anything is. */
export interface PullProgress {
  stage: 'manifest' | 'download' | 'verify'
  doneBytes: number
  totalBytes: number
}

/** The models of a local server: looked over, downloaded, deleted, put away. */
export interface ModelStore {
  /** Undefined when the server does not answer, or is too old to be asked. */
  list(signal?: AbortSignal): Promise<StoredModel[] | undefined>
  /**
   * Downloads; ends when the model is there. What was loaded before a stop is kept, and the next
   * download goes on from it. Throws StudyError: model-unreachable (no server, or no network), model-missing (no such
   * model), model-refused (it needs a newer server), disk-full, model-cut-off, cancelled.
   */
  pull(name: string, signal: AbortSignal): AsyncIterable<PullProgress>
  /** Throws StudyError: model-missing, model-unreachable. */
  remove(name: string): Promise<void>
  /** Puts away all that is in memory. Throws model-unreachable. */
  unloadAll(): Promise<void>
}

/** Keys of paid servers: in the system's keychain, or nowhere that lasts. Never in the database or a log. */
export interface SecretKeeper {
  /** Where keys are kept; 'session': until the app is closed. */
  readonly keptIn: 'keychain' | 'session'
  read(name: string): Promise<string | undefined>
  /** Throws StudyError `not-ready` when the keychain takes nothing; what was kept before stays. */
  write(name: string, secret: string): Promise<void>
  remove(name: string): Promise<void>
}

/** Original files, addressed by the SHA-256 (hex) of their bytes. */
export interface BlobStore {
  /** Copies a file in (temporary file, fsync, rename) and tells its address. The same bytes twice are kept once. */
  put(sourcePath: string, signal?: AbortSignal): Promise<{ sha256: string; byteSize: number }>
  /** Where the bytes are on disk; undefined when absent. */
  pathOf(sha256: string): string | undefined
  delete(sha256: string): Promise<void>
}

/**
 * Boxes of a page's text, flat: [start, length, x, y, width, height] a run of
 * text, where start and length are UTF-16 offsets into the page's text and the
 * rest PDF points from the top left of the page as shown (CropBox, rotation applied).
 */
export type TextBoxes = number[]
export const TEXT_BOX_STRIDE = 6

/** Points that a pixel of an image document measures: 96 pixels are an inch of 72 points. */
export const POINTS_PER_PIXEL = 0.75

/** One page as an extractor gives it. */
export interface ExtractedPage {
  /** From 1. */
  pageNumber: number
  /** Points, as shown; 0 for formats without a page size. A picture's pixels count as 1/96 inch (POINTS_PER_PIXEL). */
  width: number
  height: number
  /** Lines joined by \n, paragraphs by a blank line, hyphenation at line ends joined. */
  text: string
  boxes: TextBoxes
  /** Lines of the text that look like headings, as [start, length, level from 1]. */
  headings: number[]
  /** What a person calls it where that is not its number. */
  label?: PageLabel
}

/** Which file to read, and from where on. */
export interface ExtractRequest {
  path: string
  mediaType: MediaType
  /** Pages before it are done already. */
  fromPage: number
  /** Of a locked file. Passes through memory only. */
  password?: string
}

/**
 * What an extractor finds: 'opened' once, then every page from `fromPage` in order, each as 'page' or
 * 'page-failed'. The titles are what the file says of itself, unchecked.
 */
export type ExtractEvent =
  | { type: 'opened'; pageCount: number; metadataTitle?: string; headingTitle?: string }
  | { type: 'page'; page: ExtractedPage; status: 'text' | 'empty' | 'unreadable' }
  | { type: 'page-failed'; pageNumber: number; failure: Failure }

/** Reads documents off the calling thread, within bounds of time and memory for each page. */
export interface DocumentExtractor {
  /**
   * Ends when the last page was told. A page that exceeds its bounds is 'page-failed' and the rest goes on.
   * Throws StudyError: file-encrypted, wrong-password, file-damaged, file-empty, file-unsupported, file-unreadable, cancelled.
   */
  extract(request: ExtractRequest, signal: AbortSignal): AsyncIterable<ExtractEvent>
  close(): Promise<void>
}

/** A file inside an archive; folders in its name are parted by /. */
export interface ArchiveEntry {
  name: string
  /** Unpacked. */
  byteSize: number
  packedSize: number
}

/** A zip archive, open for reading. Names are only looked up, never made into paths. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[]
  /** Throws StudyError: file-damaged, file-encrypted, file-too-large for one that unpacks to more than `mostBytes`. */
  read(name: string, mostBytes: number): Promise<Buffer>
  /** Writes an entry to a file that is not there yet. Throws as `read`, and what the disk says. */
  copyTo(name: string, path: string, signal?: AbortSignal): Promise<void>
  close(): void
}

/** Throws StudyError: file-damaged, file-too-large for one with too many entries. */
export type OpenArchive = (path: string) => Promise<Archive>

/** Which page to recognise the letters of. */
export interface RecogniseRequest {
  path: string
  /** A PDF, or a picture, which is its own page 1. */
  mediaType: MediaType
  pageNumber: number
  /** Tried in this order until one is read well; at least one. */
  languages: readonly OcrLanguage[]
  /** Of a locked file. Passes through memory only. */
  password?: string
}

/** A page as it was recognised: what an extractor would give, and how sure it is. */
export interface RecognisedPage extends ExtractedPage {
  /** Of the reading that was kept. */
  language: OcrLanguage
  /** Mean of its words, 0 to 100; 0 where there are none. Print comes to 75 and more, handwriting to 20. */
  confidence: number
}

/** Recognises letters in pictures of text, off the calling thread and without a network, within bounds for each page. */
export interface TextRecogniser {
  /** The languages whose data is installed; none means that nothing can be recognised. */
  readonly languages: readonly OcrLanguage[]
  /**
   * One page at a time, the rest wait. Throws StudyError: recognition-missing (no data of a language asked for),
   * page-timeout (too long, or too much memory), file-encrypted, wrong-password, file-damaged, file-unreadable, cancelled, internal.
   */
  recognise(request: RecogniseRequest, signal: AbortSignal): Promise<RecognisedPage>
  close(): Promise<void>
}
