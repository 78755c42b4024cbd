import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

const MOST_BYTES = 5_000_000

/**
 * JSON lines in `logs/abhyas.log` of the profile, the last run's tail kept as
 * `.old` past 5 MB. Never holds a document's text or a person's question.
 */
export function openLog(profileDir: string): Log & { flush(): void } {
  const dir = join(profileDir, 'logs')
  mkdirSync(dir, { recursive: true })
  const file = join(dir, 'abhyas.log')
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.old`)
  const destination = pino.destination({ dest: file, sync: true, mkdir: true })
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return Object.assign(logger, { flush: () => destination.flushSync() })
}
