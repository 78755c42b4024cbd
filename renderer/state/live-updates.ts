import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { client, failureOf, orpc } from '../client/index.ts'
import { followStream } from './follow-stream.ts'
import { type JobList, jobsQuery } from './jobs-query.ts'
import { sleep } from './sleep.ts'

/** Changes that arrive within this time are fetched together. */
const GATHER_MS = 120
/** Above this many changed documents the whole list is fetched instead of each. */
const PATCH_LIMIT = 12

/** The list with one job changed or, when it is new, put first. */
export function withJob(list: JobList, job: Job): JobList {
  const known = list.jobs.some(({ id }) => id === job.id)
  return { ...list, jobs: known ? list.jobs.map((old) => (old.id === job.id ? job : old)) : [job, ...list.jobs] }
}

/** The list with documents changed, added in front (newest first) or, where there is none any more, left out. */
export function withDocuments(
  list: readonly Document[],
  changes: ReadonlyMap<DocumentId, Document | undefined>,
): Document[] {
  const kept = list.flatMap((old) => (changes.has(old.id) ? (changes.get(old.id) ?? []) : old))
  const known = new Set(list.map(({ id }) => id))
  const added = [...changes.values()].filter((document) => document !== undefined && !known.has(document.id))
  return [...added.filter((document) => document !== undefined), ...kept].sort((a, b) => b.createdAtMs - a.createdAtMs)
}

async function patchDocuments(queryClient: QueryClient, ids: readonly DocumentId[]): Promise<void> {
  const queryKey = orpc.documents.list.queryKey()
  void queryClient.invalidateQueries({ queryKey: orpc.documents.collections.key() })
  if (ids.length > PATCH_LIMIT || !queryClient.getQueryData(queryKey)) {
    await queryClient.invalidateQueries({ queryKey: orpc.documents.list.key() })
    await queryClient.invalidateQueries({ queryKey: orpc.documents.get.key() })
    return
  }
  const changes = new Map<DocumentId, Document | undefined>()
  await Promise.all(
    ids.map(async (documentId) => {
      try {
        changes.set(documentId, await client.documents.get({ documentId }))
      } catch (error) {
        if (failureOf(error).code !== 'not-found') throw error
        changes.set(documentId, undefined)
      }
    }),
  )
  queryClient.setQueryData<Document[]>(queryKey, (list) => list && withDocuments(list, changes))
  for (const [documentId, document] of changes) {
    const documentKey = orpc.documents.get.queryKey({ input: { documentId } })
    if (document) queryClient.setQueryData(documentKey, document)
    else queryClient.removeQueries({ queryKey: documentKey })
  }
}

/** Keeps documents, collections and jobs on screen as the core changes them. `onJob` hears of each change of a job. */
export function useLiveUpdates(onJob: (job: Job) => void): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const pending = new Set<DocumentId>()
    let timer: ReturnType<typeof setTimeout> | undefined

    const flush = () => {
      timer = undefined
      const ids = [...pending]
      pending.clear()
      patchDocuments(queryClient, ids).catch(() =>
        queryClient.invalidateQueries({ queryKey: orpc.documents.list.key() }),
      )
    }

    void followStream({
      open: (streamSignal) => client.documents.changes(undefined, { signal: streamSignal }),
      onEvent: ({ documentIds }) => {
        for (const id of documentIds) pending.add(id)
        timer ??= setTimeout(flush, GATHER_MS)
      },
      onReopened: () => void queryClient.invalidateQueries({ queryKey: orpc.documents.key() }),
      signal,
      sleep,
    })
    void followStream({
      open: (streamSignal) => client.jobs.changes(undefined, { signal: streamSignal }),
      onEvent: (job) => {
        const { queryKey } = jobsQuery()
        // A list on its way may be older than this change: ask for it afresh.
        if (queryClient.isFetching({ queryKey })) void queryClient.invalidateQueries({ queryKey })
        queryClient.setQueryData<JobList>(queryKey, (list) => list && withJob(list, job))
        onJob(job)
      },
      onReopened: () => void queryClient.invalidateQueries({ queryKey: orpc.jobs.key() }),
      signal,
      sleep,
    })
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [queryClient, onJob])
}
