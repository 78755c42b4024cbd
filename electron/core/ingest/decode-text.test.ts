import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('राज्य – “State”')],
    ['UTF-8 with its mark', Buffer.from('\ufeffराज्य – “State”')],
    ['UTF-16 LE with its mark', Buffer.from('\ufeffराज्य – “State”', 'utf16le')],
    ['UTF-16 BE with its mark', utf16be('\ufeffराज्य – “State”')],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe('राज्य – “State”')
  })

  it('reads English UTF-16 without a mark by its zeros', () => {
    expect(decodeText(Buffer.from('The State', 'utf16le'))).toBe('The State')
    expect(decodeText(utf16be('The State'))).toBe('The State')
  })

  it('reads Hindi UTF-16 without a mark by its few zeros', () => {
    const hindi = 'संविधान में नागरिकों के अधिकार दिए गए हैं।\n'.repeat(3)
    expect(decodeText(Buffer.from(hindi, 'utf16le'))).toBe(hindi)
    expect(decodeText(utf16be(hindi))).toBe(hindi)
  })

  it('takes what a text declares or what is guessed before Windows-1252, but never before UTF-8', () => {
    const bytes = Buffer.from([0xf0, 0xd2, 0xc1, 0xd7, 0xcf])
    expect(decodeText(bytes, { declared: 'koi8-r', guess: () => 'shift_jis' })).toBe('Право')
    expect(decodeText(bytes, { declared: 'utf-8', guess: () => 'koi8-r' })).toBe('Право')
    expect(decodeText(bytes, { declared: 'no-such-thing' })).toBe('ðÒÁ×Ï')
    expect(decodeText(Buffer.from('é'), { declared: 'windows-1252' })).toBe('é')
  })

  it('reads Windows-1252 where the bytes are no UTF-8', () => {
    expect(decodeText(Buffer.from([0x93, 0x53, 0x74, 0x61, 0x74, 0x65, 0x94, 0x20, 0xe9]))).toBe('“State” é')
  })

  it('brings line ends, composition and control characters into one form', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\fd e\u0301 \u0007x\u00ad'.padEnd(200, '.')))).toMatch(
      /^a\nb\nc\nd é x\.+$/,
    )
  })

  it('refuses what is no text', () => {
    expect(() => decodeText(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0, 0xff, 0, 0, 1]))).toThrow(
      expect.objectContaining({ code: 'file-unsupported' }),
    )
    expect(() => decodeText(Buffer.from('\x01\x02\x03abc'))).toThrow(
      expect.objectContaining({ code: 'file-unsupported' }),
    )
  })
})
