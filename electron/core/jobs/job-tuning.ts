const DAY_MS = 24 * 3600 * 1000

/** Times and sizes of the runner; all durations but `keepEndedMs` are monotonic. */
export interface JobTuning {
  /** Bodies at once, of all kinds together. */
  mostRunning: number
  /** On a machine with little memory: of all heavy kinds only one runs at a time. */
  oneHeavyKind: () => boolean
  /** Between two renewals of the lease, and two looks at the wall clock. */
  heartbeatMs: number
  /** How long the lease of a process lasts that is there but does not renew it. */
  leaseMs: number
  /** How long a cancelled body keeps its slot when it does not stop. */
  graceMs: number
  /** Between two progress events of one job. */
  progressMs: number
  /** Between two rounds of forgetting old jobs, and how old they must be (wall clock). */
  pruneEveryMs: number
  keepEndedMs: number
  /** This many of the newest jobs are kept however old. */
  keepEnded: number
}

export const JOB_TUNING: JobTuning = {
  mostRunning: 4,
  oneHeavyKind: () => false,
  heartbeatMs: 15_000,
  leaseMs: 60_000,
  graceMs: 5_000,
  progressMs: 200,
  pruneEveryMs: 3_600_000,
  keepEndedMs: 7 * DAY_MS,
  keepEnded: 500,
}
