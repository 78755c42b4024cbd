import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { openStore } from '../store/open-store.ts'
import { writeSettingRow } from '../store/settings.rows.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { keepSettings } from './keep-settings.ts'

it('keeps what was set, leaves the rest at its default, and survives a row it cannot read', () => {
  const profileDir = temporaryFolder()
  const store = openStore({ profileDir })
  const settings = keepSettings({ store })
  expect(settings.read()).toEqual(DEFAULT_SETTINGS)
  expect(settings.update({ language: 'hi', theme: 'dark' })).toEqual({
    ...DEFAULT_SETTINGS,
    language: 'hi',
    theme: 'dark',
  })
  store.transaction((db) => writeSettingRow(db, 'theme', 'purple'))
  store.close()

  const again = openStore({ profileDir })
  expect(keepSettings({ store: again }).read()).toEqual({ ...DEFAULT_SETTINGS, language: 'hi' })
  again.close()
})
