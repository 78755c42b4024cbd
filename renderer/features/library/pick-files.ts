/** What the file dialog offers and the drop target takes, by file ending. */
export const READABLE_ENDINGS = ['.pdf', '.txt', '.md', '.markdown', '.png', '.jpg', '.jpeg', '.webp'] as const

/** Whether the library can read a file of this name. */
export function isReadable(fileName: string): boolean {
  const name = fileName.toLowerCase()
  return READABLE_ENDINGS.some((ending) => name.endsWith(ending))
}

/** Opens the system's file dialog; no files when the person leaves it. */
export function pickFiles(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.accept = READABLE_ENDINGS.join(',')
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
