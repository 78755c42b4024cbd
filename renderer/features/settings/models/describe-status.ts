import type { ModelProblem, ModelStatus } from '#contract/system.ts'

type Os = 'linux' | 'darwin' | 'win32'
type OllamaOs = `models.mend.${'not-installed' | 'not-running'}.${Os}`
type PlainMend = `models.mend.${Exclude<ModelProblem, 'not-installed' | 'not-running'>}`

/** Keys of the strings that tell how a model stands. */
export interface StatusTold {
  headline: `models.state.${'ready' | 'off' | 'resting'}` | `models.problem.${ModelProblem | 'ollamaNotRunning'}`
  mend?: OllamaOs | PlainMend | `models.mend.${'resting' | 'serverNotRunning' | 'serverPortTaken'}`
  /** To be run in a terminal. */
  command?: string
}

const COMMANDS = {
  'not-installed': 'curl -fsSL https://ollama.com/install.sh | sh',
  'not-running': 'systemctl start ollama',
}

/** What is wrong, by name, and the mend on this system. */
export function describeStatus({ state, provider, problem, os = 'linux' }: ModelStatus): StatusTold {
  if (state === 'ready') return { headline: 'models.state.ready' }
  if (state === 'resting') return { headline: 'models.state.resting', mend: 'models.mend.resting' }
  const what = problem ?? 'broken-connection'
  const headline = `models.problem.${what}` as const
  if (what === 'not-installed' || what === 'not-running') {
    if (provider === 'openai') return { headline, mend: 'models.mend.serverNotRunning' }
    const named = what === 'not-running' ? 'models.problem.ollamaNotRunning' : headline
    return { headline: named, mend: `models.mend.${what}.${os}`, ...(os === 'linux' && { command: COMMANDS[what] }) }
  }
  if (what === 'port-taken' && provider === 'openai') return { headline, mend: 'models.mend.serverPortTaken' }
  return { headline, mend: `models.mend.${what}` }
}
