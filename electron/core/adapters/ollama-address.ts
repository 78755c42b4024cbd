import { DEFAULT_SETTINGS } from '#contract/system.ts'

const OLLAMA_PORT = '11434'

/**
 * Where Ollama is looked for: the person's setting, or what OLLAMA_HOST says where
 * that was left alone. `localhost` may mean ::1 first, where Ollama does not listen, and an address
 * that a server listens on everywhere is reached at 127.0.0.1.
 */
export function ollamaAddress(setting: string, env: NodeJS.ProcessEnv = process.env): string {
  const url = setting === DEFAULT_SETTINGS.ollamaUrl ? (fromEnvironment(env.OLLAMA_HOST) ?? setting) : setting
  const address = new URL(url)
  if (['localhost', '0.0.0.0', '[::]'].includes(address.hostname)) address.hostname = '127.0.0.1'
  return address.href.replace(/\/$/, '')
}

/** As Ollama reads it: "host", "host:port", ":port" or a whole address. */
function fromEnvironment(host: string | undefined): string | undefined {
  const text = host?.trim().replace(/^["']|["']$/g, '')
  if (!text) return undefined
  const whole = /^https?:\/\//.test(text) ? text : `http://${text.replace(/^:/, '127.0.0.1:')}`
  if (!URL.canParse(whole)) return undefined
  const url = new URL(whole)
  if (url.port === '' && !/:\d+/.test(text) && url.protocol === 'http:') url.port = OLLAMA_PORT
  return url.href
}

export function isLoopback(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}
