import type { JobId } from '#contract/ids.ts'
import { crashDelayMs, MOST_CRASHES, retryDelayMs } from '../jobs/retry-policy.ts'
import {
  isEnded,
  isReady,
  type ModelBody,
  type ModelJob,
  type ModelKind,
  type ModelTuning,
  type ModelVerdict,
} from './model-job.ts'

const BUSY_AGAIN_MS = 1000

/**
 * What the runner must do, as plainly as can be said: every job in one list, every rule a loop over it, no SQL, no
 * lease, no index, no process. The real runner is compared with it after each operation.
 */
export class JobModel {
  readonly jobs: ModelJob[] = []
  bodies: ModelBody[] = []
  /** What bodies wrote, in order: each may be there once. */
  readonly effects: string[] = []
  paused = false
  readonly held = new Map<string, number>()
  nowMs: number
  monotonicMs = 0
  private claims = 0
  private beat = { wallMs: 0, atMs: 0 }
  private prunedAtMs = Number.NEGATIVE_INFINITY
  private readonly kinds: Readonly<Record<string, ModelKind>>
  private readonly tuning: ModelTuning

  constructor(kinds: Readonly<Record<string, ModelKind>>, tuning: ModelTuning, nowMs: number) {
    this.kinds = kinds
    this.tuning = tuning
    this.nowMs = nowMs
    this.beat = { wallMs: nowMs, atMs: 0 }
  }

  unfinished(kind: string, key: string): ModelJob | undefined {
    return this.jobs.find((job) => job.kind === kind && job.key === key && !isEnded(job))
  }

  /** The job that does this work: the unfinished one, else a new one of this id. */
  enqueue(
    kind: string,
    key: string,
    id: JobId,
    options: { priority?: number; delayMs?: number; parent?: ModelJob } = {},
  ): ModelJob {
    const existing = this.unfinished(kind, key)
    if (existing) return existing
    const { delayMs = 0, parent } = options
    const job: ModelJob = {
      id,
      seq: Math.max(0, ...this.jobs.map(({ seq }) => seq)) + 1,
      kind,
      key,
      priority: options.priority ?? this.kind(kind).priority,
      parent,
      createdAtMs: this.nowMs,
      state: 'queued',
      due: delayMs === 0,
      runAtMs: this.nowMs + delayMs,
      delayMs: null,
      attempts: 0,
      crashes: 0,
      cursor: 0,
      pending: 0,
      failed: 0,
      after: null,
      startedAtMs: undefined,
      finishedAtMs: undefined,
      claim: undefined,
    }
    this.jobs.push(job)
    if (parent) parent.pending += 1
    return job
  }

  /** Whether the job is still this body's: else nothing that it writes may be there. */
  owns(body: ModelBody): boolean {
    return body.job.claim === body.claim && this.jobs.includes(body.job)
  }

  /** A step of a body that owns its job. */
  step(body: ModelBody): void {
    const { job } = body
    job.cursor += 1
    job.crashes = 0
    body.suspect.now = false
    this.effects.push(`${job.id} step ${job.cursor}`)
  }

  end(body: ModelBody, verdict: ModelVerdict): void {
    this.bodies = this.bodies.filter((other) => other !== body)
    const { job } = body
    if (body.ghost || !this.owns(body)) return
    const stopped = body.aborted && (verdict.type === 'retry' || verdict.type === 'throw' || verdict.type === 'busy')
    if (stopped) this.giveBack(job, 0)
    else this.apply(job, verdict)
  }

  private apply(job: ModelJob, verdict: ModelVerdict): void {
    switch (verdict.type) {
      case 'done':
        this.effects.push(`${job.id} done`)
        if (this.failsByChild(job)) this.finish(job, 'failed')
        else if (job.pending > 0) this.wait(job, 'finish')
        else this.succeed(job)
        return
      case 'wait':
        if (this.failsByChild(job)) {
          this.finish(job, 'failed')
          return
        }
        job.attempts -= 1
        this.wait(job, 'run')
        if (job.pending === 0) this.goOn(job)
        return
      case 'failed':
        this.effects.push(`${job.id} failed`)
        this.finish(job, 'failed')
        return
      case 'retry':
      case 'throw': {
        const told = verdict.type === 'retry' ? verdict.afterMs : undefined
        if (job.attempts >= this.kind(job.kind).maxAttempts) this.finish(job, 'failed')
        else this.later(job, 'queued', told ?? retryDelayMs(job.id, job.attempts))
        return
      }
      case 'busy':
        this.giveBack(job, BUSY_AGAIN_MS)
        return
      case 'snooze':
        job.attempts -= 1
        this.later(job, 'snoozed', verdict.afterMs)
        for (const other of this.jobs) {
          if (other.kind === job.kind && isReady(other) && other.crashes === 0) {
            this.later(other, 'snoozed', verdict.afterMs)
          }
        }
        return
      case 'park':
        job.attempts -= 1
        Object.assign(job, { state: 'parked', due: false, claim: undefined })
        return
    }
  }

  cancel(job: ModelJob): void {
    if (!isEnded(job)) this.finish(job, 'cancelled')
  }

  retry(job: ModelJob): void {
    if (job.state === 'done' || job.state === 'running' || job.state === 'waiting' || isReady(job)) return
    const ended = isEnded(job)
    if (ended && this.unfinished(job.kind, job.key)) return
    const children = ended ? this.childrenOf(job) : []
    Object.assign(job, { state: 'queued', due: true, runAtMs: this.nowMs, delayMs: null })
    if (!ended) return
    job.attempts = 0
    job.crashes = Math.min(1, job.crashes)
    job.finishedAtMs = undefined
    job.pending = children.filter((child) => !isEnded(child)).length
    job.failed = 0
    job.after = null
    if (job.parent && this.isThere(job.parent) && !isEnded(job.parent)) {
      job.parent.pending += 1
      job.parent.failed = Math.max(0, job.parent.failed - 1)
    }
    for (const child of children) if (child.state !== 'done') this.retry(child)
  }

  pause(): void {
    this.paused = true
    for (const body of this.bodies) body.aborted = true
  }

  hold(kind: string): void {
    this.held.set(kind, (this.held.get(kind) ?? 0) + 1)
    for (const body of this.bodies) if (body.job.kind === kind) body.aborted = true
  }

  letGo(kind: string): void {
    this.held.set(kind, Math.max(0, (this.held.get(kind) ?? 0) - 1))
  }

  /** Time passes: a heartbeat where one is due, and bodies that were told to stop lose their slots. */
  advance(durationMs: number): void {
    this.nowMs += durationMs
    this.monotonicMs += durationMs
    if (this.monotonicMs - this.beat.atMs >= this.tuning.heartbeatMs) this.heartbeat()
    this.bodies = this.bodies.filter((body) => !body.patienceEnds.some((atMs) => atMs <= this.monotonicMs))
  }

  private heartbeat(): void {
    const setBack = this.nowMs - this.beat.wallMs < this.monotonicMs - this.beat.atMs - 1000
    if (setBack) this.clampWaits()
    this.beat = { wallMs: this.nowMs, atMs: this.monotonicMs }
    if (this.monotonicMs - this.prunedAtMs < this.tuning.pruneEveryMs) return
    this.prunedAtMs = this.monotonicMs
    const newest = Math.max(0, ...this.jobs.map(({ seq }) => seq))
    const forgotten = this.jobs.filter(
      ({ seq, state, finishedAtMs = 0, parent }) =>
        seq <= newest - this.tuning.keepEnded &&
        (state === 'done' || state === 'cancelled') &&
        finishedAtMs < this.nowMs - this.tuning.keepEndedMs &&
        !(parent && this.isThere(parent) && !isEnded(parent)),
    )
    for (const job of forgotten) this.jobs.splice(this.jobs.indexOf(job), 1)
  }

  /** The process is gone without goodbye and another begins; its bodies go on as ghosts, as a frozen one's would. */
  crash(): void {
    this.leaveGhosts()
    this.clampWaits()
    for (const job of this.jobs.filter(({ state }) => state === 'running')) {
      if (job.state !== 'running') continue // cancelled with one before it
      job.crashes += 1
      job.attempts = Math.max(0, job.attempts - 1)
      if (job.crashes >= MOST_CRASHES) this.finish(job, 'dead')
      else this.later(job, 'queued', crashDelayMs(job.id, job.crashes))
    }
    this.startAnew()
  }

  /** A stop that waits for nobody, and another start: what ran waits as if it had not been claimed. */
  restart(): void {
    this.leaveGhosts()
    for (const job of this.jobs) if (job.state === 'running') this.giveBack(job, 0)
    this.clampWaits()
    this.startAnew()
  }

  private leaveGhosts(): void {
    for (const body of this.bodies) Object.assign(body, { ghost: true, aborted: true })
    this.bodies = []
  }

  private startAnew(): void {
    this.held.clear()
    this.beat = { wallMs: this.nowMs, atMs: this.monotonicMs }
    this.prunedAtMs = Number.NEGATIVE_INFINITY
  }

  /** What the runner does when anything has happened: ready what is due, then claim. Tells the bodies that began. */
  round(): ModelBody[] {
    for (const job of this.jobs) {
      const waits = (job.state === 'queued' || job.state === 'snoozed') && !job.due
      if (waits && job.runAtMs <= this.nowMs) this.makeReady(job)
    }
    if (this.paused) return []
    const began: ModelBody[] = []
    const claimWhere = (which: (job: ModelJob) => boolean, most: number) => {
      for (const job of this.inOrder(which).slice(0, most)) began.push(this.claim(job))
    }
    if (!this.bodies.some(({ suspect }) => suspect.now)) {
      claimWhere((job) => job.crashes > 0 && this.hasRoom(job.kind), 1)
    }
    while (true) {
      const before = began.length
      claimWhere((job) => job.crashes === 0 && this.hasRoom(job.kind), 1)
      if (began.length === before) return began
    }
  }

  private inOrder(which: (job: ModelJob) => boolean): ModelJob[] {
    const place = ({ seq, priority }: ModelJob) => seq - 100 * priority
    return this.jobs.filter((job) => isReady(job) && which(job)).sort((a, b) => place(a) - place(b))
  }

  private hasRoom(kind: string): boolean {
    const ofKind = this.bodies.filter(({ job }) => job.kind === kind).length
    const slots = this.tuning.mostRunning - this.bodies.length
    return slots > 0 && ofKind < this.kind(kind).limit && !this.held.get(kind)
  }

  private claim(job: ModelJob): ModelBody {
    this.claims += 1
    job.state = 'running'
    job.attempts += 1
    job.claim = this.claims
    job.startedAtMs ??= this.nowMs
    const body = {
      job,
      claim: this.claims,
      suspect: { now: job.crashes > 0 },
      aborted: false,
      patienceEnds: [],
      ghost: false,
    }
    this.bodies.push(body)
    return body
  }

  private finish(job: ModelJob, state: 'done' | 'failed' | 'dead' | 'cancelled'): void {
    if (job.state === 'running') {
      for (const body of this.bodies.filter((other) => other.job === job)) {
        body.aborted = true
        body.patienceEnds.push(this.monotonicMs + this.tuning.graceMs)
      }
    }
    job.state = state
    job.due = false
    job.claim = undefined
    job.finishedAtMs = Math.max(this.nowMs, job.startedAtMs ?? job.createdAtMs)
    if (state !== 'done') for (const child of this.childrenOf(job)) this.cancel(child)
    const { parent } = job
    if (!parent || !this.isThere(parent) || isEnded(parent)) return
    parent.pending -= 1
    if (state !== 'done') parent.failed += 1
    if (parent.state === 'running') return
    if (this.failsByChild(parent)) this.finish(parent, 'failed')
    else if (parent.state === 'waiting' && parent.pending === 0) this.goOn(parent)
  }

  /** A waiting job's last child has ended. */
  private goOn(job: ModelJob): void {
    const finishes = job.after === 'finish'
    job.after = null
    if (finishes) this.finish(job, 'done')
    else this.makeReady(job)
  }

  /** What the others of its kind sleep for has just been there. */
  private succeed(job: ModelJob): void {
    this.finish(job, 'done')
    for (const other of this.jobs) if (other.kind === job.kind && other.state === 'snoozed') this.makeReady(other)
  }

  private failsByChild(job: ModelJob): boolean {
    return job.failed > 0 && this.kind(job.kind).childFailure === 'fail'
  }

  private wait(job: ModelJob, after: 'finish' | 'run'): void {
    Object.assign(job, { state: 'waiting', due: false, claim: undefined, after })
  }

  private giveBack(job: ModelJob, afterMs: number): void {
    job.attempts -= 1
    this.later(job, 'queued', afterMs)
  }

  private later(job: ModelJob, state: 'queued' | 'snoozed', delayMs: number): void {
    const due = state === 'queued' && delayMs === 0
    Object.assign(job, { state, due, runAtMs: this.nowMs + delayMs, delayMs, claim: undefined })
  }

  private makeReady(job: ModelJob): void {
    Object.assign(job, { state: 'queued', due: true })
  }

  /** Nobody waits longer than the wait that was meant, whatever the wall clock did. */
  private clampWaits(): void {
    for (const job of this.jobs) {
      const waits = (job.state === 'queued' || job.state === 'snoozed') && !job.due
      if (waits && job.delayMs !== null) job.runAtMs = Math.min(job.runAtMs, this.nowMs + job.delayMs)
    }
  }

  private childrenOf(job: ModelJob): ModelJob[] {
    return this.jobs.filter(({ parent }) => parent === job)
  }

  private isThere(job: ModelJob): boolean {
    return this.jobs.includes(job)
  }

  private kind(name: string): ModelKind {
    const kind = this.kinds[name]
    if (!kind) throw new Error(`the model knows no kind '${name}'`)
    return kind
  }
}
