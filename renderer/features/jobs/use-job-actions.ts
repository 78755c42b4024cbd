import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Job } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { type JobList, jobsQuery } from '../../state/jobs-query.ts'
import { withJob } from '../../state/live-updates.ts'

/** What a person can do to jobs; the shared list shows the outcome at once. */
export function useJobActions() {
  const queryClient = useQueryClient()
  const { queryKey } = jobsQuery()
  const showJob = (job: Job) => queryClient.setQueryData<JobList>(queryKey, (list) => list && withJob(list, job))
  const showPaused = (paused: boolean) =>
    queryClient.setQueryData<JobList>(queryKey, (list) => list && { ...list, paused })
  const cancel = useMutation(orpc.jobs.cancel.mutationOptions({ onSuccess: showJob }))
  const retry = useMutation(orpc.jobs.retry.mutationOptions({ onSuccess: showJob }))
  const pauseAll = useMutation(orpc.jobs.pauseAll.mutationOptions({ onSuccess: () => showPaused(true) }))
  const resumeAll = useMutation(orpc.jobs.resumeAll.mutationOptions({ onSuccess: () => showPaused(false) }))
  return { cancel, retry, pauseAll, resumeAll }
}
