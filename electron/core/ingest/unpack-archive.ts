import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportOutcome } from '#contract/documents.ts'
import { kindOfName } from '#contract/readable-files.ts'
import { StudyError, toFailure } from '../errors.ts'
import type { Archive, ArchiveEntry, Ids, OpenArchive } from '../ports.ts'
import { sniffFile } from './sniff-media-type.ts'

const MEBIBYTE = 1024 * 1024
/** Of one archive given to import, with those inside it. */
const MOST_FILES = 2000
const MOST_TOTAL_BYTES = 4096 * MEBIBYTE
/** Nothing a person made packs better; small files may, by chance. */
const MOST_RATIO = 250
const RATIO_FROM_BYTES = 8 * MEBIBYTE
/** An archive in an archive in an archive is the last that is opened. */
const DEEPEST = 3

/** A file unpacked for import: it lives until the next one is asked for. */
export interface UnpackedFile {
  path: string
  /** The archive's own path, then the file's inside it. */
  givenPath: string
}

export interface UnpackParts {
  openArchive: OpenArchive
  ids: Pick<Ids, 'next'>
  /** Where files are put on their way, under names of the app's own. */
  uploadsDir: string
}

/**
 * The documents in a zip archive, one after the other: those whose names Abhyas reads,
 * hidden ones left out, archives inside unpacked too. What is refused (a password, too
 * large, packed beyond belief, a name that leads out of the archive) is told as an
 * outcome of its own; past the bounds for the whole nothing more is unpacked.
 */
export async function* unpackArchive(
  parts: UnpackParts,
  archiveFile: UnpackedFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<UnpackedFile | ImportOutcome> {
  const spent = { files: 0, bytes: 0 }
  let found = 0
  for await (const item of unpack(parts, archiveFile, { depth: 1, spent, signal })) {
    found++
    yield item
  }
  if (found === 0) {
    const failure = new StudyError(
      'bad-input',
      `There is no file that Abhyas reads in ${archiveFile.givenPath}. Nothing was added.`,
    )
    yield { path: archiveFile.givenPath, duplicate: false, failure: toFailure(failure) }
  }
}

async function* unpack(
  parts: UnpackParts,
  archiveFile: UnpackedFile,
  state: { depth: number; spent: { files: number; bytes: number }; signal: AbortSignal | undefined },
): AsyncGenerator<UnpackedFile | ImportOutcome> {
  const { openArchive, ids, uploadsDir } = parts
  const { depth, spent, signal } = state
  let archive: Archive
  try {
    archive = await openArchive(archiveFile.path)
  } catch (error) {
    yield refused(archiveFile.givenPath, error)
    return
  }
  try {
    for (const entry of readableEntries(archive)) {
      signal?.throwIfAborted()
      const givenPath = `${archiveFile.givenPath}/${entry.name}`
      if (++spent.files > MOST_FILES || spent.bytes + entry.byteSize > MOST_TOTAL_BYTES) {
        yield refused(archiveFile.givenPath, pastBounds())
        return
      }
      const path = join(uploadsDir, `unpacked-${ids.next()}`)
      try {
        check(entry, givenPath)
        spent.bytes += entry.byteSize
        await archive.copyTo(entry.name, path, signal)
        const file = { path, givenPath }
        const isArchive = (await sniffFile(path, givenPath, openArchive)) === 'application/zip'
        if (!isArchive) yield file
        else if (depth < DEEPEST) yield* unpack(parts, file, { ...state, depth: depth + 1 })
        else throw tooDeep(givenPath)
      } catch (error) {
        signal?.throwIfAborted()
        yield refused(givenPath, error)
      } finally {
        await rm(path, { force: true })
      }
    }
  } finally {
    archive.close()
  }
}

/** In order of name, as a folder's are. */
function readableEntries({ entries }: Archive): ArchiveEntry[] {
  return entries
    .filter(({ name }) => !name.endsWith('/') && kindOfName(name) !== undefined)
    .filter(({ name }) => !/(?:^|\/)(?:\.[^./][^/]*|__MACOSX)(?:\/|$)/.test(name))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}

function check({ name, byteSize, packedSize }: ArchiveEntry, givenPath: string): void {
  if (name.split('/').includes('..') || name.startsWith('/') || /^[a-z]:/i.test(name)) {
    throw new StudyError(
      'file-unsupported',
      `${givenPath} was left out: its name leads out of the archive, as no honest one does.`,
    )
  }
  if (byteSize > RATIO_FROM_BYTES && byteSize > MOST_RATIO * packedSize) {
    throw new StudyError(
      'file-too-large',
      `${givenPath} was left out: it unpacks to ${Math.round(byteSize / MEBIBYTE)} MB, more than ${MOST_RATIO} times its size. Unpack it yourself if you trust it.`,
    )
  }
}

function pastBounds(): StudyError {
  return new StudyError(
    'file-too-large',
    `This archive holds more than is unpacked at once (${MOST_FILES} files, ${MOST_TOTAL_BYTES / MEBIBYTE} MB). ` +
      'What came before was added. Unpack it and import the rest as a folder.',
  )
}

function tooDeep(givenPath: string): StudyError {
  return new StudyError(
    'file-unsupported',
    `${givenPath} was left out: archives are packed in it more than ${DEEPEST} deep. Unpack it and import what was in it.`,
  )
}

function refused(path: string, error: unknown): ImportOutcome {
  return { path, duplicate: false, failure: toFailure(error) }
}
