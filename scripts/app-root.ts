import { fileURLToPath } from 'node:url'

const ROOT = new URL('../', import.meta.url)

/** A path of the app's own folder, wherever the command was given. */
export function inRoot(path: string): string {
  return fileURLToPath(new URL(path, ROOT))
}
