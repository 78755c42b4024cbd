import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** models/, sample-library/, exams/, question-styles/. */
export const RESOURCES_DIR = at('resources')
/** The built renderer. */
export const RENDERER_DIR = at('dist/renderer')
export const APP_VERSION: string = JSON.parse(readFileSync(at('package.json'), 'utf8')).version
