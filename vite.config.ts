import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import presetMantine from 'postcss-preset-mantine'
import { defineConfig, type Plugin } from 'vite'
import { NONCE_PLACEHOLDER } from './electron/core/serve/content-security-policy.ts'

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What pdfjs fetches while it reads a document, kept under stable names in /pdfjs/. */
const PDFJS_FILES = ['build/pdf.worker.min.mjs']
const PDFJS_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** The renderer's build: index.html and its assets, served by both hosts out of dist/renderer. */
export default defineConfig({
  root: inRoot('renderer'),
  base: '/',
  // Both hosts put a fresh nonce in its place for each response.
  html: { cspNonce: NONCE_PLACEHOLDER },
  plugins: [react(), copyPdfjs(inRoot('node_modules/pdfjs-dist'))],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: inRoot('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // A data: address of a font or an icon is more to read and less to cache.
    assetsInlineLimit: 0,
    // Only one browser generation runs this, and it knows modulepreload.
    modulePreload: { polyfill: false },
    // Just above what the pages come to (1,333 kB), all but the reader. They are read from the same disk as the app:
    // a warning is for what slipped in, not for what a slow line would have to carry.
    chunkSizeWarningLimit: 1400,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'pdfjs', test: /node_modules[\\/]pdfjs-dist/ }],
        },
      },
    },
  },
})

function copyPdfjs(packageDir: string): Plugin {
  return {
    name: 'abhyas:copy-pdfjs',
    apply: 'build',
    generateBundle() {
      const folderFiles = PDFJS_FOLDERS.flatMap((folder) =>
        readdirSync(join(packageDir, folder)).map((name) => `${folder}/${name}`),
      )
      for (const file of [...PDFJS_FILES, ...folderFiles]) {
        const fileName = dirname(file) === 'build' ? file.slice('build/'.length) : file
        this.emitFile({ type: 'asset', fileName: `pdfjs/${fileName}`, source: readFileSync(join(packageDir, file)) })
      }
    },
  }
}
