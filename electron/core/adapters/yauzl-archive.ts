import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as yauzl from 'yauzl'
import { StudyError } from '../errors.ts'
import type { Archive, ArchiveEntry } from '../ports.ts'

/** Far more than any book or course has; an archive that claims more is damaged or means harm. */
const MOST_ENTRIES = 20_000

/**
 * Opens a zip archive and lists it; nothing is unpacked before it is asked for.
 * An entry gives exactly as many bytes as its listing says, or fails. Throws
 * StudyError: file-damaged, file-too-large.
 */
export async function openArchive(path: string): Promise<Archive> {
  let file: yauzl.ZipFile
  const entries = new Map<string, yauzl.Entry>()
  try {
    file = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false })
  } catch (cause) {
    throw damaged(cause)
  }
  try {
    if (file.entryCount > MOST_ENTRIES) throw tooMany(file.entryCount)
    for await (const entry of file.eachEntry()) {
      const name = nameOf(entry)
      // Of two entries of one name the first is meant by most programs.
      if (!entries.has(name)) entries.set(name, entry)
      if (entries.size > MOST_ENTRIES) throw tooMany(entries.size)
    }
  } catch (error) {
    file.close()
    throw error instanceof StudyError ? error : damaged(error)
  }

  const find = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new StudyError('file-damaged', `This file is damaged: its part ${name} is missing. It was kept.`)
    return entry
  }
  const streamOf = async (entry: yauzl.Entry): Promise<Readable> => {
    if (entry.isEncrypted()) {
      throw new StudyError(
        'file-encrypted',
        'This file is locked with a password inside its archive. Unpack the archive with its password and import what was in it.',
      )
    }
    return file.openReadStreamPromise(entry)
  }

  return {
    entries: [...entries].map(([name, entry]): ArchiveEntry => {
      return { name, byteSize: entry.uncompressedSize, packedSize: entry.compressedSize }
    }),
    async read(name, mostBytes) {
      const entry = find(name)
      if (entry.uncompressedSize > mostBytes) throw tooLarge(name, mostBytes)
      try {
        const chunks: Buffer[] = []
        for await (const chunk of await streamOf(entry)) chunks.push(chunk)
        return Buffer.concat(chunks)
      } catch (error) {
        throw error instanceof StudyError ? error : damaged(error)
      }
    },
    async copyTo(name, target, signal) {
      try {
        await pipeline(await streamOf(find(name)), createWriteStream(target, { flags: 'wx' }), signal ? { signal } : {})
      } catch (error) {
        signal?.throwIfAborted()
        throw error instanceof StudyError || isSystemError(error) ? error : damaged(error)
      }
    },
    close: () => file.close(),
  }
}

/** With / between folders, whatever the program that packed it wrote. Many write UTF-8 without saying so. */
function nameOf(entry: yauzl.Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(entry.fileNameRaw).replaceAll('\\', '/')
  } catch {
    return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  }
}

/** ENOSPC and its like are about the disk, not about the archive. */
function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string'
}

function damaged(cause: unknown): StudyError {
  return new StudyError(
    'file-damaged',
    'This file is damaged: it is packed as a zip archive and could not be unpacked. ' +
      'It was left as it is. Download or copy it again and import that copy.',
    { cause },
  )
}

function tooMany(count: number): StudyError {
  return new StudyError(
    'file-too-large',
    `This file claims to pack ${count} files; up to ${MOST_ENTRIES} are read. It may be damaged. ` +
      'Unpack it and import what you need of it.',
  )
}

function tooLarge(name: string, mostBytes: number): StudyError {
  return new StudyError(
    'file-too-large',
    `The part ${name} of this file unpacks to more than ${Math.round(mostBytes / 1024 / 1024)} MB, so it was not read. ` +
      'The file was kept. If it is really so large, split it and import the parts.',
  )
}
