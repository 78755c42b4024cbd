import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { kindOfName } from '#contract/readable-files.ts'
import { StudyError } from '../errors.ts'
import { explainFileError } from './sniff-media-type.ts'

/**
 * A file's path as it was given, or for a folder the files in it (at any depth)
 * whose names Abhyas reads, in order of name; hidden ones are left out. Throws
 * StudyError: file-missing, file-unreadable, bad-input for a folder with none.
 */
export async function findFiles(path: string): Promise<string[]> {
  let isFolder: boolean
  try {
    isFolder = (await stat(path)).isDirectory()
  } catch (error) {
    throw explainFileError(error, path)
  }
  if (!isFolder) return [path]
  const files = await readFolder(path)
  if (files.length === 0) {
    throw new StudyError('bad-input', `There is no file that Abhyas reads in ${path}. Nothing was added.`)
  }
  return files
}

async function readFolder(folder: string): Promise<string[]> {
  let entries: Awaited<ReturnType<typeof readNames>>
  try {
    entries = await readNames(folder)
  } catch (error) {
    throw explainFileError(error, folder)
  }
  const files: string[] = []
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    // Links are not followed: they may lead back up.
    if (entry.isDirectory()) files.push(...(await readFolder(path)))
    else if (entry.isFile() && kindOfName(entry.name)) files.push(path)
  }
  return files
}

function readNames(folder: string) {
  return readdir(folder, { withFileTypes: true })
}
