import Database from 'better-sqlite3'
import { settleCopiedJobs } from './jobs.rows.ts'

/** So few that a thread which copies can be ended between two steps. */
const PAGES_A_STEP = 1024

/** Copies a database that others go on writing to, as it is at one moment, into one file that is not there yet. Tells bytes. */
export async function copyDatabase(
  from: string,
  to: string,
  onProgress: (doneBytes: number, totalBytes: number) => void,
): Promise<void> {
  const source = new Database(from, { readonly: true, timeout: 5000 })
  try {
    const pageBytes = source.pragma('page_size', { simple: true }) as number
    // An open read transaction is one moment of the database: without it the copy would begin anew at each write of others.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        onProgress((totalPages - remainingPages) * pageBytes, totalPages * pageBytes)
        return PAGES_A_STEP
      },
    })
  } finally {
    source.close()
  }
  const target = new Database(to)
  try {
    target.pragma('journal_mode = DELETE') // one file, whole in itself
    settleCopiedJobs(target)
  } finally {
    target.close()
  }
}

/** Reads a database that nobody writes to from end to end: its migration where it is sound, else what SQLite says is wrong. */
export function checkDatabase(file: string): { version: number } | { damage: string } {
  try {
    const database = new Database(file, { readonly: true })
    try {
      const said = database.pragma('integrity_check(1)', { simple: true }) as string
      return said === 'ok' ? { version: database.pragma('user_version', { simple: true }) as number } : { damage: said }
    } finally {
      database.close()
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') return { damage: message }
    throw error
  }
}
