import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { removeOpeningPages, writeOpeningPage } from './opening-page.ts'

describe('the opening page', () => {
  it('leads to the address and is readable by this person alone', () => {
    const dir = temporaryFolder()
    const { path, url } = writeOpeningPage(dir, 'http://127.0.0.1:4100/#/?t=abc')
    expect(readFileSync(path, 'utf8')).toContain('location.replace("http://127.0.0.1:4100/#/?t=abc")')
    expect(url).toMatch(/^file:\/\/\/.*\.html$/)
    expect(url).not.toContain('abc')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('cannot be broken out of', () => {
    const { path } = writeOpeningPage(temporaryFolder(), 'http://x/"</script><script>alert(1)//')
    expect(readFileSync(path, 'utf8').match(/<script>/g)).toHaveLength(1)
  })

  it('is removed, and nothing else', () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'mine.html'), '')
    writeOpeningPage(dir, 'http://x/')
    removeOpeningPages(dir)
    expect(readdirSync(dir)).toEqual(['mine.html'])
  })
})
