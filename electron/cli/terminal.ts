import type { Failure } from '#contract/errors.ts'

/** Where a command writes: JSON lines for programs, plain lines for people. */
export interface Terminal {
  readonly json: boolean
  /** The result: JSON with --json, else the lines. */
  result(value: unknown, lines: () => readonly string[]): void
  /** A passing state: an NDJSON line with --json; for people one rewritten line on a terminal's stderr. */
  progress(value: Record<string, unknown>, line: () => string): void
  /** One clear line on stderr, and with --json {"error": …} on stdout. */
  failure(failure: Failure): void
}

interface Streams {
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
}

export function makeTerminal(json: boolean, { stdout, stderr }: Streams = process): Terminal {
  let lineShown = false
  const clearLine = () => {
    if (lineShown) stderr.write('\r\x1b[2K')
    lineShown = false
  }
  return {
    json,
    result(value, lines) {
      clearLine()
      stdout.write(
        json
          ? `${JSON.stringify(value)}\n`
          : lines()
              .map((line) => `${line}\n`)
              .join(''),
      )
    },
    progress(value, line) {
      if (json) {
        stdout.write(`${JSON.stringify(value)}\n`)
      } else if (stderr.isTTY) {
        stderr.write(`\r\x1b[2K${line().slice(0, (stderr.columns ?? 80) - 1)}`)
        lineShown = true
      }
    },
    failure(failure) {
      clearLine()
      if (json) stdout.write(`${JSON.stringify({ error: failure })}\n`)
      stderr.write(`abhyas: ${failure.message.replaceAll(/\s+/g, ' ')}\n`)
    },
  }
}
