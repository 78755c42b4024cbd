import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StudyError } from '#core/errors.ts'
import { defaultProfileDir } from '#core/ops/profile-dir.ts'

export interface StartOptions {
  help: boolean
  profileDir: string
  /** Undefined: any free one. */
  port: number | undefined
  /** false: print the address and open nothing. */
  open: boolean
  /** Not even try Electron: for who wants a browser, a fixed port or an address. */
  browser: boolean
}

export const START_HELP = `npm start [-- OPTIONS]

  --profile DIR   the folder with your data
  --browser       open in a browser even where Electron can run
  --port N        a fixed port for the browser
  --no-open       open nothing, only print the address
`

/** Reads what was given after `npm start --`. Throws `bad-input`. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const { values } = parse(argv)
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
    throw new StudyError('bad-input', `"${values.port}" is no port: it must be a number from 0 to 65535.`)
  }
  const open = !values['no-open']
  return {
    help: values.help ?? false,
    profileDir: values.profile === undefined ? defaultProfileDir() : resolve(values.profile),
    port: values.port === undefined ? undefined : Number(values.port),
    open,
    browser: (values.browser ?? false) || values.port !== undefined || !open,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        profile: { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean' },
        'no-open': { type: 'boolean' },
      },
    })
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    throw new StudyError('bad-input', `${reason.replace(/\.?$/, '.')} See "npm start -- --help".`, { cause })
  }
}
