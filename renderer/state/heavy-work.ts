import { useEffect } from 'react'
import { create } from 'zustand'
import type { HeavyWork, PowerReport } from '#contract/jobs.ts'
import { client } from '../client/index.ts'
import { followStream } from './follow-stream.ts'
import { sleep } from './sleep.ts'

/** Whether heavy work rests, as the core told last. */
export const useHeavyWork = create<HeavyWork>(() => ({ overridden: false }))

const REPORT_EVERY_MS = 60_000

/** What Chromium says of the battery (Battery Status API); other browsers say nothing. */
interface Battery extends EventTarget {
  readonly charging: boolean
  /** 0..1 */
  readonly level: number
}

export function toPowerReport({ charging, level }: Pick<Battery, 'charging' | 'level'>): PowerReport {
  return { onBattery: !charging, percent: Math.round(Math.min(1, Math.max(0, level)) * 100) }
}

/** Keeps `useHeavyWork` current, and tells the core what the system says of the battery: rendered once. */
export function useFollowHeavyWork(): void {
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    void followStream({
      open: (streamSignal) => client.jobs.heavyWork(undefined, { signal: streamSignal }),
      onEvent: (heavyWork) => useHeavyWork.setState(heavyWork, true),
      onReopened: () => {},
      signal,
      sleep,
    })
    void reportBattery(signal)
    return () => abort.abort()
  }, [])
}

async function reportBattery(signal: AbortSignal): Promise<void> {
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<Battery> }
  if (!getBattery) return
  let battery: Battery
  try {
    battery = await getBattery.call(navigator)
  } catch {
    return // refused: the core goes by what it knows itself
  }
  const report = () => {
    // A report that does not arrive is made up for by the next.
    client.jobs.reportPower(toPowerReport(battery)).catch(() => {})
  }
  for (const event of ['chargingchange', 'levelchange']) battery.addEventListener(event, report, { signal })
  while (!signal.aborted) {
    report()
    await sleep(REPORT_EVERY_MS, signal).catch(() => {})
  }
}
