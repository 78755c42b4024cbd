import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import * as electron from 'electron'
import { serveCore } from '#core/serve/serve-core.ts'
import { openStudyCore } from '#core/study-core.ts'
import { chooseFolder } from './choose-folder.ts'
import { openKeychain } from './keychain.ts'
import { startShell } from './start-shell.ts'

// The Electron entry, as plain as can be: everything it starts runs without Electron too, and is tested there.
// Not awaited here: Electron becomes ready only after this module has run to its end.
startShell({
  electron,
  async openCore({ profileDir, resourcesDir, rendererDir }) {
    const secrets = await openKeychain({
      safeStorage: electron.safeStorage,
      file: join(profileDir, 'window', 'keys.json'),
      platform: process.platform,
    })
    const config = { profileDir, resourcesDir, host: 'electron', appVersion: electron.app.getVersion() } as const
    const core = await openStudyCore(config, { secrets, chooseFolder: () => chooseFolder(electron) })
    return { core, served: serveCore({ core, distDir: rendererDir }) }
  },
  argv: process.argv,
  workingDir: process.cwd(),
  platform: process.platform,
  processResourcesPath: process.resourcesPath,
  monotonicMs: () => performance.now(),
}).catch((error) => {
  electron.dialog.showErrorBox('Abhyas', error instanceof Error ? error.message : String(error))
  electron.app.exit(1)
})
