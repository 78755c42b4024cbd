import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from '../../renderer/strings/resources.ts'
import { inRoot } from '../app-root.ts'

type Tree = { [key: string]: string | Tree }

const keysOf = (tree: Tree): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [key] : keysOf(value).map((rest) => `${key}.${rest}`),
  )

/** What stands for a value in a key that is put together; within it may stand another template. */
const VALUE = String.raw`\$\{(?:[^{}\x60]|\x60[^\x60]*\x60)*\}`

it('every string is shown somewhere', () => {
  const rendererDir = inRoot('renderer')
  const files = globSync('**/*.{ts,tsx}', { cwd: rendererDir, exclude: ['strings/**', '**/*.test.*'] })
  const code = files.map((file) => readFileSync(join(rendererDir, file), 'utf8')).join('\n')
  const written = new Set([...code.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key))
  const composed = [...code.matchAll(new RegExp(String.raw`\x60([\w-]+\.(?:[\w.-]|${VALUE})*)\x60`, 'g'))]
    .map(([, template = '']) => template.split(new RegExp(VALUE)))
    .filter((parts) => parts.length > 1)
    .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`))
  const keys = keysOf(en).map((key) => key.replace(/_(?:one|other)$/, ''))
  expect(keys.filter((key) => !written.has(key) && !composed.some((pattern) => pattern.test(key)))).toEqual([])
})
