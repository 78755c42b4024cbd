import { posix } from 'node:path'
import { StudyError } from '../../errors.ts'
import type { Archive } from '../../ports.ts'
import { decodeText } from '../decode-text.ts'
import type { ParseMarkup } from './parse-markup.ts'

const MEBIBYTE = 1024 * 1024
/** No chapter, document part or slide of an honest file comes near. */
const MOST_PART_BYTES = 64 * MEBIBYTE
/** All that is unpacked of one file. */
const MOST_TOTAL_BYTES = 256 * MEBIBYTE

/** The named texts in a packed document, unpacked one at a time and within bounds. */
export interface PackageReader {
  has(name: string): boolean
  /** Throws StudyError: file-damaged for one that is missing, file-too-large. */
  text(name: string): Promise<string>
  textIfThere(name: string): Promise<string | undefined>
}

export function readPackage(archive: Archive): PackageReader {
  const names = new Set(archive.entries.map(({ name }) => name))
  let totalBytes = 0
  const text = async (name: string) => {
    const bytes = await archive.read(name, MOST_PART_BYTES)
    totalBytes += bytes.length
    if (totalBytes > MOST_TOTAL_BYTES) {
      throw new StudyError(
        'file-too-large',
        `This file unpacks to more than ${MOST_TOTAL_BYTES / MEBIBYTE} MB of text, so it was not read. The file was kept. Split it and import the parts.`,
      )
    }
    return bytes.length === 0 ? '' : decodeText(bytes, { declared: declaredEncoding(bytes) })
  }
  return {
    has: (name) => names.has(name),
    text,
    textIfThere: async (name) => (names.has(name) ? text(name) : undefined),
  }
}

/** What an XML text says of its own encoding. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  return /^\s*<\?xml[^>]*\sencoding=["']([\w-]+)["']/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1]
}

/** A link between the parts of an Office file (ECMA-376 part 2, §8). */
export interface Relationship {
  id: string
  /** The last word of its type: 'slide', 'notesSlide', 'officeDocument'. */
  type: string
  /** The part it leads to. */
  target: string
}

/** The links of a part ('' for the whole file) to others in the file; links out of it are left out. */
export async function readRelationships(
  reader: PackageReader,
  part: string,
  parse: ParseMarkup,
): Promise<Relationship[]> {
  const { dir, base } = posix.parse(part)
  const xml = await reader.textIfThere(posix.join(dir, '_rels', `${base}.rels`))
  const found: Relationship[] = []
  parse(
    xml ?? '',
    {
      open(name, { Id = '', Type = '', Target = '', TargetMode }) {
        if (name !== 'Relationship' || TargetMode === 'External') return
        const target = Target.startsWith('/') ? Target.slice(1) : posix.join(dir, Target)
        found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target })
      },
      text() {},
      close() {},
    },
    { xml: true },
  )
  return found
}
