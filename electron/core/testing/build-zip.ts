import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntrySpec {
  name: string
  data: string | Buffer
  /** Kept as it is, not deflated. */
  stored?: boolean
  /** Told in the listing instead of the true size. */
  claimedSize?: number
  /** Marked as locked with a password. */
  encrypted?: boolean
}

/** A zip archive of the entries given, names in UTF-8. */
export function buildZip(entries: readonly ZipEntrySpec[]): Buffer {
  const files: Buffer[] = []
  const listing: Buffer[] = []
  let offset = 0
  for (const { name, data, stored = false, claimedSize, encrypted = false } of entries) {
    const content = Buffer.from(data)
    const packed = stored ? content : deflateRawSync(content)
    const nameBytes = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x0800 | (encrypted ? 1 : 0), 2)
    shared.writeUInt16LE(stored ? 0 : 8, 4)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(claimedSize ?? content.length, 18)
    shared.writeUInt16LE(nameBytes.length, 22)
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    listing.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, nameBytes]))
    files.push(file)
    offset += file.length
  }
  const directory = Buffer.concat(listing)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, directory, end])
}
