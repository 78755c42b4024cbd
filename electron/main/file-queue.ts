/** Documents the system asked to open, held until there is a library to put them in. */
export interface FileQueue {
  add(paths: readonly string[]): void
  /** From now on files go straight there, first those that waited. */
  flowTo(receiver: (paths: string[]) => void): void
}

/** macOS sends `open-file` before the app is ready; a second start may come while the first still opens. */
export function makeFileQueue(): FileQueue {
  let waiting: string[] = []
  let receiver: ((paths: string[]) => void) | undefined
  const flow = () => {
    if (!receiver || waiting.length === 0) return
    const paths = waiting
    waiting = []
    receiver(paths)
  }
  return {
    add(paths) {
      waiting.push(...paths)
      flow()
    },
    flowTo(given) {
      receiver = given
      flow()
    },
  }
}
