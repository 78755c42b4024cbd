import type { AskEngine } from '#contract/ask.ts'
import { BriefId, type DocumentId, type JobId } from '#contract/ids.ts'
import type { Brief, BriefKind, BriefSummary } from '#contract/study.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { Clock, Ids, LanguageModel } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { readSourceDocuments, type SourceDocument } from '../store/quizzes.rows.ts'
import { type BriefRow, findBrief, insertBrief, readBriefs, updateBrief } from '../store/study.rows.ts'
import { MAKE_BRIEF, type MakeBriefPayload } from './make-brief-job.ts'
import { chaptersOf } from './read-sections.ts'

export interface BriefsParts {
  store: Store
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
  jobs: {
    enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }
    wake(): void
    cancel(jobId: JobId): unknown
  }
  /** Decides whether `auto` means the model or the documents' own sentences. */
  model: LanguageModel
}

/** Summaries and comparisons: one method a procedure of studyContract. Methods throw `not-found` and `not-ready`. */
export interface Briefs {
  briefs(): BriefSummary[]
  brief(input: { briefId: BriefId }): Brief
  chapters(input: { documentId: DocumentId }): string[]
  summarise(input: { documentId: DocumentId; chapter?: string | undefined; engine: AskEngine }): Promise<BriefSummary>
  compare(input: { documentIds: DocumentId[]; topic: string; engine: AskEngine }): Promise<BriefSummary>
  deleteBrief(input: { briefId: BriefId }): void
  restoreBrief(input: { briefId: BriefId }): BriefSummary
}

export function makeBriefs({ store, ids, clock, jobs, model }: BriefsParts): Briefs {
  const db = store.reader

  function found(briefId: BriefId): BriefRow {
    const row = findBrief(db, briefId)
    if (!row) throw new StudyError('not-found', 'This summary is no longer there. Make it again.')
    return row
  }

  async function chooseEngine(engine: AskEngine): Promise<Pick<BriefRow, 'engine' | 'model'>> {
    if (engine === 'extractive') return { engine, model: null }
    const status = await model.status(undefined, { patient: true })
    if (status.state === 'ready') return { engine: 'ollama', model: status.model ?? null }
    // Asked for by name, it is waited for: the job sleeps until the server is there.
    return engine === 'ollama' ? { engine, model: null } : { engine: 'extractive', model: null }
  }

  async function begin(
    kind: BriefKind,
    documentIds: readonly DocumentId[],
    { title, chapter, engine }: { title?: string; chapter?: string | undefined; engine: AskEngine },
  ): Promise<BriefSummary> {
    const documents = readyDocuments(store, documentIds)
    const by = await chooseEngine(engine)
    const id = BriefId.parse(ids.next())
    const name = title ?? documents[0]?.title ?? ''
    store.transaction((write) => {
      insertBrief(write, {
        id,
        kind,
        title: name,
        chapter: chapter ?? null,
        documentIds: documents.map((document) => document.id),
        ...by,
        status: 'making',
        sections: [],
        citations: [],
        createdAtMs: clock.nowMs(),
      })
      const payload: MakeBriefPayload = { briefId: id }
      const { jobId } = jobs.enqueue(write, { kind: MAKE_BRIEF, key: id, payload, title: name })
      updateBrief(write, id, { jobId })
    })
    jobs.wake()
    return toSummary(found(id))
  }

  return {
    briefs: () => readBriefs(db).map(toSummary),
    brief({ briefId }) {
      const row = found(briefId)
      return { ...toSummary(row), sections: row.sections, citations: row.citations }
    },
    chapters: ({ documentId }) => chaptersOf(db, documentId),
    summarise: ({ documentId, chapter, engine }) => begin('summary', [documentId], { chapter, engine }),
    compare({ documentIds, topic, engine }) {
      if (new Set(documentIds).size < 2) {
        throw new StudyError('bad-input', 'Two different documents are needed to compare. Choose another one.')
      }
      return begin('comparison', documentIds, { title: topic, engine })
    },
    deleteBrief({ briefId }) {
      const { status, jobId } = found(briefId)
      if (status === 'making' && jobId !== null) jobs.cancel(jobId)
      store.transaction((write) => updateBrief(write, briefId, { deletedAtMs: clock.nowMs() }))
    },
    restoreBrief({ briefId }) {
      store.transaction((write) => updateBrief(write, briefId, { deletedAtMs: null }))
      return toSummary(found(briefId))
    },
  }
}

function readyDocuments(store: Store, documentIds: readonly DocumentId[]): SourceDocument[] {
  const documents = readSourceDocuments(store.reader, documentIds)
  if (documents.length < new Set(documentIds).size) {
    throw new StudyError('not-found', 'The document is not in the library any more. Nothing was made.')
  }
  const waiting = documents.find(({ ready }) => !ready)
  if (waiting) {
    throw new StudyError(
      'not-ready',
      `“${waiting.title}” has not been read to its end. Try again when its import is done.`,
    )
  }
  return documents
}

function toSummary({ chapter, model, note, jobId, ...row }: BriefRow): BriefSummary {
  const { id, kind, title, documentIds, engine, status, createdAtMs } = row
  return {
    id,
    kind,
    title,
    ...(chapter !== null && { chapter }),
    documentIds,
    engine,
    ...(model !== null && { model }),
    status,
    ...(note !== null && { note }),
    ...(jobId !== null && { jobId }),
    createdAtMs,
  }
}
