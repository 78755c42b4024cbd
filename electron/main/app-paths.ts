import { join } from 'node:path'

export interface AppPaths {
  /** models/, sample-library/, exams/, question-styles/. */
  resourcesDir: string
  /** The built renderer. */
  rendererDir: string
  preload: string
}

/**
 * Where things are: in the source tree, `appPath` is the repository; packed, it is
 * the archive, and what electron-builder.yml lists as extraResources lies beside it.
 */
export function appPaths(app: { isPackaged: boolean; appPath: string; processResourcesPath: string }): AppPaths {
  return {
    resourcesDir: app.isPackaged ? app.processResourcesPath : join(app.appPath, 'resources'),
    rendererDir: join(app.appPath, 'dist', 'renderer'),
    preload: join(app.appPath, 'dist', 'electron', 'preload', 'preload.cjs'),
  }
}
