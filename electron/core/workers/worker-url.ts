/**
 * Where the entry file of a worker thread is: `electron/core/workers/<name>.ts`
 * in the source tree, `dist/electron/core/workers/<name>.js` in the build, which
 * keeps the tree's shape for entries. Found from the last `electron/` folder of
 * `moduleUrl`, because a bundler may have moved this code into any chunk below it.
 */
export function workerUrl(
  name: 'checkpoint' | 'chunk' | 'copy-database' | 'embed' | 'extract' | 'index' | 'recognise',
  moduleUrl: string = import.meta.url,
): URL {
  const marker = '/electron/'
  const end = moduleUrl.lastIndexOf(marker)
  if (end < 0) throw new Error(`No electron folder above ${moduleUrl} to find the worker "${name}" in.`)
  const extension = moduleUrl.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`core/workers/${name}.${extension}`, moduleUrl.slice(0, end + marker.length))
}
