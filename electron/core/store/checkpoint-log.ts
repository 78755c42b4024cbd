import Database from 'better-sqlite3'

/** Commits made meanwhile are left over: a second look finds few, a third next to none. */
const MOST_ROUNDS = 3

/**
 * Brings what the write-ahead log of a database holds into the database, so that the log begins anew with the next
 * commit. Readers and writers are not held up. Opens a connection; holds the calling thread for as long as the disk takes.
 */
export function openLogCheckpointer(file: string): { run(): void } {
  const database = new Database(file, { timeout: 5000, fileMustExist: true })
  return {
    run() {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const [log] = database.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[]
        if (!log || log.checkpointed >= log.log) return
      }
    },
  }
}
