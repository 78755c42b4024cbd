import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readPowerSupply } from './read-power-supply.ts'

function supplies(files: Record<string, Record<string, string>>): string {
  const dir = temporaryFolder()
  for (const [name, values] of Object.entries(files)) {
    mkdirSync(join(dir, name))
    for (const [file, value] of Object.entries(values)) writeFileSync(join(dir, name, file), `${value}\n`)
  }
  return dir
}

it('reads a laptop’s batteries, and takes no mouse for one', async () => {
  const dir = supplies({
    AC: { type: 'Mains', online: '0' },
    BAT0: { type: 'Battery', capacity: '10', status: 'Discharging', scope: 'System' },
    BAT1: { type: 'Battery', capacity: '25', status: 'Not charging' },
    mouse: { type: 'Battery', capacity: '90', status: 'Discharging', scope: 'Device' },
  })
  expect(await readPowerSupply(dir)).toEqual({ onBattery: true, percent: 18 })
})

it('is on battery only while one discharges', async () => {
  const dir = supplies({ BAT0: { type: 'Battery', capacity: '12', status: 'Charging' } })
  expect(await readPowerSupply(dir)).toEqual({ onBattery: false, percent: 12 })
})

it('knows nothing of a desktop, nor of a system without such a folder', async () => {
  expect(await readPowerSupply(supplies({ AC: { type: 'Mains' } }))).toBeUndefined()
  expect(await readPowerSupply('/nowhere/at/all')).toBeUndefined()
})
