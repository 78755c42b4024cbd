import type { ModelStatus } from '#contract/system.ts'

export interface ModelChoice {
  /** The model's name; '' leaves the choice to the app. */
  value: string
  byteSize: number | undefined
  /** Runs on this computer. */
  local: boolean
  /** Still there to be chosen. */
  installed: boolean
}

/** What can be chosen to answer: automatic first, then the installed ones, then a chosen one that has gone. */
export function modelChoices(status: ModelStatus | undefined, chosen: string): ModelChoice[] {
  const models = status?.models ?? []
  const automatic: ModelChoice = { value: '', byteSize: undefined, local: true, installed: true }
  const installed = [...models]
    .sort((a, b) => Number(b.local) - Number(a.local) || a.name.localeCompare(b.name))
    .map(({ name, byteSize, local }): ModelChoice => ({ value: name, byteSize, local, installed: true }))
  const gone = chosen && !models.some(({ name }) => name === chosen)
  return [
    automatic,
    ...installed,
    ...(gone ? [{ value: chosen, byteSize: undefined, local: true, installed: false }] : []),
  ]
}
