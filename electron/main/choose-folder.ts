import type { BrowserWindow, Dialog } from 'electron'

/** The system's dialog for a folder, over the window that is in use; undefined where the person leaves it. */
export async function chooseFolder(electron: {
  dialog: Pick<Dialog, 'showOpenDialog'>
  BrowserWindow: Pick<typeof BrowserWindow, 'getFocusedWindow' | 'getAllWindows'>
}): Promise<string | undefined> {
  const { dialog, BrowserWindow } = electron
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const options: Electron.OpenDialogOptions = { properties: ['openDirectory'] }
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled ? undefined : filePaths[0]
}
