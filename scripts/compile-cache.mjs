// Imported first by what starts the app: its code is compiled, and stripped of its types, once and not at each start and
// in each thread. Half the processor time of a short command.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Beside the packages: who may write there may change the code itself. Where the app may not, it goes without.
const dir =
  process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL('../node_modules/.cache/abhyas-code', import.meta.url))
module.enableCompileCache?.(dir)
// Threads, and an older Node's child, go by the variable.
process.env.NODE_COMPILE_CACHE = dir
