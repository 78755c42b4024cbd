/** Has the browser (or the window) save a text as a file. */
export function saveTextFile(name: string, text: string, mediaType: string): void {
  saveFile(name, new Blob([text], { type: mediaType }))
}

/** The same for what is not text. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // At once, the save has not begun everywhere.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
