import type { TFunction } from 'i18next'
import type { JobProgress } from '#contract/jobs.ts'
import type { Format } from '../../ui/format.ts'

export interface ProgressText {
  /** What it does now, in words. */
  stage: string
  /** "34 of 120 pages"; undefined while the whole is not known. */
  count: string | undefined
  /** "18 pages/s" */
  rate: string | undefined
  /** "12 sec left" */
  remaining: string | undefined
  /** 0..1; undefined while the whole is not known. */
  share: number | undefined
}

/** Says how far a job is, in the person's language. */
export function describeProgress(progress: JobProgress, t: TFunction, format: Format): ProgressText {
  const { stage, done, total, unit, perSecond, remainingMs, model } = progress
  const known = total > 0
  const rate = perSecond === undefined || perSecond <= 0 ? undefined : unit === 'questions' ? perSecond * 60 : perSecond
  return {
    // What is waited for says more than the stage does.
    stage:
      model?.step === 'waiting'
        ? t('jobs.model.waiting', { count: model.ahead ?? 0 })
        : model?.step === 'loading'
          ? t('jobs.model.loading')
          : t(`jobs.stages.${stage}` as 'jobs.stages.working', { defaultValue: t('jobs.stages.working') }),
    count: !known
      ? undefined
      : unit === 'bytes'
        ? t('jobs.counts.bytes', { done: format.bytes(done), total: format.bytes(total) })
        : t(`jobs.counts.${unit}`, { done: Math.min(done, total), total }),
    rate:
      rate === undefined
        ? undefined
        : t(`jobs.rates.${unit}`, { rate: unit === 'bytes' ? format.bytes(rate) : format.rate(rate) }),
    remaining:
      remainingMs === undefined || !known || done >= total
        ? undefined
        : t('jobs.remaining', { duration: format.duration(remainingMs) }),
    share: known ? Math.min(1, done / total) : undefined,
  }
}
