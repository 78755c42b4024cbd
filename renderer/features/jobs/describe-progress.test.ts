import { describe, expect, it } from 'vitest'
import { startStrings } from '../../strings/index.ts'
import { makeFormat } from '../../ui/format.ts'
import { describeProgress } from './describe-progress.ts'

describe('describeProgress', () => {
  const { t } = startStrings('en')
  const format = makeFormat('en-IN')

  it('says stage, pages, speed and time left', () => {
    const text = describeProgress(
      { stage: 'extract', done: 34, total: 1200, unit: 'pages', perSecond: 18.4, remainingMs: 63_400 },
      t,
      format,
    )
    expect(text).toMatchObject({ stage: 'Reading pages', count: '34 of 1,200 pages', rate: '18 pages/s' })
    expect(text.remaining).toMatch(/^1\smin left$/)
    expect(text.share).toBeCloseTo(34 / 1200)
  })

  it('counts questions by the minute', () => {
    const text = describeProgress({ stage: 'write', done: 1, total: 10, unit: 'questions', perSecond: 0.05 }, t, format)
    expect(text.rate).toBe('3 questions/min')
  })

  it('says what of a language model is waited for in place of the stage, until it is at work', () => {
    const writing = { stage: 'write', done: 1, total: 10, unit: 'questions' } as const
    const stageWith = (model: NonNullable<Parameters<typeof describeProgress>[0]['model']>) =>
      describeProgress({ ...writing, model }, t, format).stage
    expect(stageWith({ step: 'waiting', ahead: 2 })).toBe('The language model does 2 other things first')
    expect(stageWith({ step: 'loading' })).toBe('Loading the model into memory')
    expect(stageWith({ step: 'reading' })).toBe('Writing questions')
  })

  it('claims nothing while the whole is not known', () => {
    const text = describeProgress({ stage: 'starting', done: 0, total: 0, unit: 'pages', remainingMs: 5 }, t, format)
    expect(text).toEqual({
      stage: 'Starting',
      count: undefined,
      rate: undefined,
      remaining: undefined,
      share: undefined,
    })
  })

  it('has a plain word for a stage it was never told of, and no time left at the end', () => {
    const text = describeProgress({ stage: 'sorcery', done: 5, total: 5, unit: 'pages', remainingMs: 10 }, t, format)
    expect(text.stage).toBe('Working')
    expect(text.remaining).toBeUndefined()
  })
})
