import type { Store } from '../store/open-store.ts'

/** Where a process may be killed: a body has begun · between two writes of one transaction · around its COMMIT. */
export const CRASH_POINTS = ['after-claim', 'mid-effect', 'before-commit', 'after-commit'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

export interface CrashPlan {
  point: CrashPoint
  /** From 1: which time it comes by there. */
  nth: number
}

export interface CrashPoints {
  /** Marks a point; the process ends here, by SIGKILL, when the plan says so. */
  reach(point: CrashPoint): void
  /** How often each point was reached. */
  readonly counts: Record<CrashPoint, number>
}

/** Kills its own process, as the system does: no handler runs, nothing is flushed. */
export function makeCrashPoints(plan: CrashPlan | undefined): CrashPoints {
  const counts: Record<CrashPoint, number> = {
    'after-claim': 0,
    'mid-effect': 0,
    'before-commit': 0,
    'after-commit': 0,
  }
  return {
    counts,
    reach(point) {
      counts[point] += 1
      if (plan?.point === point && plan.nth === counts[point]) process.kill(process.pid, 'SIGKILL')
    },
  }
}

/** The store, with the points around every COMMIT marked. */
export function withCrashPoints(store: Store, { reach }: CrashPoints): Store {
  let depth = 0
  return {
    ...store,
    transaction(write, options) {
      const outermost = depth === 0
      depth += 1
      try {
        const result = store.transaction((db) => {
          const written = write(db)
          if (outermost) reach('before-commit')
          return written
        }, options)
        if (outermost) reach('after-commit')
        return result
      } finally {
        depth -= 1
      }
    },
  }
}
