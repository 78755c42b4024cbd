import { DEFAULT_SETTINGS, type Settings, SettingsPatch } from '#contract/system.ts'
import type { Store } from '../store/open-store.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'

export interface SettingsKeeper {
  /** Read when used: never hold on to what it gives. */
  read(): Settings
  /** Durable when it returns. */
  update(patch: SettingsPatch): Settings
}

/** The person's settings, a row each; a row that no longer parses counts as not set. */
export function keepSettings({ store }: { store: Store }): SettingsKeeper {
  const read = (): Settings => {
    const rows = readSettingRows(store.reader)
    const known: Record<string, unknown> = {}
    for (const [key, schema] of Object.entries(SettingsPatch.shape)) {
      const parsed = schema.safeParse(rows[key])
      if (parsed.success && parsed.data !== undefined) known[key] = parsed.data
    }
    return { ...DEFAULT_SETTINGS, ...known }
  }
  return {
    read,
    update(patch) {
      store.transaction((db) => {
        for (const [key, value] of Object.entries(patch)) if (value !== undefined) writeSettingRow(db, key, value)
      })
      return read()
    },
  }
}
