import { describe, expect, it } from 'vitest'
import { buildPng, jpegHeader, webpHeader } from '../testing/build-image.ts'
import { readImageSize } from './read-image-size.ts'

describe('readImageSize', () => {
  it('reads PNG, JPEG and WebP by their headers', () => {
    expect(readImageSize(buildPng(30, 20))).toEqual({ width: 30, height: 20 })
    expect(readImageSize(jpegHeader(4000, 300))).toEqual({ width: 4000, height: 300 })
    expect(readImageSize(webpHeader(640, 480))).toEqual({ width: 640, height: 480 })
  })

  it('tells the size as shown where the camera was held upright', () => {
    expect(readImageSize(jpegHeader(4000, 3000, 6))).toEqual({ width: 3000, height: 4000 })
    expect(readImageSize(jpegHeader(4000, 3000, 3))).toEqual({ width: 4000, height: 3000 })
  })

  it('tells nothing of what is cut off, empty or something else, at any length', () => {
    for (const bytes of [buildPng(30, 20), jpegHeader(40, 30, 6), webpHeader(64, 48)]) {
      for (let length = 0; length < Math.min(bytes.length, 24); length++) {
        expect(readImageSize(bytes.subarray(0, length))).toBeUndefined()
      }
    }
    expect(readImageSize(Buffer.from('no picture at all, but long enough'))).toBeUndefined()
    expect(readImageSize(buildPng(0, 20))).toBeUndefined()
  })
})
