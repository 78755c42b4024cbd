// `npm run build`: the renderer to dist/renderer and the Electron side to dist/electron.
// `node scripts/build.ts renderer` or `electron` builds one of them.
import { cpSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type InlineConfig } from 'vite'
import { inRoot } from './app-root.ts'
import { beginStamp } from './build-stamp.ts'

export type BuildTarget = 'renderer' | 'electron'

/**
 * Builds what the windows show, with vite.config.ts. Vite takes NODE_ENV as it finds
 * it: under a test runner the build would hold React's development half, a quarter
 * larger and slower, and stay in dist/ for whoever starts the app next.
 */
export async function buildRenderer(outDir: string, logLevel: InlineConfig['logLevel'] = 'warn'): Promise<void> {
  const { NODE_ENV: nodeEnv = '' } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build({ configFile: inRoot('vite.config.ts'), logLevel, build: { outDir } })
  } finally {
    process.env.NODE_ENV = nodeEnv
  }
}

/**
 * Builds the Electron side. The main process and the core keep a file for each
 * module, so that worker entries and SQL migrations are found beside the code as in
 * the source tree; the preload is one CommonJS file, because a sandboxed preload can
 * require nothing but electron. Packages stay in node_modules.
 */
export async function buildElectron(outDir: string, logLevel: InlineConfig['logLevel'] = 'warn'): Promise<void> {
  const common = {
    configFile: false,
    envDir: false,
    logLevel,
    root: inRoot('.'),
    publicDir: false,
  } satisfies InlineConfig
  const shared = {
    target: 'node24',
    minify: false,
    sourcemap: true,
    emptyOutDir: false,
  } satisfies InlineConfig['build']
  const workers = globSync('electron/core/workers/*.ts', { cwd: inRoot('.') }).filter(
    (file) => !file.endsWith('.test.ts') && basename(file) !== 'worker-url.ts',
  )
  await build({
    ...common,
    ssr: { target: 'node' },
    build: {
      ...shared,
      outDir,
      emptyOutDir: true,
      ssr: true,
      rolldownOptions: {
        input: ['electron/main/main.ts', ...workers].map(inRoot),
        external: ['electron'],
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: inRoot('electron'),
          entryFileNames: '[name].js',
        },
      },
    },
  })
  await build({
    ...common,
    build: {
      ...shared,
      outDir: join(outDir, 'preload'),
      lib: { entry: inRoot('electron/preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  })
  cpSync(inRoot('electron/core/store/migrations'), join(outDir, 'core/store/migrations'), { recursive: true })
}

/** Builds into dist/ and notes what it was built from, so that the next start can tell whether it is stale. */
export async function buildTarget(target: BuildTarget, logLevel?: InlineConfig['logLevel']): Promise<void> {
  const outDir = inRoot(`dist/${target}`)
  const keepStamp = beginStamp(target)
  if (target === 'renderer') await buildRenderer(outDir, logLevel)
  else await buildElectron(outDir, logLevel)
  keepStamp()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const asked = process.argv.slice(2).filter((name): name is BuildTarget => name === 'renderer' || name === 'electron')
  for (const target of asked.length > 0 ? asked : (['renderer', 'electron'] as const)) {
    console.log(`building dist/${target} …`)
    await buildTarget(target)
  }
}
