import { resolve } from 'node:path'
import { kindOfName } from '#contract/readable-files.ts'

export interface ShellArguments {
  profileDir: string | undefined
  /** Documents to import, absolute. */
  files: string[]
}

/**
 * The shell's own arguments: `--profile DIR` and documents. Switches of Electron and
 * Chromium stand among them and are passed over; so is the app's own path, which a
 * development start has in second place.
 */
export function readArguments(argv: readonly string[], workingDir: string): ShellArguments {
  let profileDir: string | undefined
  const files: string[] = []
  const given = argv.slice(1)
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] as string
    const [name, value] = argument.split(/=(.*)/s)
    if (name === '--profile') profileDir = resolve(workingDir, value ?? given[++i] ?? '.')
    else if (!argument.startsWith('-') && kindOfName(argument)) {
      files.push(resolve(workingDir, argument))
    }
  }
  return { profileDir, files }
}
