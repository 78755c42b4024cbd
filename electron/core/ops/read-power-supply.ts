import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PowerReport } from '#contract/jobs.ts'

/**
 * What Linux says of the battery in /sys/class/power_supply (kernel Documentation/ABI/testing/sysfs-class-power).
 * Undefined where there is no battery or no such folder: a desktop, Windows, a Mac. Of several batteries the mean.
 */
export async function readPowerSupply(dir = '/sys/class/power_supply'): Promise<PowerReport | undefined> {
  let names: string[]
  try {
    names = await readdir(dir)
  } catch {
    return undefined // another system: its windows tell of the battery instead
  }
  const read = async (name: string, file: string) => {
    try {
      return (await readFile(join(dir, name, file), 'utf8')).trim()
    } catch {
      return '' // not every supply has every file
    }
  }
  const charges: number[] = []
  let discharging = false
  for (const name of names) {
    // A mouse has a battery too: its scope is the device.
    if ((await read(name, 'type')) !== 'Battery' || (await read(name, 'scope')) === 'Device') continue
    const percent = Number.parseInt(await read(name, 'capacity'), 10)
    if (Number.isFinite(percent)) charges.push(Math.min(100, Math.max(0, percent)))
    discharging ||= (await read(name, 'status')) === 'Discharging'
  }
  if (charges.length === 0) return undefined
  return { onBattery: discharging, percent: Math.round(charges.reduce((sum, charge) => sum + charge) / charges.length) }
}
