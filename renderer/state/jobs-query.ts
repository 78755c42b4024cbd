import type { Job } from '#contract/jobs.ts'
import { orpc } from '../client/index.ts'

export interface JobList {
  /** Newest first. */
  jobs: Job[]
  paused: boolean
}

/** The one list of jobs that every screen shares, kept current by the stream of changes. */
export function jobsQuery() {
  return orpc.jobs.list.queryOptions({ input: { limit: 500 }, staleTime: Number.POSITIVE_INFINITY })
}
