import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const PREFIX = 'opening-'

/**
 * A page that leads to the address and that only this person can read. Browsers are
 * started with its path rather than with the address: every user of a computer sees
 * the arguments of every process, and the address holds the token.
 */
export function writeOpeningPage(dir: string, address: string): { url: string; path: string } {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, `${PREFIX}${randomBytes(8).toString('hex')}.html`)
  const target = JSON.stringify(address).replaceAll('<', '\\u003c')
  const html = `<!doctype html><meta charset="utf-8"><title>Abhyas</title><script>location.replace(${target})</script>\n`
  writeFileSync(path, html, { mode: 0o600, flag: 'wx' })
  return { path, url: pathToFileURL(path).href }
}

/** Removes opening pages: each is of use once. */
export function removeOpeningPages(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(dir)) if (name.startsWith(PREFIX)) rmSync(join(dir, name), { force: true })
}
