import { ipcRenderer } from 'electron'
import { PORT_MESSAGE } from '#contract/port-message.ts'

// The page's only way to the main process: one port, taken from the page itself and
// passed on unseen. Built to one CommonJS file that requires nothing but electron,
// which is all that a sandboxed preload may require.
let passedOn = false
window.addEventListener('message', (event) => {
  if (passedOn || event.data !== PORT_MESSAGE) return
  if (event.source !== window || event.origin !== window.origin || event.ports.length !== 1) return
  passedOn = true
  ipcRenderer.postMessage(PORT_MESSAGE, null, [...event.ports])
})
