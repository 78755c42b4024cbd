import { z } from 'zod'
import type { Citation } from '#contract/ask.ts'
import { BriefId, type DocumentId } from '#contract/ids.ts'
import type { ModelStep } from '#contract/jobs.ts'
import type { BriefSection } from '#contract/study.ts'
import { StudyError } from '../errors.ts'
import type { JobContext, JobDefinition, JobResult } from '../jobs/job-definition.ts'
import { waitForModel } from '../jobs/wait-for-model.ts'
import type { Embedder, LanguageModel } from '../ports.ts'
import { isHindi } from '../search/query-words.ts'
import type { Searcher } from '../search/search-library.ts'
import type { Store } from '../store/open-store.ts'
import { readSourceDocuments } from '../store/quizzes.rows.ts'
import { type BriefRow, findBrief, updateBrief } from '../store/study.rows.ts'
import { readOnTopic } from './compare-documents.ts'
import { pickCentral } from './pick-central.ts'
import { readSections } from './read-sections.ts'
import { type BriefWriting, extractSection, type WrittenSection, writeSection } from './write-brief.ts'

export const MAKE_BRIEF = 'make-brief'

export const MakeBriefPayload = z.object({ briefId: BriefId })
export type MakeBriefPayload = z.infer<typeof MakeBriefPayload>

/** The part to go on with: those before it are committed. */
const MakeBriefCursor = z.object({ nextPart: z.number().int().nonnegative() })
type MakeBriefCursor = z.infer<typeof MakeBriefCursor>

export interface BriefJobParts {
  store: Store
  searcher: Searcher
  model: LanguageModel
  embedder: () => Embedder | undefined
}

/** One section of a brief, still to be made. */
interface Part {
  documentId: DocumentId
  make(writing: BriefWriting): Promise<WrittenSection>
}

/**
 * The job that makes a summary (section by section, each held against its own text) or a comparison
 * (document by document). Each part is committed as it is done, so that it can be read while
 * the next is made, and a crash costs one part. While a model's server is away the job snoozes.
 */
export function makeBriefJob(parts: BriefJobParts): JobDefinition<MakeBriefPayload, MakeBriefCursor> {
  const { store, model, embedder } = parts
  return {
    kind: MAKE_BRIEF,
    payload: MakeBriefPayload,
    cursor: MakeBriefCursor,
    limit: 1,
    priority: 6,
    heavy: true,
    maxAttempts: 3,
    async run({ briefId }, context) {
      const brief = findBrief(store.reader, briefId)
      // Deleted while it waited: there is nothing left to make.
      if (!brief) return { type: 'done' }
      const todo = planParts(parts, brief)
      const writing = { db: store.reader, embedder: embedder(), model, signal: context.signal }
      try {
        await makeParts(todo, briefId, writing, context)
      } catch (error) {
        return waitForModel(error)
      }
      return finish(store, briefId, await pickShort(findBrief(store.reader, briefId), writing))
    },
    onAbandoned(db, { briefId }, { state, error }) {
      const note = state === 'cancelled' ? null : (error?.message ?? 'The work broke off.')
      updateBrief(db, briefId, { status: state === 'cancelled' ? 'cancelled' : 'failed', note })
    },
  }

  async function makeParts(
    todo: readonly Part[],
    briefId: BriefId,
    writing: BriefWriting,
    context: JobContext<MakeBriefCursor>,
  ): Promise<void> {
    const from = context.cursor?.nextPart ?? 0
    const total = todo.length
    const tell = (done: number, model?: ModelStep) =>
      context.progress({ stage: 'summarise', done, total, unit: 'chunks', ...(model && { model }) })
    tell(from)
    for (const [at, part] of todo.entries()) {
      if (at < from) continue
      context.signal.throwIfAborted()
      const written = await part.make({ ...writing, onStep: (step) => tell(at, step) })
      context.commit(
        (db) => {
          const row = findBrief(db, briefId)
          if (row) updateBrief(db, briefId, addSection(row, part.documentId, written))
        },
        { nextPart: at + 1 },
      )
      tell(at + 1)
    }
  }
}

function planParts({ store, searcher }: BriefJobParts, brief: BriefRow): Part[] {
  const { kind, documentIds, chapter, engine, title } = brief
  if (kind === 'comparison') {
    return readSourceDocuments(store.reader, documentIds).map((document) => ({
      documentId: document.id,
      make: (writing) => readOnTopic(title, document, engine, { ...writing, searcher }),
    }))
  }
  return documentIds.flatMap((documentId) =>
    readSections(store.reader, documentId, chapter ?? undefined).map((section) => ({
      documentId,
      make: (writing: BriefWriting) => (engine === 'ollama' ? writeSection : extractSection)(section, writing),
    })),
  )
}

/** Puts a section at the end; its citations are numbered on. */
function addSection(
  row: BriefRow,
  documentId: DocumentId,
  written: WrittenSection,
): Pick<BriefRow, 'sections' | 'citations'> {
  const before = row.citations.length
  const section: BriefSection = {
    documentId,
    title: written.title,
    sentences: written.sentences.map((sentence) => ({
      ...sentence,
      citations: sentence.citations.map((number) => number + before),
    })),
  }
  const citations: Citation[] = written.citations.map((citation) => ({ ...citation, number: citation.number + before }))
  return { sections: [...row.sections, section], citations: [...row.citations, ...citations] }
}

/** Below so many sections a summary is short already. */
const SECTIONS_TO_SHORTEN = 3
const SHORT_SENTENCES = 4

/** The sections brought together: those of their sentences that stand for all of them, cited as they are there. */
async function pickShort(
  row: BriefRow | undefined,
  { embedder, signal }: Pick<BriefWriting, 'embedder' | 'signal'>,
): Promise<BriefSection | undefined> {
  const [documentId] = row?.documentIds ?? []
  if (!row || !documentId || row.kind !== 'summary' || row.sections.length < SECTIONS_TO_SHORTEN) return undefined
  const sentences = row.sections.flatMap((section) => section.sentences)
  const texts = sentences.map(({ text }) => text)
  const canCompare = embedder !== undefined && !isHindi(texts.join(' '))
  const vectors = canCompare ? await embedder.embed(texts, { priority: 'bulk', signal }) : undefined
  const chosen = pickCentral(texts, vectors, SHORT_SENTENCES).flatMap((i) => sentences[i] ?? [])
  return { documentId, title: '', isShort: true, sentences: chosen }
}

function finish(store: Store, briefId: BriefId, short: BriefSection | undefined): JobResult {
  const row = findBrief(store.reader, briefId)
  if (row?.sections.some(({ sentences }) => sentences.length > 0)) {
    const sections = short ? [short, ...row.sections] : row.sections
    return { type: 'done', effects: (db) => updateBrief(db, briefId, { status: 'ready', sections }) }
  }
  const message =
    row?.kind === 'comparison'
      ? 'Neither document says anything on this topic. Nothing was lost. Try another word for it, or other documents.'
      : 'There is no running text here that could be summarised: a scan without text, or headings and exercises alone.'
  return {
    type: 'failed',
    error: new StudyError('not-enough-material', message),
    effects: (db) => updateBrief(db, briefId, { status: 'failed', note: message }),
  }
}
