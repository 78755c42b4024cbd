import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * Whether an Ollama program is on this computer: on the path, or where its installers put
 * it. Only looks; a "no" may be wrong for an unusual place, so it is told as a guess.
 */
export function isOllamaInstalled(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): boolean {
  const program = platform === 'win32' ? 'ollama.exe' : 'ollama'
  const onPath = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)
  return [...onPath.map((dir) => join(dir, program)), ...usualPlaces(platform, env, program)].some(exists)
}

function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, program: string): string[] {
  const home = homedir()
  if (platform === 'win32') {
    return [env.LOCALAPPDATA, env.ProgramFiles].flatMap((base) =>
      base ? [join(base, 'Programs', 'Ollama', program), join(base, 'Ollama', program)] : [],
    )
  }
  if (platform === 'darwin') {
    return ['/Applications/Ollama.app', join(home, 'Applications/Ollama.app'), '/opt/homebrew/bin/ollama']
  }
  return ['/usr/local/bin', '/usr/bin', '/snap/bin', join(home, '.local/bin')].map((dir) => join(dir, program))
}
