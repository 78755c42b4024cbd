import { kindOfName, READABLE_ENDINGS } from '#contract/readable-files.ts'

/** Whether the library can read a file of this name, or what is packed in it. */
export function isReadable(fileName: string): boolean {
  return kindOfName(fileName) !== undefined
}

/** Opens the system's file dialog; no files when the person leaves it. */
export function pickFiles({ multiple = true }: { multiple?: boolean } = {}): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = multiple
    input.accept = Object.keys(READABLE_ENDINGS)
      .map((ending) => `.${ending}`)
      .join(',')
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
