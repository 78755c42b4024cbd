import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Asks for a password on the terminal without showing it; undefined when the person leaves it empty or ends the input. */
export function askPassword(question: string, signal: AbortSignal): Promise<string | undefined> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  return new Promise((resolve) => {
    const end = (password: string | undefined) => {
      signal.removeEventListener('abort', onAbort)
      lines.close()
      process.stderr.write('\n')
      resolve(password || undefined)
    }
    const onAbort = () => end(undefined)
    lines.once('line', end)
    lines.once('close', () => end(undefined))
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

/** The first line of the standard input, for programs: nothing of it is on a command line that others could read. */
export async function readPasswordLine(): Promise<string | undefined> {
  for await (const line of createInterface({ input: process.stdin })) return line || undefined
  return undefined
}
