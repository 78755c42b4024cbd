import { randomBytes } from 'node:crypto'
import type { Clock, Ids } from '../ports.ts'

/** UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits; within one ms the order is random. */
export function makeIds({ clock }: { clock: Pick<Clock, 'nowMs'> }): Ids {
  return {
    next() {
      const bytes = randomBytes(16)
      bytes.writeUIntBE(clock.nowMs(), 0, 6)
      bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}
