import { expect, it, vi } from 'vitest'
import { chooseFolder } from './choose-folder.ts'

function open(answer: { canceled: boolean; filePaths: string[] }, windows: { focused: object | null; all: object[] }) {
  const showOpenDialog = vi.fn(async (..._parameters: unknown[]) => answer)
  const BrowserWindow = { getFocusedWindow: () => windows.focused, getAllWindows: () => windows.all }
  return { showOpenDialog, electron: { dialog: { showOpenDialog }, BrowserWindow } as never }
}

it('asks for a folder over the window in use, and tells which was chosen', async () => {
  const [used, other] = [{}, {}]
  const { electron, showOpenDialog } = open({ canceled: false, filePaths: ['/notes'] }, { focused: used, all: [other] })
  expect(await chooseFolder(electron)).toBe('/notes')
  expect(showOpenDialog.mock.calls[0]?.[0]).toBe(used)
  expect(showOpenDialog.mock.calls[0]?.[1]).toEqual({ properties: ['openDirectory'] })
})

it('tells none where the person leaves it, and needs no window', async () => {
  const { electron, showOpenDialog } = open({ canceled: true, filePaths: [] }, { focused: null, all: [] })
  expect(await chooseFolder(electron)).toBeUndefined()
  expect(showOpenDialog).toHaveBeenCalledWith({ properties: ['openDirectory'] })
})
