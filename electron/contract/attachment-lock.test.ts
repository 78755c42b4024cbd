import { describe, expect, it } from 'vitest'
import { withoutAttachmentLock } from './attachment-lock.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const file = (dictionary: string, trailer = '/Encrypt 12 0 R') =>
  bytes(
    `%PDF-1.7\n12 0 obj\n<< ${dictionary} >>\nendobj\ntrailer\n<< /Root 3 0 R ${trailer} /ID [<00ff>] >>\n%%EOF\u00e9`,
  )
const IDENTITY = '/Filter /Standard /V 5 /StmF /Identity /StrF /Identity /EFF /StdCF /EncryptMetadata false'

describe('a lock on attachments alone', () => {
  it('is taken off, and not a byte moves', () => {
    const locked = file(IDENTITY)
    const open = withoutAttachmentLock(locked)
    expect(open?.length).toBe(locked.length)
    expect(Buffer.from(open ?? []).toString('latin1')).toBe(
      Buffer.from(locked).toString('latin1').replace('/Encrypt 12', '/Ignored 12'),
    )
  })

  it('is told where the dictionary stands in the trailer, or names no filters', () => {
    expect(withoutAttachmentLock(file('', `/Encrypt<< ${IDENTITY} >>`))).toBeDefined()
    expect(withoutAttachmentLock(file('/Filter /Standard /V 4'))).toBeDefined()
  })

  it('is not taken for one where pages or strings are locked too, or it can’t be told', () => {
    expect(withoutAttachmentLock(file(IDENTITY.replace('/StmF /Identity', '/StmF /StdCF')))).toBeUndefined()
    expect(withoutAttachmentLock(file(IDENTITY.replace('/StrF /Identity', '/StrF /StdCF')))).toBeUndefined()
    expect(withoutAttachmentLock(file('/Filter /Standard /V 2 /R 3'))).toBeUndefined()
    expect(withoutAttachmentLock(file(IDENTITY, '/Encrypt 13 0 R'))).toBeUndefined()
    expect(withoutAttachmentLock(file(IDENTITY, ''))).toBeUndefined()
  })

  it('goes by the newest dictionary of a file that was changed', () => {
    const changed = Buffer.concat([
      file(IDENTITY),
      bytes('\n12 0 obj\n<< /Filter /Standard /V 5 /StmF /StdCF /StrF /StdCF >>\nendobj\n'),
    ])
    expect(withoutAttachmentLock(changed)).toBeUndefined()
  })
})
