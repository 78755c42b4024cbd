import type { ModelProblem } from '#contract/system.ts'
import { isCancelled, StudyError } from '../errors.ts'
import { isOllamaInstalled } from './find-ollama.ts'
import { isLoopback } from './ollama-address.ts'
import type { ExplainedFailure } from './take-turns.ts'

/** The package's ResponseError, which it does not export. */
export function isResponseError(error: unknown): error is Error & { status_code: number } {
  return error instanceof Error && error.name === 'ResponseError' && 'status_code' in error
}

const BUSY_AGAIN_MS = 2_000
const RESET_AGAIN_MS = 250

/**
 * What went wrong with a call, as the port promises it, and whether trying again may help: where the server's queue
 * was full, or the connection was dropped before anything came. `began` is whether a part of the reply was there already.
 */
export function explainOllamaError(
  error: unknown,
  { url, model, began }: { url: string; model: string; began: boolean },
): ExplainedFailure {
  if (error instanceof StudyError) return { error }
  if (isCancelled(error))
    return { error: new StudyError('cancelled', 'Stopped. What was written so far is kept.', { cause: error }) }
  if (isResponseError(error)) {
    const busy = error.status_code === 503 || error.status_code === 429
    return {
      error: explainStatus(error, error.status_code, model),
      ...(busy && { retryInMs: BUSY_AGAIN_MS }),
    }
  }
  const code = connectionCode(error)
  if (!began && code !== undefined) {
    const retryInMs = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/.test(code) ? RESET_AGAIN_MS : undefined
    return { error: unreachable(url, code, error), retryInMs }
  }
  const reason = error instanceof Error ? error.message : String(error)
  return {
    error: new StudyError(
      'model-cut-off',
      `The model stopped in the middle of its answer (${reason}). What was written so far is kept. Try again.`,
      { cause: error },
    ),
  }
}

function explainStatus(error: Error, status: number, model: string): StudyError {
  const reason = error.message
  const options = { cause: error }
  if (status === 404) {
    return new StudyError(
      'model-missing',
      `The model ${model} is not in Ollama. Download it in Settings → Models (or "ollama pull ${model}"), or choose another there.`,
      options,
    )
  }
  if (status === 400 && /context|too long|exceed|input length/i.test(reason)) {
    return new StudyError(
      'prompt-too-long',
      'The question with its passages is longer than the model can read. Ask a shorter question.',
      options,
    )
  }
  if (status === 503 || status === 429) {
    return new StudyError(
      'model-busy',
      'Ollama has too much to do at the moment. Try again in a little while.',
      options,
    )
  }
  if (status === 401 || status === 403) {
    return new StudyError(
      'model-refused',
      `Ollama refused the request (${reason}). Check the address in Settings.`,
      options,
    )
  }
  if (status === 499) return new StudyError('model-cut-off', 'Ollama dropped the request. Try again.', options)
  if (status >= 500) {
    return new StudyError(
      'model-unreachable',
      `Ollama could not load ${model} (${reason}). It may need more memory than is free: close other programs, or choose a smaller model in Settings.`,
      options,
    )
  }
  return new StudyError('model-bad-output', `Ollama did not accept the request (${reason}).`, options)
}

/** What is wrong, by name and in a sentence with its mend. */
export interface NamedProblem {
  problem: ModelProblem
  message: string
}

/** Why /api/version or /api/tags gave nothing that Ollama would say, and the mend. */
export function explainForeignAnswer(error: unknown, url: string): NamedProblem {
  if (isResponseError(error) && (error.status_code === 401 || error.status_code === 403)) {
    return {
      problem: 'foreign-host',
      message: `Ollama at ${url} refuses this computer's requests (${error.message}): it takes them only by its own address. Enter it as http://127.0.0.1 with its port in Settings.`,
    }
  }
  return {
    problem: 'port-taken',
    message: `What answers at ${url} is not Ollama: another program has taken its port. End that program, or let Ollama use another port (OLLAMA_HOST=127.0.0.1:11435) and enter it in Settings.`,
  }
}

/** The system's name for a connection that could not be made; undefined for other errors. */
export function connectionCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (typeof code === 'string' && /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code)) return code
  }
  return undefined
}

/** The failure of a connection as an error of the port. */
export function unreachable(url: string, code: string, cause: unknown): StudyError {
  return new StudyError(
    'model-unreachable',
    `${explainConnection(url, code).message} Until then, answers are put together from sentences of your documents.`,
    { cause },
  )
}

/** Says which of the ways a connection can fail it was, and the mend on this system. */
export function explainConnection(
  url: string,
  code: string,
  platform: NodeJS.Platform = process.platform,
  isInstalled: () => boolean = isOllamaInstalled,
): NamedProblem {
  const start = howToStart(platform)
  if (code === 'ECONNREFUSED' && isLoopback(url) && !isInstalled()) {
    return {
      problem: 'not-installed',
      message: `Ollama is not installed on this computer: nothing answers at ${url} and its program is not found. ${howToInstall(platform)}`,
    }
  }
  if (code === 'ECONNREFUSED') {
    return { problem: 'not-running', message: `Ollama is not running: nothing answers at ${url}. ${start}.` }
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return {
      problem: 'port-reserved',
      message: `The address ${url} can't be used${platform === 'win32' ? ': Windows may have reserved its port' : ''}. Set OLLAMA_HOST to another port and enter it in Settings.`,
    }
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { problem: 'no-such-host', message: `No computer is found at ${url}. Check the address in Settings.` }
  if (code === 'ETIMEDOUT')
    return { problem: 'too-slow', message: `Ollama at ${url} takes too long to answer. ${start} again.` }
  return { problem: 'broken-connection', message: `Ollama at ${url} closed the connection (${code}). ${start} again.` }
}

function howToStart(platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return 'Start Ollama from the Start menu (if it was set up as a service, start the service in services.msc)'
  if (platform === 'darwin') return 'Open the Ollama app'
  return 'Run "systemctl start ollama" (or "ollama serve" in a terminal)'
}

function howToInstall(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'Get OllamaSetup.exe from ollama.com/download and run it.'
  if (platform === 'darwin') return 'Get the app from ollama.com/download, put it into Applications and open it.'
  return 'In a terminal, run "curl -fsSL https://ollama.com/install.sh | sh".'
}
