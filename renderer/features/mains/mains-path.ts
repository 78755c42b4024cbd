import type { MainsAnswerId } from '#contract/ids.ts'

export const writePath = (answerId: MainsAnswerId) => `/mains/write/${encodeURIComponent(answerId)}`
export const resultPath = (answerId: MainsAnswerId) => `/mains/answer/${encodeURIComponent(answerId)}`
