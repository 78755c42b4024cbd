import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { workerUrl } from './worker-url.ts'

const ELECTRON = new URL('../../', import.meta.url)
/** What stays when types are stripped; what is loaded when it is needed (`import()`) is not meant. */
const STATIC_IMPORT = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gm

/** Packages that an entry loads before it can do anything. */
function packagesOf(entry: URL): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (url: URL) => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    for (const [, specifier = ''] of readFileSync(fileURLToPath(url), 'utf8').matchAll(STATIC_IMPORT)) {
      if (specifier.startsWith('.')) visit(new URL(specifier, url))
      else if (specifier.startsWith('#')) visit(new URL(specifier.slice(1), ELECTRON))
      else if (!specifier.startsWith('node:')) packages.add(specifier)
    }
  }
  visit(entry)
  return packages
}

describe('the threads of an import', () => {
  it('load what they work with and nothing else: each pays for it anew', () => {
    expect(packagesOf(workerUrl('extract'))).toEqual(new Set())
    expect(packagesOf(workerUrl('chunk'))).toEqual(new Set(['@huggingface/tokenizers']))
    expect(packagesOf(workerUrl('embed'))).toEqual(new Set(['@huggingface/tokenizers', 'onnxruntime-node']))
  })
})
