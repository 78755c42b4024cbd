import type { WriteDb } from '../store/connection.ts'
import { type Claim, claimReadyJobs, claimSuspectJob, readNextPlace, readReadyPlaces } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'

/** What may be started now. */
export interface Room {
  /** How many more of each kind; kinds with no room are not in it. */
  kinds: ReadonlyMap<string, number>
  /** How many more of all kinds together. */
  slots: number
  /** Whether a job that a crash made suspect may be among them. */
  suspect: boolean
  /** Where only one heavy kind may run at a time. */
  heavy?: HeavyRoom
}

export interface HeavyRoom {
  /** The heavy kinds that may run at all now, those without room too. */
  kinds: readonly string[]
  /** The one that runs. */
  running: string | undefined
}

/**
 * Takes the jobs that come next, inside one BEGIN IMMEDIATE transaction. Each kind's queue is an
 * index in the order of places, so the cost does not grow with what waits.
 *
 * Jobs that run together crash together, and any of them may be the cause. So those that a crash
 * made suspect are taken one at a time: the guilty one crashes alone, the others are cleared.
 */
export function claimJobs(db: WriteDb, room: Room, claim: Claim): JobRow[] {
  const free = new Map(room.kinds)
  if (room.heavy) leaveOneHeavyKind(db, free, room.heavy)
  let { slots } = room
  const claimed: JobRow[] = []
  const suspect = room.suspect && slots > 0 ? claimSuspectJob(db, [...free.keys()], claim) : undefined
  if (suspect) {
    claimed.push(suspect)
    slots -= 1
    free.set(suspect.kind, (free.get(suspect.kind) ?? 0) - 1)
  }
  for (const [kind, limit] of shareSlots(db, free, slots)) {
    if (limit > 0) claimed.push(...claimReadyJobs(db, { kind, limit }, claim))
  }
  return claimed
}

/**
 * Leaves room for one heavy kind: the one whose next job has the lowest place. Where another runs, that one takes no
 * more until it has drained, or the kind with the longer queue would keep the others waiting for ever.
 */
function leaveOneHeavyKind(db: WriteDb, free: Map<string, number>, { kinds, running }: HeavyRoom): void {
  let next: { kind: string; place: number } | undefined
  for (const kind of kinds) {
    const place = readNextPlace(db, kind)
    if (place !== undefined && (next === undefined || place < next.place)) next = { kind, place }
  }
  for (const kind of kinds) if (kind !== next?.kind || (running ?? kind) !== kind) free.delete(kind)
}

/** How many of each kind may go: with slots for all, what is free; else the lowest places of all kinds first. */
function shareSlots(db: WriteDb, free: ReadonlyMap<string, number>, slots: number): ReadonlyMap<string, number> {
  const wanted = [...free.values()].reduce((sum, count) => sum + count, 0)
  if (wanted <= slots || free.size === 1) {
    return new Map([...free].map(([kind, count]) => [kind, Math.min(count, slots)]))
  }
  const queue = [...free].flatMap(([kind, count]) =>
    readReadyPlaces(db, kind, Math.min(count, slots)).map((place) => ({ kind, place })),
  )
  queue.sort((a, b) => a.place - b.place)
  const shares = new Map<string, number>()
  for (const { kind } of queue.slice(0, slots)) shares.set(kind, (shares.get(kind) ?? 0) + 1)
  return shares
}
